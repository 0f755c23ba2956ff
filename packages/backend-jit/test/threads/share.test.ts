// What threads do of each kernel adds up to all of it, to the same bits: over the whole kit, and random programs.

import { describe, expect, test } from "@jest/globals";
import { referenceBackend } from "@netwright/backend-reference";
import { describeConformance } from "@netwright/conformance";
import { compile } from "@netwright/runtime";
import fc from "fast-check";
import { examplePrograms } from "netwright";
import { arbitraryProgram } from "../../../ir/test/support/arbitrary-program.ts";
import { batchOf, programOf } from "../models.ts";
import { asStep, randomState, randomX, withoutPred } from "../random-program.ts";
import { oneByOne, sharedPlan } from "./one-by-one.ts";

describeConformance(
  oneByOne(3),
  { describe, test },
  { programs: examplePrograms(), heapBytes: () => process.memoryUsage().arrayBuffers },
);

test.each([2, 3, 4, 7])(
  "random programs on %i threads",
  async (threads) => {
    await fc.assert(
      fc.asyncProperty(arbitraryProgram(), async (random) => {
        for (const program of [withoutPred(random), asStep(random)]) {
          const [ours, reference] = [
            await compile(oneByOne(threads), program),
            await compile(referenceBackend, program),
          ];
          for (const executable of [ours, reference]) executable.writeState(randomState);
          if (program.functions.some(({ kind }) => kind === "step")) {
            const batch = { rows: 2, feeds: { x: randomX, y: new Float32Array() } };
            expect(ours.step(batch)).toEqual(reference.step(batch));
          } else {
            expect(ours.trace({ rows: 2, feeds: { x: randomX } })).toEqual(
              reference.trace({ rows: 2, feeds: { x: randomX } }),
            );
          }
          expect(ours.readState()).toEqual(reference.readState());
          ours.dispose();
        }
      }),
      { numRuns: 60 },
    );
  },
  60_000,
);

// Around every multiple of tiles, chunks of rows, cache lines and vectors, and below them.
describe.each([2, 3, 4, 5])("layers on %i threads", (threads) => {
  test.each([
    [1, 1, 1, 1],
    [3, 2, 1, 5],
    [7, 15, 3, 16],
    [16, 17, 2, 33],
    [5, 40, 6, 19],
    [33, 65, 4, 40],
    [2, 100, 1, 64],
  ])("%i inputs, %i units, %i outputs, %i rows", async (inputs, units, outputs, rows) => {
    const program = programOf(
      {
        inputs,
        flow: `dense(${units}, tanh)\n dropout(0.4)\n dense(${units}, softmax)\n dense(${outputs})`,
        train: "loss: mse\n optimizer: adam",
      },
      { step: [rows], predict: [rows], evaluate: [rows] },
    );
    const [ours, reference] = [
      await compile(oneByOne(threads), program),
      await compile(referenceBackend, program),
    ];
    for (const executable of [ours, reference]) {
      executable.init(3);
      for (let step = 0; step < 3; step++) executable.step(batchOf(rows, inputs, outputs, step));
    }
    expect(ours.readState()).toEqual(reference.readState());
    const batch = batchOf(rows, inputs, outputs, 99);
    expect(ours.evaluate(batch)).toEqual(reference.evaluate(batch));
    ours.dispose();
  });
});

test("kinds of kernels and ways to divide them are all met here", () => {
  const model = {
    inputs: 8,
    flow: "dense(96, tanh)\n dropout(0.4)\n dense(96, softmax)\n dense(12)",
    train: "loss: mse\n optimizer: adam",
  };
  const ways = (rows: number) =>
    sharedPlan(programOf(model, { step: [rows] }), 3)
      .functions.flatMap(({ kernels }) => kernels)
      .flatMap(({ kernel, share }) => (share === undefined ? [] : [`${kernel.kind} by ${share.by}`]));
  expect(new Set([...ways(64), ...ways(5)])).toEqual(
    new Set([
      "contraction by chunks",
      "contraction by tiles",
      "map by columns",
      "move by rows",
      "random by blocks",
      "reduce by columns",
      "rows by rows",
    ]),
  );
});
