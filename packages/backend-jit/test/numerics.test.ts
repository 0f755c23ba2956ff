// `numerics: fused`: the bits of the reference, by the engine's instruction where it has one and by many where it has none, on any
// number of threads.

import { expect, test } from "@jest/globals";
import { referenceBackend } from "@netwright/backend-reference";
import { parse, print } from "@netwright/ir";
import { type Backend, compile } from "@netwright/runtime";
import { createJitBackend } from "../src/jit-backend.ts";
import { fusesProducts } from "../src/wasm/fuses.ts";
import { batchOf, programOf } from "./models.ts";

/** Everything is shared, however small it is. */
const sharing = { line: 4, costs: { kernel: 0, call: 0 } };

const settings = [false, ...(fusesProducts() ? [true] : [])].flatMap((fuses) =>
  [1, 2, 3].map((threads) => ({ fuses, threads })),
);

const program = (numerics: string) =>
  programOf(
    {
      inputs: "11, 3",
      flow: "conv1d(5, 3)\n tanh\n flatten\n dense(33, relu)\n dense(1)",
      train: `loss: mse\n optimizer: sgd(learning_rate: 0.05, momentum: 0.9)\n numerics: ${numerics}`,
    },
    { step: [13, 1], predict: [1, 13] },
  );

async function trained(backend: Backend, numerics: string, threads: number) {
  const executable = await compile(backend, program(numerics), { threads });
  executable.init(3);
  const losses = Array.from(
    { length: 8 },
    (_, step) => executable.step(batchOf(step % 3 === 2 ? 1 : 13, 33, 1, step)).loss,
  );
  const predictions = [1, 13].map((rows) => executable.predict(batchOf(rows, 33, 1, 50)));
  const state = executable.readState();
  executable.dispose();
  return { losses, predictions, state };
}

test.each(settings)("a training has the bits of the reference, %j", async ({ fuses, threads }) => {
  const backend = createJitBackend({ sharing, prompt: true, fuses: () => fuses });
  const expected = await trained(referenceBackend, "fused", 1);
  expect(await trained(backend, "fused", threads)).toEqual(expected);
  expect(await trained(backend, "separate", threads)).not.toEqual(expected);
});

/** Of a convolution of each channel by itself: forward few products in many lines, the gradient of its kernel the other way about. */
const channelwise = (numerics: string) =>
  programOf(
    {
      inputs: "11, 9",
      flow: "depthwise_conv1d(3)\n tanh\n flatten\n dense(1)",
      train: `loss: mse\n optimizer: sgd(learning_rate: 0.05)\n numerics: ${numerics}`,
    },
    { step: [5], predict: [5] },
  );

test.each(settings)("so has one channel by channel, %j", async ({ fuses, threads }) => {
  const ran = async (backend: Backend, numerics: string) => {
    const executable = await compile(backend, channelwise(numerics), { threads });
    executable.init(3);
    const predicted = executable.predict(batchOf(5, 99, 1, 50));
    const losses = [0, 1, 2].map((step) => executable.step(batchOf(5, 99, 1, step)).loss);
    const kernel = executable.readState().get("depthwise_conv1d_1.kernel");
    executable.dispose();
    return { predicted, losses, kernel };
  };
  const backend = createJitBackend({ sharing, prompt: true, fuses: () => fuses });
  const expected = await ran(referenceBackend, "fused");
  expect(expected.kernel).toBeDefined();
  expect(await ran(backend, "fused")).toEqual(expected);
});

test("channels by themselves have kernels of their own, in many lines and in few", async () => {
  const explained = await createJitBackend().explain?.(channelwise("fused"));
  const shapes = explained?.functions
    .find(({ kind }) => kind === "step")
    ?.kernels.filter(({ ops }) => ops.includes("convolution"))
    .map(({ shape }) => shape);
  // Lines, channels, products of each sum.
  expect(shapes).toEqual([
    [45, 9, 3],
    [3, 9, 45],
  ]);
});

test("it is the program's, in its text as well", () => {
  const fused = program("fused");
  expect(print(fused)).toMatch(/^program test numerics fused \{/);
  expect(parse(print(fused)).numerics).toBe("fused");
  expect(program("separate").numerics).toBeUndefined();
});

test("a plan says what computes it", async () => {
  for (const [fuses, fused] of [
    [true, "engine"],
    [false, "emulated"],
  ] as const) {
    const backend = createJitBackend({ fuses: () => fuses });
    expect(backend.fused?.()).toBe(fused);
    expect((await backend.explain?.(program("fused")))?.fused).toBe(fused);
    expect(await backend.explain?.(program("separate"))).not.toHaveProperty("fused");
  }
});
