// The first cases of the harnesses that need no process, so that a change that breaks a promise is seen before torture is run.

import { expect, test } from "@jest/globals";
import { tables } from "../src/harness/tables.ts";
import { texts } from "../src/harness/texts.ts";

test.each([texts, tables])(
  "$name: 60 cases hold",
  async ({ run }) => {
    const { tried, failures } = await run({ seed: 1, first: 0, count: 60, seconds: 60, report: () => {} });
    expect(failures).toEqual([]);
    expect(tried).toBe(60);
  },
  60_000,
);
