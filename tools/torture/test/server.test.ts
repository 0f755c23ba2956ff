// Some cases of the harness of the language server; and that it finds what is told, where everything may be.

import { dirname } from "node:path";
import { expect, test } from "@jest/globals";
import { server, tryServer } from "../src/harness/server.ts";
import { requestsOf } from "../src/support/editor-requests.ts";

const task = { seed: 2, first: 0, count: 40, seconds: 60, report: () => {} };

test("nothing is told but what may be", async () => {
  const { tried, failures, outcomes } = await server.run(task);
  expect({ tried, failures }).toEqual({ tried: 40, failures: [] });
  expect(outcomes).toHaveProperty("what may be told is told");
}, 120_000);

test("what is told is found: where the folder above is allowed, and all others", async () => {
  const above = await tryServer(task, ({ work }) => [dirname(work)]);
  expect(above.failures.map(({ what }) => what).join()).toContain("told of token_5f2c81");
}, 120_000);

test("a server that offers more is not tried in part", () => {
  expect(() => requestsOf({ capabilities: { hoverProvider: true, newProvider: true } })).toThrow(
    "offers newProvider, which is not tried",
  );
});
