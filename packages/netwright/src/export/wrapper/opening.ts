// How a wrapper opens its module, in JavaScript: from where it is, whole, with the rows in its memory.

/** Section 0 of 79 bytes, with its name, before the 64 digits. */
const SEAL_START = "\0O\x0enetwright.seal";

export const OPENING = `
function arrayAt(memory, address, length) {
  const buffer = memory?.buffer;
  const isInside = address >= 0 && address % 8 === 0 && length > 0 && address + 8 * length <= buffer?.byteLength;
  if (!isInside) throw damaged("its rows are outside of its memory");
  return new Float64Array(buffer, address, length);
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
