// The module of JavaScript beside a network: what `python.ts` writes, for pages and for Node.

import { FARTHEST_CLIPPED, NEAREST_LIMIT } from "@netwright/ir/numerics";
import { inComment } from "../in-comment.ts";
import type { PortableModel } from "../model/portable-model.ts";
import { codedColumns, turnedOutputs } from "./tables.ts";

export function javascriptModule(model: PortableModel, inputs: ReadonlyMap<string, string>): string {
  const columns = codedColumns(model, inputs).map((column) => `  ${JSON.stringify(column)},`);
  return `// What goes into ${inComment(model.name)} and what comes out of it, as strict as \`netwright predict\`. Made by Netwright ${model.version}.
// Rows are objects by the names of columns${
    model.window === null ? "" : `, ${model.window.length} rows one behind the other for each prediction`
  }.

// Rows of one prediction; 0 where each row is one.
const WINDOW = ${model.window?.length ?? 0};
// Beside null, undefined, NaN and "".
const MISSING = ${JSON.stringify(model.missingWords)};
const COLUMNS = [
${columns.join("\n")}
];
const OUTPUTS = ${JSON.stringify(turnedOutputs(model))};
${CODE}`;
}

const CODE = `
/** { name, shape, data } of each input of the model, in its order. Throws a RangeError for a cell that the model does not take. */
export function inputs(rows) {
  if (WINDOW && rows.length % WINDOW) throw new RangeError(\`\${rows.length} rows are no windows of \${WINDOW}\`);
  const names = [...new Set(COLUMNS.map(({ input }) => input))];
  return names.map((name) => {
    const own = COLUMNS.filter(({ input }) => input === name);
    const numbers = rows.flatMap((row, i) => own.flatMap((column) => coded(column, cellOf(row, column.name), i)));
    const steps = WINDOW ? [rows.length / WINDOW, WINDOW] : [rows.length];
    const isIndex = own[0].size === 0;
    const width = own.reduce((sum, { size }) => sum + size, 0);
    return isIndex
      ? { name, shape: WINDOW ? steps : [...steps, 1], data: Int32Array.from(numbers) }
      : { name, shape: [...steps, width], data: Float32Array.from(numbers) };
  });
}

/** What is predicted, an object for each row that the model gives; \`given\` are its numbers, one row behind the other. */
export function predictions(given) {
  const width = (OUTPUTS.words ?? OUTPUTS.names).length;
  return Array.from({ length: given.length / width }, (_, i) =>
    predicted(Array.from(given.slice(i * width, (i + 1) * width))),
  );
}

function predicted(row) {
  const { kind, name, words } = OUTPUTS;
  if (kind === "numbers")
    return Object.fromEntries(OUTPUTS.names.map((one, j) => [one, carriedOut(OUTPUTS.steps[j], row[j])]));
  if (kind === "labels") return { [name]: words.filter((_, j) => row[j] >= 0.5).join(OUTPUTS.separator) };
  if (OUTPUTS.threshold !== null) return { [name]: words[row[1] >= OUTPUTS.threshold ? 1 : 0] };
  return { [name]: words[row.indexOf(Math.max(...row))] };
}

/** What every object has, such as \`constructor\`, is no cell. */
function cellOf(row, name) {
  return Object.hasOwn(row, name) || !(name in Object.prototype) ? row[name] : null;
}

function wrong({ name }, row, why) {
  return new RangeError(\`row \${row}, column \${JSON.stringify(name)}: \${why}\`);
}

function coded(column, cell, row) {
  const isEmpty =
    cell === null || cell === undefined || cell === "" || Number.isNaN(cell) || MISSING.includes(cell);
  const { value, isMissing } = (column.kind === "words" ? wordsOf : numberOf)(column, isEmpty ? null : cell, row);
  return column.missing.indicator ? [...value, isMissing ? 1 : 0] : value;
}

function instead(column, row) {
  const { kind, by } = column.missing;
  if (kind === "refused") throw wrong(column, row, "is empty");
  return kind === "filled" ? by : "";
}

function numberOf(column, cell, row) {
  const { min, max, holds, coding } = column;
  if (cell === null) return { value: numberCoded(coding, instead(column, row)), isMissing: true };
  const x = Number(cell);
  if (!Number.isFinite(x)) throw wrong(column, row, \`\${cell} is no number\`);
  if (min !== null && x < min) throw wrong(column, row, \`\${x} is below \${min}\`);
  if (max !== null && x > max) throw wrong(column, row, \`\${x} is above \${max}\`);
  if (holds === "whole numbers" && !Number.isInteger(x)) throw wrong(column, row, \`\${x} is no whole number\`);
  if (holds === "truth values" && x !== 0 && x !== 1) throw wrong(column, row, \`\${x} is neither 1 nor 0\`);
  return { value: numberCoded(coding, x), isMissing: false };
}

function numberCoded(coding, x) {
  switch (coding.kind) {
    case "as_is":
      return [x];
    case "steps":
      return [carriedOut(coding.steps, x)];
    case "bins": {
      const { edges, bins } = coding;
      const last = edges.length - 2;
      const held = edges.slice(1).map((edge, i) => {
        const share = (x - edges[i]) / (edge - edges[i]);
        return Math.min(Math.max(share, i === 0 ? -Infinity : 0), i === last ? Infinity : 1);
      });
      return [...held, ...new Array(bins - held.length).fill(0)];
    }
    default: {
      const angles = coding.frequencies.map((f) => 2 * Math.PI * f * ((x - coding.mean) / coding.std));
      return [...angles.map(Math.sin), ...angles.map(Math.cos)];
    }
  }
}

function wordsOf(column, cell, row) {
  const { coding, values, missing } = column;
  const { words, rare, unknown } = coding;
  const isKnown = (word) => words.includes(word) || rare.includes(word);
  const isMissing = cell === null || (unknown === "missing" && !isKnown(String(cell)));
  const word = isMissing ? instead(column, row) : String(cell);
  const isOwn = isMissing && missing.kind === "own_word";
  if (values !== null && !values.includes(word) && !isOwn)
    throw wrong(column, row, \`\${JSON.stringify(word)} is none of \${values.join(", ")}\`);
  if (unknown === "refused" && !isKnown(word))
    throw wrong(column, row, \`\${JSON.stringify(word)} is none of \${words.join(", ")}\`);
  const place = words.indexOf(word);
  switch (coding.kind) {
    case "one_hot":
      return { value: words.map((one) => (one === word ? 1 : 0)), isMissing };
    case "index":
      return { value: [Math.min(place < 0 ? words.length : place, coding.of - 1)], isMissing };
    default:
      return { value: place < 0 ? coding.others : coding.rows[place], isMissing };
  }
}

function carriedOut(steps, given) {
  return steps.reduce((x, { kind, by }) => {
    switch (kind) {
      case "add":
        return x + by;
      case "subtract":
        return x - by;
      case "multiply":
        return x * by;
      case "divide":
        return x / by;
      case "at_least":
        return Math.max(x, by);
      case "at_most":
        return Math.min(x, by);
      case "log_plus_one":
        return Math.log1p(Math.fround(x));
      case "exponential_minus_one":
        return Math.expm1(Math.fround(x));
      case "smooth_clip": {
        const t = Math.max(Math.min(x / by, ${FARTHEST_CLIPPED}), -${FARTHEST_CLIPPED});
        return (t / Math.sqrt(t * t + 1)) * by;
      }
      default: {
        const most = ${NEAREST_LIMIT};
        const t = Math.max(Math.min(x / by, most), -most);
        return (t / Math.sqrt((1 - t) * (1 + t))) * by;
      }
    }
  }, given);
}
`;
