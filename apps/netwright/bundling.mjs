// Bundles the command from its sources, for this workspace (`bundle.mjs`) and for the package that is published
// (`tools/release`). A chunk for each command and backend, and chunks of what they share: a process that loads
// hundreds of modules spends most of its start on finding them. CommonJS, which Node loads faster, and whose compiled
// code can be kept on Node 20 (`src/code-cache.ts`).

import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "rolldown";
import { examples } from "./examples.mjs";

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
      codeSplitting: { groups: SMALL },
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
  copyPages(join(out, "errors"));
  copyDocuments(join(out, "docs"));
  copyFont(join(out, "fonts"));
  copyExamples(join(out, "examples"));
  return output;
}

const CHUNK = "chunks/[name]-[hash].js";

/**
 * What nearly every chunk needs and what needs nothing itself, each in one file: else they are files of a few hundred
 * bytes, by who shares them, and a start reads ten of them.
 */
const SMALL = [
  {
    name: "definitions",
    test: /[\\/]packages[\\/](definitions[\\/]src[\\/](?!wording[\\/](closest|synonyms)|catalog[\\/](by-member|watching-schedule|made-of|inputs))|lang[\\/]src[\\/](render|source)[\\/]|netwright[\\/]src[\\/](version|project[\\/](result|diagnostics))\.ts)/,
  },
  {
    name: "usage",
    test: /[\\/]apps[\\/]netwright[\\/]src[\\/](usage[\\/](called|codes|result|exit-code)|output[\\/](colours|prose|shell-word)|project[\\/]file-errors)/,
  },
  {
    name: "problems",
    test: /[\\/]packages[\\/]runtime[\\/]src[\\/](problem|tensors[\\/]array-for|backend[\\/](is-)?backend|node[\\/]move|registry[\\/]missing-package|safetensors[\\/]write)/,
  },
  // Of reading tables, what those in text and of other formats share.
  {
    name: "tables",
    test: /[\\/]packages[\\/](netwright[\\/]src[\\/](project[\\/]table-for-net|api[\\/]table-of)|data[\\/]src[\\/](scan[\\/]|storage[\\/]|table[\\/]|problem[\\/]problem|reading[\\/]open-reading|formats[\\/](several[\\/]|(?!unzipped)[^\\/]+\.(ts|js)$)))/,
  },
  // Of models, what many need and what needs nothing.
  {
    name: "models",
    test: /[\\/]packages[\\/](definitions[\\/]src[\\/](catalog[\\/](by-member|watching-schedule|made-of|inputs)|wording[\\/](closest|synonyms))|lang[\\/]src[\\/]model[\\/](fits-report|nodes-named|members-of|receptive-fields)|ir[\\/]src[\\/]core[\\/]types\.ts|runtime[\\/]src[\\/]tensors[\\/]tensors|netwright[\\/]src[\\/](training[\\/]training-splits|export[\\/]training[\\/]format|model[\\/]saved-text|study[\\/]spread|baselines[\\/]main-metric))/,
  },
  { name: "numerics", test: /[\\/]packages[\\/]ir[\\/]src[\\/]numerics[\\/]/ },
  // What goes with others, whoever asks for them: what a network is told of columns, what is looked for on the disk, what is said of a program and
  // which formats a model is written in.
  {
    name: "inputs",
    test: /[\\/]packages[\\/](netwright[\\/]src[\\/]project[\\/](data-schema|picture-columns)|data[\\/]src[\\/](lint[\\/](gives-away|nearly-constant|sentinels)|pictures[\\/]picture-files|check[\\/]column-problem|batch[\\/]batches|encode[\\/](decode-output|inputs)))\.ts/,
  },
  {
    name: "disk",
    test: /[\\/]packages[\\/](runtime[\\/]src[\\/]node[\\/](durable|regular-file)|netwright[\\/]src[\\/]node[\\/]part-of)\.ts/,
  },
  // By itself, as no compiled code is kept of what has `import()`.
  {
    name: "imported",
    test: /[\\/]packages[\\/]netwright[\\/]src[\\/](backends[\\/]import-beside|node[\\/]import-installed)\.ts/,
  },
  {
    name: "programs",
    test: /[\\/](formats[\\/]src[\\/](table|carries|sql[\\/]dialect-names)|ir[\\/]src[\\/](analysis[\\/]cost|text[\\/](format|print)|core[\\/]program|semantics[\\/]reducer|passes[\\/]expand))\.ts/,
  },
  // Rows as a network is given them, which `check` needs as well, and the two below bring along.
  {
    name: "encoded",
    test: /[\\/]packages[\\/](data[\\/]src[\\/](encode|batch|series|weight|teacher)[\\/]|data[\\/]src[\\/](reading[\\/]read-cells|check[\\/]check-target-rows)\.ts)/,
  },
  // What is learned of tables: in front of `runs`, which reads it back and would take it along, as `check` needs it without a run.
  {
    name: "fitted",
    test: /[\\/]packages[\\/]data[\\/]src[\\/](fitted[\\/](open-encoders|read-encoders|read-column|damage|distribution)|uncertainty[\\/]conformal)\.ts/,
  },
  // What becomes of a table before it is trained with, by its `data` section: checking one and reading a run back both ask for that.
  {
    name: "prepared",
    test: /[\\/]packages[\\/](data[\\/]src[\\/](lint[\\/]|prepare[\\/]|check[\\/]check-counts\.ts)|lang[\\/]src[\\/]resolve[\\/]data-schema\.ts|netwright[\\/]src[\\/]project[\\/]data-plan\.ts)/,
  },
  // A run as files, and a saved model that predicts and is measured: who imports one shares parts of both.
  {
    name: "runs",
    test: /[\\/]packages[\\/](runtime[\\/]src[\\/](bundle|hash)[\\/]|netwright[\\/]src[\\/]training[\\/]run-to-files\.ts)/,
  },
  // A model as a program.
  { name: "lowered", test: /[\\/]packages[\\/](compiler[\\/]src[\\/]lower|ir[\\/]src[\\/]autodiff)[\\/]/ },
  // A saved model in use, as all commands take it that have one.
  {
    name: "opened",
    test: /[\\/]packages[\\/](runtime[\\/]src[\\/](registry[\\/]third-party|node[\\/]write-run)|netwright[\\/]src[\\/](node[\\/]run-place|api[\\/]check-options|training[\\/]run-name|model[\\/]loaded-model))\.ts/,
  },
  // What a program is run and measured by.
  {
    name: "measured",
    test: /[\\/]packages[\\/](runtime[\\/]src[\\/](evaluation|executable)[\\/]|netwright[\\/]src[\\/]training[\\/](baseline|expectations)\.ts)/,
  },
  // The language: who needs a part of it needs nearly all of it.
  {
    name: "sections",
    test: /[\\/]packages[\\/](lang[\\/]src[\\/](sections[\\/]|libraries[\\/]|service[\\/](names|describe|words)\.ts|syntax[\\/]string-text|resolve[\\/](describe-type|column-names)\.ts)|netwright[\\/]src[\\/]resolved[\\/]spell\.ts)/,
  },
];

/** What `netwright help NW0301` shows. */
function copyPages(folder) {
  rmSync(folder, { recursive: true, force: true });
  cpSync(here("../../docs/errors"), folder, {
    recursive: true,
    filter: (path) => !/(README\.md|\.csv)$/.test(path),
  });
}

/** What `netwright help docs/export.md` shows. */
function copyDocuments(folder) {
  rmSync(folder, { recursive: true, force: true });
  const from = here("../../docs");
  for (const name of readdirSync(from))
    if (name.endsWith(".md")) cpSync(join(from, name), join(folder, name));
}

/** The one font of the pictures, and its license: the package holds two hundred. */
function copyFont(folder) {
  const require = createRequire(import.meta.url);
  const file = require.resolve("@fontsource/inter/files/inter-latin-400-normal.woff2");
  mkdirSync(folder, { recursive: true });
  cpSync(file, join(folder, "inter-latin-400-normal.woff2"));
  cpSync(join(dirname(file), "../LICENSE"), join(folder, "LICENSE.txt"));
}

/** What `netwright init --example` writes. */
function copyExamples(folder) {
  for (const { name, files } of examples) {
    for (const file of [...files, "README.md"]) {
      cpSync(join(here("../../examples"), name, file), join(folder, name, file));
    }
  }
}

/** Parts of Node that most commands import and do not use: together some milliseconds of a start. */
const LATE =
  /\b(\w+) = require\("node:(child_process|crypto|zlib|worker_threads|(?:fs|stream|timers)\/promises|readline)"\)/g;

/** They are loaded when something of them is asked for. */
function lateBuiltins() {
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
function plainExports() {
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

/** Names at the top of a chunk that stay what they are. */
const FIXED =
  /^(?:const ([\w$]+) =|(?:async )?function\*? ([\w$]+)\(|class ([\w$]+)\b|var ([\w$]+) = (?:\/\*.*?\*\/ )?(?:class\b|__commonJSMin\())/gm;

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

/** What is hashed, Node hashes. */
function hashedByNode() {
  const anywhere = here("../../packages/runtime/src/hash/sha256.ts");
  return {
    name: "hashed-by-node",
    load: (id) => (id === anywhere ? readFileSync(here("src/sha256.ts"), "utf8") : null),
  };
}

/** A module that is built already, as a file beside the one that is built. */
function built(module, file) {
  return {
    name: "built",
    resolveId: (source) => (source === module ? { id: file, external: true } : null),
  };
}

const FACADE = "entry:";

/** Libraries as modules of their own: one that is an entry counts as used whole by everyone who imports from it. */
function facades(libraries) {
  return {
    name: "facades",
    resolveId: (source) => (source.startsWith(FACADE) ? source : null),
    load: (id) =>
      id.startsWith(FACADE)
        ? `export * from ${JSON.stringify(resolve(here("."), libraries[id.slice(FACADE.length)]))};`
        : null,
  };
}
