// The ES module beside an exported `.wasm`: names for the columns, and errors for what a number alone cannot say.
// It is the same for every model but for the name of the file; what it knows of the columns it reads from there.

import { VERSION } from "../version.ts";

/** Section 0 of 79 bytes, with its name, before the 64 digits. */
const SEAL_START = "\0O\x0enetwright.seal";

/** `file` is the name of the `.wasm`. */
export function wrapperSource(name: string, file: string): string {
  return `// The model ${oneLine(name)}, made by Netwright ${VERSION}: names for the columns of ${oneLine(file)}, which holds
// everything else.

/** Opens the model: from beside this file, or from a URL, a Response, bytes or a WebAssembly.Module. */
export async function load(source = new URL(${JSON.stringify(`./${encodeURIComponent(file)}`)}, import.meta.url)) {
  const module = await compile(source);
  const [section] = WebAssembly.Module.customSections(module, "netwright");
  if (section === undefined) throw new TypeError("This is no model made by Netwright: it has no section \`netwright\`.");
  const { inputs, outputs } = columnsIn(section);
  const { exports } = await WebAssembly.instantiate(module).catch((error) => {
    throw damaged(error.message);
  });
  const functions = [exports.capacity, exports.input, exports.output, exports.predict];
  if (functions.some((each) => typeof each !== "function")) throw damaged("it lacks a function");
  const capacity = exports.capacity();
  const x = arrayAt(exports.memory, exports.input(), capacity * inputs.length);
  const y = arrayAt(exports.memory, exports.output(), capacity * outputs.length);

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
  // What every object has, such as \`constructor\`, is no value of a column.
  const isGiven = Object.hasOwn(row, column.name) || !(column.name in Object.prototype);
  const given = isGiven ? row[column.name] : undefined;
  // A value that is missing may be NaN as well.
  const isMissing = given === undefined || given === null || Number.isNaN(given);
  const isTruth = column.holds === "truth values" && typeof given === "boolean";
  const value = isMissing ? column.fill : isTruth ? Number(given) : given;
  // What is filled in may be a mean, of whole numbers too.
  if (isMissing && value !== null) return value;
  const problem = problemOf(value, column);
  if (problem === undefined) return value;
  const message = \`\${place()}Column "\${column.name}" \${problem}.\`;
  throw typeof value === "number" ? new RangeError(message) : new TypeError(message);
}

function problemOf(value, { unit, min, max, holds }) {
  if (value === null) return "has no value";
  if (typeof value !== "number") return \`is a \${typeof value}; it takes \${holds === "truth values" ? "true or false" : "a number"}\`;
  if (!Number.isFinite(value)) return \`is \${value}, which is not a finite number\`;
  if (holds === "truth values" && value !== 0 && value !== 1) return \`is \${value}; it takes true or false, or 1 or 0\`;
  if (holds === "whole numbers" && !Number.isInteger(value)) return \`is \${value}; it takes whole numbers\`;
  if (min !== null && value < min) return \`is \${value}, below its minimum of \${min} \${unit ?? ""}\`.trimEnd();
  if (max !== null && value > max) return \`is \${value}, above its maximum of \${max} \${unit ?? ""}\`.trimEnd();
}

function arrayAt(memory, address, length) {
  const buffer = memory?.buffer;
  const isInside = address >= 0 && address % 8 === 0 && length > 0 && address + 8 * length <= buffer?.byteLength;
  if (!isInside) throw damaged("its rows are outside of its memory");
  return new Float64Array(buffer, address, length);
}

function columnsIn(section) {
  let found;
  try {
    found = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(section));
  } catch {}
  const isNumber = (value) => value === null || Number.isFinite(value);
  const isColumn = (column) =>
    typeof column?.name === "string" &&
    (column.unit === null || typeof column.unit === "string") &&
    isNumber(column.min) &&
    isNumber(column.max);
  const isList = (columns) =>
    Array.isArray(columns) && columns.every(isColumn) && new Set(columns.map(({ name }) => name)).size === columns.length;
  const { format, version, inputs, outputs } = found ?? {};
  if (format === "netwright-model" && version > 1) {
    throw new TypeError(\`This model is of version \${version}, and this file reads version 1: take the one exported with it.\`);
  }
  const isModel = format === "netwright-model" && version === 1 && isList(inputs) && isList(outputs);
  if (isModel && inputs.every(({ fill }) => isNumber(fill))) return { inputs, outputs };
  throw new TypeError("This model is damaged: its section \`netwright\` does not describe its columns.");
}

async function compile(source) {
  if (typeof source === "string" || source.href !== undefined) {
    const url = new URL(source, import.meta.url);
    // Node fetches no files, and a bundler for browsers need not know that it reads them.
    const fs = url.protocol === "file:" ? globalThis.process?.getBuiltinModule?.("node:fs") : undefined;
    return compile(fs === undefined ? await fetch(url) : fs.readFileSync(url));
  }
  if (source.byteLength !== undefined) return compileBytes(source);
  if (typeof source.arrayBuffer !== "function") return source;
  if (source.ok === false) throw new Error(\`\${source.url} cannot be read: \${source.status} \${source.statusText}\`);
  return compileBytes(await source.arrayBuffer());
}

/** The last section holds the SHA-256 of all before it: a bit that is another one would give other predictions. */
async function compileBytes(source) {
  const bytes = ArrayBuffer.isView(source)
    ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength)
    : new Uint8Array(source);
  const end = bytes.length - ${SEAL_START.length + 64};
  const text = (from, to) => String.fromCharCode(...bytes.subarray(from, to));
  const isSealed = end > 0 && text(end, end + ${SEAL_START.length}) === ${JSON.stringify(SEAL_START)};
  // Pages without https have no digest.
  const { subtle } = globalThis.crypto ?? {};
  if (isSealed && subtle !== undefined) {
    const hash = new Uint8Array(await subtle.digest("SHA-256", bytes.subarray(0, end)));
    const seal = [...hash].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    if (seal !== text(bytes.length - 64, bytes.length)) throw damaged("its hash is another one than it holds");
  }
  const module = await WebAssembly.compile(bytes).catch((error) => {
    throw damaged(error.message);
  });
  const isModel = WebAssembly.Module.customSections(module, "netwright").length > 0;
  if (isModel && !isSealed) throw damaged("it does not end in its hash");
  return module;
}

function damaged(why) {
  return new TypeError(\`This model is damaged, cut short or no model: \${why}. Export it again.\`);
}
`;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ");
}
