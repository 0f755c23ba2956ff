// The ES module beside an exported `.wasm`: names for the columns, and errors for what a number alone cannot say.
// It is the same for every model but for the name of the file; what it knows of the columns it reads from there.

import { VERSION } from "../version.ts";

/** `file` is the name of the `.wasm`. */
export function wrapperSource(name: string, file: string): string {
  return `// The model ${oneLine(name)}, made by Netwright ${VERSION}: names for the columns of ${oneLine(file)}, which holds
// everything else.

/** Opens the model: from beside this file, or from a URL, a Response, bytes or a WebAssembly.Module. */
export async function load(source = new URL(${JSON.stringify(`./${encodeURIComponent(file)}`)}, import.meta.url)) {
  const module = await compile(source);
  const [section] = WebAssembly.Module.customSections(module, "netwright");
  if (section === undefined) throw new TypeError("This is no model made by Netwright: it has no section \`netwright\`.");
  const { inputs, outputs } = JSON.parse(new TextDecoder().decode(section));
  const { exports } = await WebAssembly.instantiate(module);
  const capacity = exports.capacity();
  const x = new Float64Array(exports.memory.buffer, exports.input(), capacity * inputs.length);
  const y = new Float64Array(exports.memory.buffer, exports.output(), capacity * outputs.length);

  const run = (rows, place) => {
    const predictions = [];
    for (let from = 0; from < rows.length; from += capacity) {
      const part = rows.slice(from, from + capacity);
      let at = 0;
      part.forEach((row, i) => {
        for (const column of inputs) x[at++] = numberOf(row, column, () => place(from + i));
      });
      const done = exports.predict(part.length);
      if (done < part.length) {
        throw new RangeError(\`\${place(from + done)}A value is outside of what the scaling of its column takes.\`);
      }
      at = 0;
      for (const _ of part) predictions.push(Object.fromEntries(outputs.map(({ name }) => [name, y[at++]])));
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

function numberOf(row, column, place) {
  const given = row[column.name];
  // A value that is missing may be NaN as well.
  const value = given === undefined || given === null || Number.isNaN(given) ? column.fill : given;
  const problem = problemOf(value, column);
  if (problem === undefined) return value;
  const message = \`\${place()}Column "\${column.name}" \${problem}.\`;
  throw typeof value === "number" ? new RangeError(message) : new TypeError(message);
}

function problemOf(value, { unit, min, max }) {
  if (value === null) return "has no value";
  if (typeof value !== "number") return \`is a \${typeof value}; it takes a number\`;
  if (!Number.isFinite(value)) return \`is \${value}, which is not a finite number\`;
  if (min !== null && value < min) return \`is \${value}, below its minimum of \${min} \${unit ?? ""}\`.trimEnd();
  if (max !== null && value > max) return \`is \${value}, above its maximum of \${max} \${unit ?? ""}\`.trimEnd();
}

async function compile(source) {
  if (typeof source === "string" || source.href !== undefined) {
    const url = new URL(source, import.meta.url);
    // Node fetches no files, and a bundler for browsers need not know that it reads them.
    const fs = url.protocol === "file:" ? globalThis.process?.getBuiltinModule?.("node:fs") : undefined;
    return compile(fs === undefined ? await fetch(url) : fs.readFileSync(url));
  }
  if (source.byteLength !== undefined) return WebAssembly.compile(source);
  if (typeof source.arrayBuffer !== "function") return source;
  if (source.ok === false) throw new Error(\`\${source.url} cannot be read: \${source.status} \${source.statusText}\`);
  return WebAssembly.compile(await source.arrayBuffer());
}
`;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ");
}
