// Optimizers, clipping by `clipnorm`, and updates of two batches, against Keras: the weights after each of three steps, of cases in `golden/keras-optimizers.jsonl`, whose first
// line says where they come from.

import { readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { compiled } from "./support.ts";

interface Golden {
  readonly optimizer: string;
  readonly initial: readonly number[];
  readonly gradients: readonly (readonly number[])[];
  readonly weights: readonly (readonly number[])[];
}

const lines = readFileSync(new URL("./golden/keras-optimizers.jsonl", import.meta.url), "utf8")
  .trim()
  .split("\n");
const cases = lines.slice(1).map((line): Golden => JSON.parse(line));

test.each(cases.map((golden) => [golden.optimizer, golden.initial.length, golden] as const))(
  "%s of %i numbers",
  async (optimizer, size, { initial, gradients, weights }) => {
    const isOfTwo = optimizer.includes("accumulate: 2");
    const executable = await compiled(
      {
        input: size,
        flow: "dense(1, use_bias: false)",
        train: `loss: mae\n optimizer: ${optimizer}`,
      },
      { step: [1], accumulate: isOfTwo ? [1] : [] },
    );
    executable.init(0);
    executable.writeState(new Map([["dense_1.kernel", Float32Array.from(initial)]]));
    for (const [i, gradient] of gradients.entries()) {
      // The target lies far below of any prediction, so the gradient of |y - xw| is x.
      const feeds = { x: Float32Array.from(gradient), y: Float32Array.of(-1e6) };
      if (isOfTwo && i % 2 === 0) {
        const { inputs, run } = executable.invocation("accumulate", 1);
        inputs.get("x")?.set(feeds.x);
        inputs.get("y")?.set(feeds.y);
        run();
      } else executable.step({ rows: 1, feeds });
      const found = [...(executable.readState().get("dense_1.kernel") ?? [])];
      expect(found).toHaveLength(size);
      for (const [j, weight] of found.entries()) {
        const expected = weights[i]?.[j] ?? Number.NaN;
        // Weights came about as differences of numbers of the size of the first ones.
        const scale = Math.max(Math.abs(expected), Math.abs(initial[j] ?? 0));
        expect(Math.abs(weight - expected) / scale).toBeLessThan(1e-6);
      }
    }
  },
);
