// What is done to the code of the command between its sources and its chunks.

import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/** Parts of Node that most commands import and do not use: together some milliseconds of a start. */
const LATE =
  /\b(\w+) = require\("node:(child_process|crypto|zlib|worker_threads|(?:fs|stream|timers)\/promises|readline)"\)/g;

/** They are loaded when something of them is asked for. */
export function lateBuiltins() {
  return {
    name: "late-builtins",
    renderChunk(code, _chunk, _options, { magicString }) {
      for (const { index, 0: whole, 1: name, 2: builtin } of code.matchAll(LATE)) {
        const late = `${name} = new Proxy({}, { get: (_, key) => require("node:${builtin}")[key] })`;
        magicString.overwrite(index, index + whole.length, late);
      }
      return magicString;
    },
  };
}

/** What a chunk gives to others: the name under which, and what it is inside. */
const EXPORT =
  /^Object\.defineProperty\(exports, "(\w+)", \{\s+enumerable: true,\s+get: function \(\) \{\s+return ([\w$]+);\s+\}\s+\}\);$/gm;

/**
 * What is never assigned again is given as a value, all of a chunk in one object, which the engine looks into faster than into one
 * that they are added to. Else a function that gives it would be made for each of some six hundred at every start, and called at
 * every use.
 */
export function plainExports() {
  return {
    name: "plain-exports",
    renderChunk(code, { isEntry }, _options, { magicString }) {
      if (isEntry) return magicString;
      const fixed = new Set([...code.matchAll(FIXED)].flatMap((found) => found.slice(1)));
      const plain = [...code.matchAll(EXPORT)].filter(({ 2: inside }) => fixed.has(inside));
      if (plain.length === 0) return magicString;
      for (const { index, 0: whole } of plain) magicString.overwrite(index, index + whole.length, " ");
      const values = plain.map(({ 1: name, 2: inside }) => `${name}: ${inside}`);
      magicString.append(`\nmodule.exports = { __proto__: exports, ${values.join(", ")} };\n`);
      return magicString;
    },
  };
}

/** Names at the top of a chunk that stay what they are. */
const FIXED =
  /^(?:const ([\w$]+) =|(?:async )?function\*? ([\w$]+)\(|class ([\w$]+)\b|var ([\w$]+) = (?:\/\*.*?\*\/ )?(?:class\b|__commonJSMin\())/gm;

/** What is hashed, Node hashes. */
export function hashedByNode() {
  const anywhere = here("../../../packages/runtime/src/hash/sha256.ts");
  return {
    name: "hashed-by-node",
    load: (id) => (id === anywhere ? readFileSync(here("../src/sha256.ts"), "utf8") : null),
  };
}

/** A module that is built already, as a file beside the one that is built. */
export function built(module, file) {
  return {
    name: "built",
    resolveId: (source) => (source === module ? { id: file, external: true } : null),
  };
}

export const FACADE = "entry:";

/** Libraries as modules of their own: one that is an entry counts as used whole by everyone who imports from it. */
export function facades(libraries) {
  return {
    name: "facades",
    resolveId: (source) => (source.startsWith(FACADE) ? source : null),
    load: (id) =>
      id.startsWith(FACADE)
        ? `export * from ${JSON.stringify(resolve(here(".."), libraries[id.slice(FACADE.length)]))};`
        : null,
  };
}
