// A few cases of the harness of failing disks, so that it runs and finds what it is for.

import { expect, test } from "@jest/globals";
import { disk } from "../src/harness/disk.ts";

test("a disk that fails once", async () => {
  const task = { seed: 1, first: 40, count: 24, seconds: 60, report: () => {} };
  const { tried, failures, outcomes } = await disk.run(task);
  expect({ tried, failures }).toEqual({ tried: 24, failures: [] });
  expect(Object.keys(outcomes)).toContain("refused, the old run whole");
}, 60_000);
