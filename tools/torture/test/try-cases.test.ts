// Cases are known by seed and number, exceptions are failures, and a failure does not end the trial.

import { expect, test } from "@jest/globals";
import type { Attempt, Task } from "../src/harness.ts";
import { countsTable, failuresText } from "../src/report.ts";
import { HARNESSES } from "../src/table.ts";
import { tryCases } from "../src/try-cases.ts";

const task: Task = { seed: 3, first: 0, count: 50, seconds: 60, report: () => {} };

const attempt: Attempt = async (random) => {
  const drawn = random.below(10);
  if (drawn === 7) throw new Error("seven");
  return drawn < 5 ? "low" : "high";
};

test("counts outcomes and failures, which sum to the cases", async () => {
  const { tried, outcomes, failures } = await tryCases(task, attempt);
  expect(tried).toBe(50);
  expect(Object.keys(outcomes).sort()).toEqual(["high", "low"]);
  expect(failures.length).toBeGreaterThan(0);
  expect((outcomes["low"] ?? 0) + (outcomes["high"] ?? 0) + failures.length).toBe(50);
});

test("a case that failed fails again by itself, and others do with another seed", async () => {
  const { failures } = await tryCases(task, attempt);
  const number = failures[1]?.number ?? Number.NaN;
  const again = await tryCases({ ...task, first: number, count: 1 }, attempt);
  expect(again.failures).toEqual([{ number, what: "seven" }]);
  const other = await tryCases({ ...task, seed: 4 }, attempt);
  expect(other.failures.map((failure) => failure.number)).not.toEqual(
    failures.map((failure) => failure.number),
  );
});

test("tries one case without any time, and says each of them", async () => {
  const told: number[] = [];
  const { tried } = await tryCases({ ...task, seconds: 0, report: (n) => told.push(n) }, attempt);
  expect([tried, told]).toEqual([1, [1]]);
});

test("reports counts and how to try a failure again", async () => {
  const harness = { name: "draws", about: { promised: "", tried: "" }, run: () => tryCases(task, attempt) };
  const tried = [{ harness, findings: await harness.run(), seconds: 1 }];
  expect(countsTable(tried)).toMatch(/draws .*tried .*50/);
  expect(failuresText(tried, 3)).toMatch(/again: npm run torture -- draws --seed 3 --first \d+ --count 1\n/);
});

test("no two harnesses have one name", () => {
  const names = HARNESSES.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});
