// Adds up the results that each project's test run has left, and closes with one plain line. Nx replays
// unchanged projects from its cache together with their result files, so the sum is always of all tests.

import { existsSync, readdirSync, readFileSync } from "node:fs";

const projects = ["packages", "apps", "tools"]
  .flatMap((folder) => readdirSync(folder).map((name) => `${folder}/${name}`))
  .filter((project) => existsSync(`${project}/test`));
const total = { passed: 0, failed: 0, skipped: 0 };
const missing = [];
for (const project of projects) {
  const results = `${project}/test-results.json`;
  if (!existsSync(results)) {
    missing.push(results);
    continue;
  }
  const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(readFileSync(results, "utf8"));
  total.passed += numPassedTests;
  total.failed += numFailedTests;
  total.skipped += numPendingTests;
}
for (const results of missing) console.error(`no results: ${results}`);
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
if (total.failed > 0 || total.passed === 0 || missing.length > 0) process.exitCode = 1;
