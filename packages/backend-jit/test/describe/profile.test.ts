// Times of kernels: they are those of the real step, which computes the same bits in pieces.

import { expect, test } from "@jest/globals";
import { inline, optimize, type Program, parse } from "@netwright/ir";
import { compile, executableOf } from "@netwright/runtime";
import { planByKernel } from "../../src/describe/by-kernel.ts";
import { measurePeak } from "../../src/describe/peak.ts";
import { instantiate } from "../../src/instance.ts";
import { createJitBackend, jitBackend } from "../../src/jit-backend.ts";
import { createMachine } from "../../src/machine.ts";
import { planProgram } from "../../src/plan/plan.ts";
import { batchOf, programOf } from "../models.ts";
import { FREE, manyProcessors } from "../threads/one-by-one.ts";

const program = programOf(
  {
    inputs: 8,
    flow: "dense(33, relu)\n dropout(0.2)\n dense(33, tanh)\n dense(1)",
    train: "loss: mae\n optimizer: adam",
  },
  { step: [24] },
);
const batches = [0, 1, 2].map((i) => batchOf(24, 8, 1, i));

/** Each state variable becomes the square of the other: one of the two has to wait for its place, and is copied. */
const swapping = parse(`program swap {
  state weight a : tensor<4xf32>
  state weight b : tensor<4xf32>

  func step step_1 batch 1 {
    %0 = state a : tensor<4xf32>
    %1 = state b : tensor<4xf32>
    %2 = parameter x : tensor<1x4xf32>
    %3 = parameter y : tensor<1x1xf32>
    %4 = multiply(%1, %1) : tensor<4xf32>
    %5 = multiply(%0, %0) : tensor<4xf32>
    %6 = reduce(%2) {kind = sum, dimensions = [0, 1]} : tensor<f32>
    state a = %4
    state b = %5
    result loss = %6
  }
}
`);

/** The step of a program, called kernel by kernel. */
async function stepInPieces(of: Program) {
  const expanded = optimize(inline(of));
  const plan = planProgram(expanded, { keepsOrder: false });
  const index = plan.functions.findIndex(({ func }) => func.kind === "step");
  const func = plan.functions[index];
  if (func === undefined) throw new Error("the program has a step");
  const alone = planByKernel(plan, func);
  const instance = await instantiate(alone.plan);
  const pieces = (): void => {
    const order = [...alone.kernels, ...(alone.copies === undefined ? [] : [alone.copies])];
    for (const i of order) instance.functions[i]?.();
  };
  const functions = instance.functions.map((run, i) => (i === index ? pieces : run));
  expect(alone.kernels).toHaveLength(func.kernels.length);
  const machine = createMachine(plan, { ...instance, functions });
  return { executable: executableOf("jit", expanded, machine), copies: alone.copies };
}

test("a step in pieces leaves the bits of a whole one", async () => {
  const { executable: inPieces } = await stepInPieces(program);
  const whole = await compile(jitBackend, program, { threads: 1 });
  for (const executable of [inPieces, whole]) executable.init(3);
  for (const batch of [...batches, ...batches]) {
    expect(inPieces.step(batch).loss).toBe(whole.step(batch).loss);
  }
  expect(inPieces.readState()).toEqual(whole.readState());
});

test("and copies what a whole one copies", async () => {
  const { executable, copies } = await stepInPieces(swapping);
  expect(copies).toBeDefined();
  executable.writeState(
    new Map([
      ["a", Float32Array.of(1, 2, 3, 4)],
      ["b", Float32Array.of(5, 6, 7, 8)],
    ]),
  );
  executable.step(batchOf(1, 4, 1));
  const state = executable.readState();
  expect([...(state.get("a") ?? [])]).toEqual([25, 36, 49, 64]);
  expect([...(state.get("b") ?? [])]).toEqual([1, 4, 9, 16]);
});

test.each([1, 2])("every kernel has its time, with %i threads", async (threads) => {
  const backend = createJitBackend({ sharing: FREE, host: manyProcessors() });
  const executable = await compile(backend, program, { threads });
  executable.init(1);
  const state = executable.readState();
  const before = structuredClone(state);
  executable.dispose();
  const profile = await backend.profile?.(program, { state, batches, seconds: 0.05 }, { threads });
  if (profile === undefined) throw new Error("the jit backend profiles");
  expect(profile.kernels.map(({ kernel }) => kernel)).toEqual(profile.function.kernels);
  expect(profile.kernels.length).toBeGreaterThan(5);
  const sum = profile.kernels.reduce((total, { seconds }) => total + seconds, 0);
  expect(profile.kernels.every(({ seconds }) => seconds >= 0 && seconds < 1)).toBe(true);
  expect(sum).toBeGreaterThan(0);
  expect(profile.seconds).toBeGreaterThan(0);
  expect(profile.steps).toBeGreaterThanOrEqual(3);
  expect(profile.threads).toBe(threads);
  expect(state).toEqual(before);
});

test("the peak is that of some machine", async () => {
  const peak = await measurePeak();
  expect(peak).toBeGreaterThan(1e9);
  expect(peak).toBeLessThan(1e12);
});

test("batches for which there is no step are refused", async () => {
  const profile = jitBackend.profile?.(program, { state: new Map(), batches: [batchOf(5, 8, 1)] });
  await expect(profile).rejects.toMatchObject({
    name: "BackendError",
    message: expect.stringContaining("no step function"),
  });
});
