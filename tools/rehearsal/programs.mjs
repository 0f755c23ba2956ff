// The programs that a user would write, in a folder with the installed package: README's in JavaScript and TypeScript,
// and the probe whose bits are compared.

import { cpSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { asCommonJs, asTypeScriptCommonJs, readmeProgram } from "./readme.mjs";
import { run } from "./run.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const here = fileURLToPath(new URL(".", import.meta.url));
/** As many as there may be here: more threads than processors are refused. */
const THREADS = [1, 2, 4].filter((count) => count <= availableParallelism()).map(String);

/** The example where README's program looks for it, the program in each form, and the probe. */
export function writePrograms(project) {
  cpSync(join(root, "examples"), join(project, "examples"), { recursive: true });
  for (const name of ["probe.mjs", "recipe.mjs"]) cpSync(join(here, name), join(project, name));
  const program = readmeProgram();
  writeFileSync(join(project, "readme.mjs"), program);
  writeFileSync(join(project, "readme.cjs"), asCommonJs(program));
  writeFileSync(join(project, "typed.mts"), program);
  writeFileSync(join(project, "typed-common.cts"), asTypeScriptCommonJs(program));
}

/** What a bundler takes are ES modules. */
const MODULES = [
  {
    name: "nodenext",
    options: ["--module", "nodenext", "--moduleResolution", "nodenext"],
    files: { "typed.mts": "typed.mjs", "typed-common.cts": "typed-common.cjs" },
  },
  {
    name: "bundler",
    options: ["--module", "preserve", "--moduleResolution", "bundler"],
    files: { "typed.mts": "typed.mjs" },
  },
];

/** Compiles README's program with the declarations of all libraries checked; gives the compiled files. */
export async function compilePrograms(project, report) {
  const tsc = join(root, "node_modules/.bin/tsc");
  const strict = ["--strict", "--exactOptionalPropertyTypes", "--skipLibCheck", "false", "--ignoreConfig"];
  const types = ["--target", "es2023", "--types", "node", "--typeRoots", join(root, "node_modules/@types")];
  const compiled = [];
  for (const { name, options, files } of MODULES) {
    const out = join(project, `compiled-${name}`);
    const args = [...strict, ...types, ...options, "--outDir", out, ...Object.keys(files)];
    const { status, text } = await run(tsc, args, { cwd: project });
    const what = `README's program in TypeScript, module ${name}`;
    if (status !== 0) {
      report.fail(what, text);
      continue;
    }
    report.pass(what);
    for (const file of Object.values(files)) {
      compiled.push({ name: `${file} of TypeScript, module ${name}`, file: join(out, file) });
    }
  }
  return compiled;
}

/** README's program in each form; all print the same. */
export async function runReadme(engine, project, compiled, expected, report) {
  const forms = [
    { name: "ES module", file: "readme.mjs" },
    { name: "CommonJS", file: "readme.cjs" },
    ...compiled,
  ];
  for (const { name, file } of forms) {
    const [command, ...args] = [...engine.command, file];
    const { status, stdout, stderr, text } = await run(command, args, { cwd: project });
    const printed = withoutLayout(stdout);
    expected.printed ??= printed;
    const what = `README's program, ${name}, in ${engine.name}`;
    if (status !== 0 || stderr !== "") report.fail(what, text);
    else if (printed !== expected.printed)
      report.fail(what, `it printed\n${printed}\nand not\n${expected.printed}`);
    else report.pass(what);
  }
}

/** Engines lay out objects in their own ways; the digits stay. */
function withoutLayout(text) {
  return text.replace(/\s+/g, "").replaceAll(",}", "}");
}

/** 54 steps of training and a prediction, on each number of threads. */
export async function runProbe(engine, project, report, { threads = THREADS, limit } = {}) {
  const runs = join(project, "runs", engine.name.replace(/\W+/g, "-"));
  const [command, ...args] = [...engine.command, "probe.mjs", runs, ...threads];
  const { status, stdout, text } = await run(command, args, { cwd: project, limit });
  const results = stdout
    .trim()
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line));
  for (const result of results) report.row(engine.name, result);
  const what = `training in ${engine.name}`;
  const had = results.map((one) => String(one.threads));
  if (status !== 0) report.fail(what, text);
  else if (had.join() !== threads.join())
    report.fail(what, `it had ${had.join()} threads, not ${threads.join()}`);
  else report.pass(what);
}
