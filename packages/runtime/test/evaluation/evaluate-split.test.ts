// Evaluation in chunks gives what evaluation in one piece gives.

import { expect, test } from "@jest/globals";
import { referenceBackend } from "@netwright/backend-reference";
import { compile, evaluateChunk, evaluateSplit } from "@netwright/runtime";
import { smallNetwork } from "../fixtures/small-network.ts";
import { decode, measure, smallSplit } from "../fixtures/small-splits.ts";

test("loss, predictions and metrics do not depend on the chunks", async () => {
  const split = smallSplit(11);
  const executable = await compile(
    referenceBackend,
    smallNetwork({ features: 2, step: [5], evaluate: [4, 3, 11], predict: [11], loss: "mae" }),
  );
  executable.init(1);
  const whole = await evaluateSplit(executable, split, measure, 11);
  const pieces = await evaluateSplit(executable, split, measure, 4);
  if (whole === null || pieces === null) throw new Error("no evaluation");
  expect(pieces.predictions).toEqual(whole.predictions);
  expect(pieces.metrics).toEqual(whole.metrics);
  expect(pieces.loss).toBeCloseTo(whole.loss, 6);
  expect(whole.predictions).toEqual(decode(executable.predict({ rows: 11, feeds: { x: split.x } })));
  // Encoded errors are a tenth of those in original units.
  expect(whole.metrics["mae"]).toBeCloseTo(10 * whole.loss, 5);
  expect(whole.rows).toBe(11);
});

test("a split without rows has no evaluation", async () => {
  const executable = await compile(referenceBackend, smallNetwork({ features: 2, step: [5] }));
  expect(await evaluateSplit(executable, smallSplit(0), measure, 4)).toBeNull();
});

test.each([
  { sizes: [155, 154, 721], chunk: 155 },
  { sizes: [0, 300, 1000], chunk: 150 },
  { sizes: [256, 1, 1], chunk: 256 },
  { sizes: [257, 1, 1], chunk: 129 },
  { sizes: [3, 100_000, 7], chunk: 32 },
  { sizes: [3, 5, 10], chunk: 10 },
  { sizes: [0, 0, 0], chunk: 1 },
])("splits of $sizes rows go by $chunk", ({ sizes, chunk }) => {
  expect(evaluateChunk(sizes)).toBe(chunk);
});
