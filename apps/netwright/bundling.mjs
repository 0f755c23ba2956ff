// Bundles the command from its sources, for this workspace (`bundle.mjs`) and for the package that is published
// (`tools/release`). A chunk for each command and backend, and chunks of what they share: a process that loads
// hundreds of modules spends most of its start on finding them. CommonJS, which Node loads faster, and whose compiled
// code can be kept (`src/code-cache.ts`).

import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "rolldown";
import { chunkGroups } from "./bundling/chunk-groups.mjs";
import { copyWhatIsRead } from "./bundling/copies.mjs";
import { built, FACADE, facades, hashedByNode, lateBuiltins, plainExports } from "./bundling/plugins.mjs";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/** Packages that are installed with the command and loaded when they are needed; all else is bundled. */
export const { dependencies } = JSON.parse(readFileSync(here("package.json"), "utf8"));

/**
 * The command as `main.js` and `libraries`, files by the name of their entry, into `out`, with what they read there.
 * Gives what the bundler says of the files.
 */
export async function bundle({ libraries, out, sourcemap }) {
  const shared = {
    cwd: here("."),
    platform: "node",
    external: Object.keys(dependencies).map((name) => new RegExp(`^${name}(/|$)`)),
    resolve: { conditionNames: ["@netwright/source", "import", "node", "default"] },
    experimental: { nativeMagicString: true },
    // Neither our packages nor the libraries do anything when they are merely imported.
    treeshake: { moduleSideEffects: false },
  };
  const written = {
    dir: out,
    format: "cjs",
    // `import x from` gives all exports then, whoever does it.
    esModule: false,
    sourcemap,
    // Names and lines stay: Node shows the line of an error that nobody catches, and the trace.
    minify: { compress: true, mangle: false, codegen: false },
    comments: { legal: true, annotation: false, jsdoc: false },
  };
  const { output: parts } = await build({
    ...shared,
    input: {
      start: "src/start.ts",
      ...Object.fromEntries(Object.keys(libraries).map((name) => [name, FACADE + name])),
    },
    plugins: [facades(libraries), hashedByNode(), lateBuiltins(), plainExports()],
    output: {
      ...written,
      // Named by their content, so that compiled code can be kept under that name.
      chunkFileNames: CHUNK,
      entryFileNames: ({ name }) => (name === "start" ? CHUNK : "[name].js"),
      codeSplitting: { groups: chunkGroups },
    },
  });
  // By itself, as what it needs of others is loaded without their compiled code.
  const { output: first } = await build({
    ...shared,
    input: { main: "src/main.ts" },
    plugins: [
      lateBuiltins(),
      built("./start.ts", `./${parts.find(({ name }) => name === "start")?.fileName}`),
    ],
    output: { ...written, dynamicImportInCjs: false },
  });
  const output = [...first, ...parts];
  refuseCycles(output);
  for (const { type, fileName } of output) if (type === "chunk") writeInAscii(join(out, fileName));
  // Chunks of an earlier build would be packed with the others; until now, a running command may have needed them.
  const names = new Set(output.map(({ fileName }) => fileName));
  for (const name of readdirSync(join(out, "chunks"))) {
    if (!names.has(`chunks/${name}`)) rmSync(join(out, "chunks", name));
  }
  writeFileSync(join(out, "package.json"), '{ "type": "commonjs" }\n');
  copyWhatIsRead(out);
  return output;
}

const CHUNK = "chunks/[name]-[hash].js";

/** Of two chunks that load each other, one would have the exports of the other before they are all there. */
function refuseCycles(output) {
  const imports = new Map(output.map(({ fileName, imports = [] }) => [fileName, imports]));
  const done = new Set();
  const visit = (name, path) => {
    if (path.includes(name)) throw new Error(`chunks load each other: ${[...path, name].join(" -> ")}`);
    if (done.has(name)) return;
    for (const next of imports.get(name) ?? []) visit(next, [...path, name]);
    done.add(name);
  };
  for (const name of imports.keys()) visit(name, []);
}

/**
 * All letters beyond ASCII as escapes, which mean the same in strings, patterns and templates: code of one byte a letter is read
 * without being decoded (`src/code-cache.ts`), where it is also asked whether there is any `import()`. Lines stay where they are.
 */
function writeInAscii(file) {
  const code = readFileSync(file, "utf8");
  for (const [raw] of code.matchAll(/String\.raw`[^`]*`/g)) {
    if (BEYOND_ASCII.test(raw)) throw new Error(`${file}: ${raw} would have its escapes in it`);
  }
  const escaped = (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`;
  const mark = code.includes("import(") || code.startsWith("#!") ? "" : "/* no late import */ ";
  writeFileSync(file, mark + code.replaceAll(new RegExp(BEYOND_ASCII, "g"), escaped));
}

/** A half of a letter beyond 16 bits is one, too: both are escaped. */
const BEYOND_ASCII = /[^\0-\x7f]/;
