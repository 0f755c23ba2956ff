// How a wrapper makes numbers of the values of each column, in JavaScript: a coder has the `size` of what it writes, reads
// all rows of its column, and writes one of them.

import { encoderFunctions, wordEncoders } from "./word-encoders.ts";

const NUMBER_CODER = `
function numberCoder(column, cells) {
  const { fill, indicator = false } = column;
  const isAbsent = (value) => cells.read(String(value)) === null;
  return {
    size: indicator ? 2 : 1,
    read: (rows, place) => rows.map((row, i) => numberOf(row, column, () => place(i), isAbsent)),
    write(value, x, at) {
      x[at] = value ?? fill;
      if (indicator) x[at + 1] = value === undefined ? 1 : 0;
    },
  };
}
`;

export const PLAIN_CODERS = `
function coderOf(column, cells) {
  return numberCoder(column, cells);
}
${NUMBER_CODER}`;

export const CODERS = `
function coderOf(column, cells) {
  return column.holds === "words" ? wordCoder(column, cells) : numberCoder(column, cells);
}
${NUMBER_CODER}
function wordCoder(column, cells) {
  const { size, fill, indicator = false } = column;
  const encoder = encoders[column.encoder.name](column.encoder);
  const { words, labels, unknown } = column.encoder;
  const own = new Set(words ?? labels ?? []);
  const isOwnWord = (word) => own.has(word) || ((unknown === "error" || unknown === "missing") && encoder.knows(word));
  return {
    size,
    read: (rows, place) =>
      wordsOf(rows.map((row, i) => cellOf(row, column, () => place(i))), cells, isOwnWord).map((word, i) =>
        takenWord(word, column, encoder, () => place(i)),
      ),
    write(word, x, at) {
      encoder.write(word === "" && fill !== null ? fill : word, x, at);
      if (indicator) x[at + size - 1] = word === "" ? 1 : 0;
    },
  };
}

function cellOf(row, column, place) {
  const given = givenIn(row, column);
  if (given === undefined) return null;
  if (typeof given === "string" || typeof given === "number") return given;
  if (typeof given === "boolean") return String(given);
  throw new TypeError(\`\${place()}Column "\${column.name}" is a \${typeof given}; it takes a word.\`);
}

/** The word, or "" where it is missing or one that counts as that. */
function takenWord(word, { name, values, gaps, encoder: { unknown } }, { knows }, place) {
  const isMissing = word === "" || (unknown === "missing" && gaps && !knows(word));
  if (isMissing && gaps) return "";
  if (isMissing && word === "") throw new TypeError(\`\${place()}Column "\${name}" has no value.\`);
  const told = \`\${place()}Column "\${name}" is \${JSON.stringify(word)}\`;
  if (values !== null && !values.includes(word)) throw new RangeError(\`\${told}, which is none of its words.\`);
  if (!knows(word)) throw new RangeError(\`\${told}, a word that the model does not know.\`);
  return word;
}
`;

/** The encoders of these names, and what they call. */
export function encodersSource(names: readonly string[]): string {
  const used = [...wordEncoders].filter(([name]) => names.includes(name));
  const needed = [...encoderFunctions].filter(([name]) => used.some(([, { needs }]) => needs.includes(name)));
  const methods = used.map(([, { source }]) => source).join("");
  return `
const encoders = {
${methods}};
${needed.map(([, source]) => source).join("")}`;
}
