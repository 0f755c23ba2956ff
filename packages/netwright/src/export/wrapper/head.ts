// The function of a wrapper that opens a model, and what predicts with it, in JavaScript.

import { VERSION } from "../../version.ts";
import { oneLine } from "./source-text.ts";
import type { Needs } from "./wrapper.ts";

export function headSource(
  name: string,
  file: string,
  seal: string,
  { coders, readers, classes, quantiles, spread, turners }: Needs,
): string {
  const width = coders ? "coders.reduce((sum, { size }) => sum + size, 0)" : "inputs.length";
  const outputs = classes
    ? "outputs[0].classes.length"
    : quantiles
      ? "outputs[0].quantiles.length"
      : spread
        ? "2 * outputs.length"
        : "outputs.length";
  const outside = readers
    ? `In row \${from + done + 1} of \\\`input\\\`, a value is outside of what the scaling of its column takes.`
    : `\${place(from + done)}A value is outside of what the scaling of its column takes.`;
  const fromRows = coders
    ? `    const columns = ${readers ? "readAll(coders, rows)" : "coders.map(({ read }) => read(rows, place))"};
    for (let from = 0; from < rows.length; from += capacity) {
      const part = rows.slice(from, from + capacity);
      let at = 0;
      part.forEach((_, i) => {
        coders.forEach(({ size, write }, j) => {
          write(columns[j][from + i], x, at${readers ? ", from + i" : ""});
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
  const calls = readers
    ? `    predict: (row) => run([row])[0],
    predictMany: (rows) => run(rows),
`
    : `    predict: (row) => run([row], () => "")[0],
    predictMany: (rows) => run(rows, (i) => \`Row \${i}: \`),
`;
  return `// The model ${oneLine(name)}, made by Netwright ${VERSION}: names for the columns of ${oneLine(file)}, which holds
// everything else.

/** The hash of the one module that this file is for: another one may want its rows otherwise, or be turned back by other steps. */
const SEAL = ${JSON.stringify(seal)};

/** Opens the model: from beside this file, or from a URL, a Response, bytes or a WebAssembly.Module. */
export async function load(source = new URL(${JSON.stringify(`./${encodeURIComponent(file)}`)}, import.meta.url)) {
  const module = await compile(source);
  const [section] = WebAssembly.Module.customSections(module, "netwright");
  if (section === undefined) throw new TypeError("This is no model made by Netwright: it has no section \`netwright\`.");
  const [seal = new Uint8Array()] = WebAssembly.Module.customSections(module, "netwright.seal");
  if (new TextDecoder().decode(seal) !== SEAL) {
    throw new TypeError("This model is not the one that this file was exported with: take both of one export.");
  }
  const { inputs, outputs${coders ? ", coders" : ""}${turners ? ", turners" : ""} } = columnsIn(section);
  const { exports } = await WebAssembly.instantiate(module).catch((error) => {
    throw damaged(error.message);
  });
  const functions = [exports.capacity, exports.input, exports.output, exports.predict];
  if (functions.some((each) => typeof each !== "function")) throw damaged("it lacks a function");
  const capacity = exports.capacity();
  const x = arrayAt(exports.memory, exports.input(), capacity * ${width});
  const y = arrayAt(exports.memory, exports.output(), capacity * ${outputs});

  const run = (rows${readers ? "" : ", place"}) => {
    const predictions = [];
${fromRows}      const done = exports.predict(part.length);
      if (done < part.length) {
        throw new RangeError(\`${outside}\`);
      }
${turners ? "      turnBack(turners, y, part.length);\n" : ""}      part.forEach((_, i) => predictions.push(predictionOf(outputs, y, i)));
    }
    return predictions;
  };
  return {
    inputs,
    outputs,
${calls}  };
}
`;
}
