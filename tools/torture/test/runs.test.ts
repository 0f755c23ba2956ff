// Some cases of the harnesses of runs, exports and records of studies: all outcomes are those that are promised, and they come again.

import { expect, jest, test } from "@jest/globals";
import { exports } from "../src/harness/exports.ts";
import { runs } from "../src/harness/runs.ts";
import { studyRecords } from "../src/harness/study-records.ts";

// On a machine with other things to do.
jest.setTimeout(60_000);

const task = { seed: 7, first: 0, count: 40, seconds: 60, report: () => {} };

test.each([runs, exports, studyRecords])("$name", async ({ run }) => {
  const findings = await run(task);
  expect(findings.failures).toEqual([]);
  expect(findings.tried).toBe(40);
  expect(await run(task)).toEqual(findings);
});

test("runs of every kind are among them: refused, used, and accepted as they were", async () => {
  const { outcomes } = await runs.run({ ...task, count: 200 });
  const named = Object.keys(outcomes).join(", ");
  for (const outcome of [
    "bits: refused",
    "made up: refused on reading",
    "made up: used",
    "accepted, the same",
  ]) {
    expect(named).toContain(outcome);
  }
});
