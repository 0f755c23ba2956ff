// A few cases of the harnesses of failing disks and of saves that are killed, so that they run and find what they are for.

import { expect, test } from "@jest/globals";
import { disk } from "../src/harness/disk.ts";

import { records } from "../src/harness/records.ts";
import { replacements } from "../src/harness/replacements.ts";

test("a disk that fails once", async () => {
  const task = { seed: 1, first: 40, count: 24, seconds: 60, report: () => {} };
  const { tried, failures, outcomes } = await disk.run(task);
  expect({ tried, failures }).toEqual({ tried: 24, failures: [] });
  expect(Object.keys(outcomes)).toContain("refused, the old run whole");
}, 60_000);

test("a save over another run that is killed", async () => {
  const task = { seed: 1, first: 0, count: 60, seconds: 60, report: () => {} };
  const { failures, outcomes } = await replacements.run(task);
  expect(failures).toEqual([]);
  expect(Object.keys(outcomes).sort()).toEqual(["all three found", "both found"]);
}, 90_000);

test("records that several write", async () => {
  const task = { seed: 1, first: 0, count: 200, seconds: 60, report: () => {} };
  const { tried, failures, outcomes } = await records.run(task);
  expect({ tried, failures }).toEqual({ tried: 200, failures: [] });
  for (const outcome of ["killed", "refused", "written", "kept"])
    expect(Object.keys(outcomes).some((name) => name.startsWith(outcome))).toBe(true);
}, 60_000);
