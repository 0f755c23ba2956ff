// A few trainings and studies that are ended by signals. A harness that never sends one would hold whatever the command does:
// such a case fails.

import { expect, test } from "@jest/globals";
import { interrupts } from "../src/harness/interrupts.ts";
import { studies } from "../src/harness/studies.ts";
import { start } from "../src/support/command.ts";
import { press } from "../src/support/press.ts";

const task = { seed: 1, first: 0, seconds: 100, report: () => {} };

test.each([
  [interrupts, 3],
  [studies, 1],
])(
  "$name: some cases hold, and something was said at which to press",
  async ({ run }, count) => {
    const { tried, failures } = await run({ ...task, count });
    expect({ tried, failures }).toEqual({ tried: count, failures: [] });
  },
  120_000,
);

test("what is never said is told from a press that came too late", async () => {
  const begun = start(["--version"], ".");
  const never = press(begun, /no such word/, { signal: "SIGINT", after: [0] });
  await begun.ended;
  expect([never.isSaid(), never.sent()]).toEqual([false, 0]);
});
