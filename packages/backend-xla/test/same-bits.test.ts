// How far bits repeat on XLA, as docs/backends.md and `doctor` say.

import { expect, test } from "@jest/globals";
import { createXlaBackend } from "@netwright/backend-xla";
import { train } from "netwright";
import { describeWithPlugin } from "./with-plugin.ts";

const backend = createXlaBackend({ keep: false });

describeWithPlugin("a training", () => {
  test("gives the same weights with 1, 2 and 4 threads, one after the other", async () => {
    const hashes: string[] = [];
    for (const threads of [1, 2, 4]) {
      const model = await train("examples/concrete/concrete.net", {
        ...{ backend, threads, epochs: 2 },
        set: { width: 256, depth: 2 },
      });
      expect(model.record.backend.threads).toBe(threads);
      hashes.push(model.record.hash.weights);
    }
    expect(new Set(hashes).size).toBe(1);
  }, 240_000);

  test("has as many threads as it asks for, whatever another has", async () => {
    for (const threads of [1, 3, 2]) expect((await backend.describe({ threads })).threads).toBe(threads);
  });
});
