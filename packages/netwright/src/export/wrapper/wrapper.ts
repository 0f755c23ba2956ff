// The ES module beside an exported `.wasm`: names for the columns, and errors for what a number alone cannot say. What it
// knows of the columns it reads from there; what it can do beyond numbers is in it only where the model needs it.

import { VERSION } from "../../version.ts";
import type { ModelDescription } from "../describe-model.ts";
import { READER, WORDS } from "./cells.ts";
import { NUMBERS } from "./numbers.ts";
import { OPENING } from "./opening.ts";
import { CLASSES, NUMBERS_OUT } from "./predictions.ts";
import { sectionSource } from "./section.ts";
import { oneLine } from "./source-text.ts";
import { CODERS, encodersSource, PLAIN_CODERS } from "./word-columns.ts";

/** What a wrapper has to do beyond numbers. */
export interface Needs {
  readonly version: number;
  /** Columns take other than one number, or words stand for missing values. */
  readonly coders: boolean;
  readonly words: boolean;
  readonly classes: boolean;
}

/** `file` is the name of the `.wasm`. */
export function wrapperSource(description: ModelDescription, file: string): string {
  const { name, version, inputs, outputs } = description;
  const words = inputs.flatMap((column) => (column.holds === "words" ? [column] : []));
  const needs: Needs = {
    version,
    coders:
      words.length > 0 ||
      description.missingWords !== undefined ||
      inputs.some(({ indicator }) => indicator === true),
    words: words.length > 0,
    classes: outputs.some((output) => "classes" in output),
  };
  return [
    head(name, file, needs),
    NUMBERS,
    needs.coders ? READER : "",
    needs.words ? WORDS + CODERS + encodersSource(words.map(({ encoder }) => encoder.name)) : "",
    needs.coders && !needs.words ? PLAIN_CODERS : "",
    needs.classes ? CLASSES : NUMBERS_OUT,
    sectionSource(needs),
    OPENING,
  ].join("");
}

function head(name: string, file: string, { coders, classes }: Needs): string {
  const width = coders ? "coders.reduce((sum, { size }) => sum + size, 0)" : "inputs.length";
  const fromRows = coders
    ? `    const columns = coders.map(({ read }) => read(rows, place));
    for (let from = 0; from < rows.length; from += capacity) {
      const part = rows.slice(from, from + capacity);
      let at = 0;
      part.forEach((_, i) => {
        coders.forEach(({ size, write }, j) => {
          write(columns[j][from + i], x, at);
          at += size;
        });
      });
`
    : `    for (let from = 0; from < rows.length; from += capacity) {
      const part = rows.slice(from, from + capacity);
      let at = 0;
      part.forEach((row, i) => {
        for (const column of inputs) x[at++] = numberOf(row, column, () => place(from + i)) ?? column.fill;
      });
`;
  return `// The model ${oneLine(name)}, made by Netwright ${VERSION}: names for the columns of ${oneLine(file)}, which holds
// everything else.

/** Opens the model: from beside this file, or from a URL, a Response, bytes or a WebAssembly.Module. */
export async function load(source = new URL(${JSON.stringify(`./${encodeURIComponent(file)}`)}, import.meta.url)) {
  const module = await compile(source);
  const [section] = WebAssembly.Module.customSections(module, "netwright");
  if (section === undefined) throw new TypeError("This is no model made by Netwright: it has no section \`netwright\`.");
  const { inputs, outputs${coders ? ", coders" : ""} } = columnsIn(section);
  const { exports } = await WebAssembly.instantiate(module).catch((error) => {
    throw damaged(error.message);
  });
  const functions = [exports.capacity, exports.input, exports.output, exports.predict];
  if (functions.some((each) => typeof each !== "function")) throw damaged("it lacks a function");
  const capacity = exports.capacity();
  const x = arrayAt(exports.memory, exports.input(), capacity * ${width});
  const y = arrayAt(exports.memory, exports.output(), capacity * ${classes ? "outputs[0].classes.length" : "outputs.length"});

  const run = (rows, place) => {
    const predictions = [];
${fromRows}      const done = exports.predict(part.length);
      if (done < part.length) {
        throw new RangeError(\`\${place(from + done)}A value is outside of what the scaling of its column takes.\`);
      }
      part.forEach((_, i) => predictions.push(predictionOf(outputs, y, i)));
    }
    return predictions;
  };
  return {
    inputs,
    outputs,
    predict: (row) => run([row], () => "")[0],
    predictMany: (rows) => run(rows, (i) => \`Row \${i}: \`),
  };
}
`;
}
