// Whole training runs against the reference backend: every bit of the state, of losses and of predictions.

import { describe, expect, test } from "@jest/globals";
import { jitBackend } from "@netwright/backend-jit";
import { referenceBackend } from "@netwright/backend-reference";
import type { Program } from "@netwright/ir";
import { compile, type NamedTensors } from "@netwright/runtime";
import { batchOf, programOf } from "./models.ts";

/** The bytes of all variables, as text. */
function bytesOf(state: NamedTensors): Record<string, string> {
  return Object.fromEntries(
    [...state].map(([name, data]) => [
      name,
      Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString("hex"),
    ]),
  );
}

interface Shape {
  readonly inputs: number;
  readonly outputs: number;
  readonly batches: readonly number[];
}

async function compareTraining(program: Program, { inputs, outputs, batches }: Shape, steps: number) {
  const [ours, reference] = [await compile(jitBackend, program), await compile(referenceBackend, program)];
  for (const executable of [ours, reference]) executable.init(7);
  expect(bytesOf(ours.readState())).toEqual(bytesOf(reference.readState()));
  for (let step = 0; step < steps; step++) {
    const batch = batchOf(batches[step % batches.length] ?? 1, inputs, outputs, step);
    expect(ours.step(batch).loss).toBe(reference.step(batch).loss);
  }
  expect(bytesOf(ours.readState())).toEqual(bytesOf(reference.readState()));
  for (const rows of batches) {
    const batch = batchOf(rows, inputs, outputs, 99);
    expect(ours.predict(batch)).toEqual(reference.predict(batch));
    expect(ours.evaluate(batch)).toEqual(reference.evaluate(batch));
  }
  ours.dispose();
}

describe("the same bits as the reference", () => {
  test("after 20 steps of three hidden layers with Adam, with a smaller last batch", async () => {
    const batches = [32, 19];
    const program = programOf(
      { inputs: 8, flow: "repeat 3 { dense(48, relu) }\n dense(1)", train: "loss: mae\n optimizer: adam" },
      { step: batches, predict: batches, evaluate: batches },
    );
    await compareTraining(program, { inputs: 8, outputs: 1, batches }, 20);
  });

  // Around every multiple of the tile's 2 rows and 16 columns, of vectors, and below them.
  test.each([
    [1, 1, 1],
    [1, 2, 3],
    [3, 15, 2],
    [2, 16, 1],
    [5, 17, 4],
    [33, 31, 7],
    [7, 33, 5],
    [4, 4, 4],
  ])("%i inputs, %i units, %i outputs", async (inputs, units, outputs) => {
    const batches = [1, 2, 3, 5, 18];
    const program = programOf(
      {
        inputs,
        flow: `dense(${units}, tanh)\n dense(${units}, gelu)\n dense(${outputs}, sigmoid)`,
        train: "loss: mse\n optimizer: sgd(learning_rate: 0.1, momentum: 0.9)",
      },
      { step: batches, predict: batches, evaluate: batches },
    );
    await compareTraining(program, { inputs, outputs, batches }, 10);
  });

  test.each([
    "adamw(learning_rate: cosine(1e-2, warmup_steps: 3))",
    "sgd(learning_rate: exponential_decay(0.1, decay_rate: 0.7), momentum: 0.9)",
    "rmsprop(learning_rate: exponential_decay(0.01, decay_rate: 0.7, decay_steps: 3, staircase: true))",
    "sgd(learning_rate: plateau(0.1), weight_decay: 0.1)",
    "adamw(weight_decay: flat_cosine(0.5))",
    "sgd(momentum: 0.9, weight_decay: one_cycle(0.5))",
    "adam(amsgrad: true)",
    "nadam(weight_decay: 0.1)",
    "adamax",
    "adagrad",
    "adadelta(learning_rate: 1)",
    "rmsprop(centered: true, momentum: 0.5)",
    "lamb(weight_decay: 0.1)",
    "lion",
  ])("with %s", async (optimizer) => {
    const program = programOf(
      { inputs: 6, flow: "dense(21, swish)\n dense(2)", train: `epochs: 4\n optimizer: ${optimizer}` },
      { step: [9, 4], stepsPerEpoch: 2, predict: [9, 4], evaluate: [9, 4] },
    );
    await compareTraining(program, { inputs: 6, outputs: 2, batches: [9, 4] }, 12);
  });

  test("with all stages of an update", async () => {
    const stages =
      "accumulate: 2\n clip_value: 0.2\n clip_norm: 0.3\n clip_norm_each: 0.2\n weight_average: 0.7\n freeze: dense_2";
    const sizes = { step: [9, 4], predict: [9, 4], evaluate: [9, 4] };
    const program = programOf(
      { inputs: 6, flow: "dense(21, swish)\n dense(7)\n dense(2)", train: `optimizer: adamw\n ${stages}` },
      sizes,
    );
    await compareTraining(program, { inputs: 6, outputs: 2, batches: [9, 4] }, 12);
  });

  test("with mixed rows", async () => {
    const program = programOf(
      { inputs: 6, flow: "dense(21, swish)\n dropout(0.2)\n dense(2)", train: "mixup: 0.4" },
      { step: [9, 4], predict: [9, 4], evaluate: [9, 4] },
    );
    await compareTraining(program, { inputs: 6, outputs: 2, batches: [9, 4] }, 12);
  });

  test("with a dropout that changes, in several batches of an update", async () => {
    const program = programOf(
      {
        inputs: 6,
        flow: "dense(21, swish)\n dropout(one_cycle(0.5))\n dense(7, relu)\n dropout(polynomial_decay(0.3))\n dense(2)",
        train: "optimizer: adam\n epochs: 4\n accumulate: 2",
      },
      { step: [9, 4], accumulate: [9], stepsPerEpoch: 4, predict: [9, 4], evaluate: [9, 4] },
    );
    await compareTraining(program, { inputs: 6, outputs: 2, batches: [9, 4] }, 12);
  });

  test("with factors by the role of a weight", async () => {
    const factors =
      "learning_rate_factors { bias: 0.1, scale: 6 }\n weight_decay_factors { bias: 0, scale: 2 }";
    const program = programOf(
      {
        inputs: 6,
        flow: "dense(21, swish)\n batch_norm\n dense(2)",
        train: `optimizer: adamw(weight_decay: 0.5)\n ${factors}`,
      },
      { step: [9, 4], predict: [9, 4], evaluate: [9, 4] },
    );
    await compareTraining(program, { inputs: 6, outputs: 2, batches: [9, 4] }, 12);
  });

  test("with dropout, softmax and RMSprop", async () => {
    const program = programOf(
      {
        inputs: 6,
        flow: "dense(21, swish)\n dropout(0.3)\n dense(5, softmax)\n dense(2)",
        train: "loss: huber\n optimizer: rmsprop",
      },
      { step: [9], predict: [9], evaluate: [9] },
    );
    await compareTraining(program, { inputs: 6, outputs: 2, batches: [9] }, 12);
  });
});

test("memory does not grow over steps", async () => {
  const program = programOf(
    { inputs: 8, flow: "dense(16, relu)\n dense(1)", train: "loss: mse\n optimizer: adam" },
    { step: [8] },
  );
  const executable = await compile(jitBackend, program);
  executable.init(0);
  const batch = batchOf(8, 8, 1);
  for (let i = 0; i < 100; i++) executable.step(batch);
  const before = process.memoryUsage();
  for (let i = 0; i < 10_000; i++) executable.step(batch);
  const after = process.memoryUsage();
  expect(after.arrayBuffers - before.arrayBuffers).toBeLessThan(2 ** 20);
  executable.dispose();
});

test("a program that needs more than 4 GB is refused before anything runs", async () => {
  const program = programOf(
    { inputs: 20000, flow: "dense(20000, relu)\n dense(1)", train: "loss: mse\n optimizer: adam" },
    { step: [8] },
  );
  await expect(compile(jitBackend, program)).rejects.toMatchObject({
    name: "BackendError",
    backend: "jit",
    message: expect.stringMatching(/needs \d\.\d GB of memory/),
    remedy: expect.stringContaining("smaller"),
    lacks: "memory",
  });
});
