// The first cases of the harness of other formats; and that work which takes too long is told.

import { expect, test } from "@jest/globals";
import { formats } from "../src/harness/formats.ts";
import { inTime, inTimeAsync } from "../src/support/in-time.ts";

test("40 cases hold, of every kind of damage", async () => {
  const { tried, failures, outcomes } = await formats.run({
    seed: 1,
    first: 0,
    count: 40,
    seconds: 60,
    report: () => {},
  });
  expect({ tried, failures }).toEqual({ tried: 40, failures: [] });
  const names = Object.keys(outcomes).join(", ");
  for (const how of ["inside: read", "inside: refused", "anywhere: refused"]) expect(names).toContain(how);
}, 120_000);

test("what takes longer than it may is told, whether it waits or not", async () => {
  const work = () => {
    const end = performance.now() + 300;
    while (performance.now() < end);
  };
  expect(() => inTime(0.01, "work", work)).toThrow(/^work took 0\.\d s of the processor$/);
  await expect(inTimeAsync(0.01, "work", async () => work())).rejects.toThrow(/^work took 0\.\d s/);
  expect(inTime(10, "work", () => 7)).toBe(7);
});
