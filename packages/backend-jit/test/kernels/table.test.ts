// What every kind of kernel has to hold to, whatever it computes.

import { expect, test } from "@jest/globals";
import { inline, optimize } from "@netwright/ir";
import { buffersOf, type Kernel, ruleOf } from "../../src/kernels/table.ts";
import { kernelCode } from "../../src/plan/kernel-code.ts";
import { planProgram } from "../../src/plan/plan.ts";
import { programOf } from "../models.ts";

const program = programOf(
  {
    inputs: 6,
    flow: "dense(16, tanh)\n dropout(0.5)\n dense(16, softmax)\n dense(1)",
    train: "loss: mse\n optimizer: adam",
  },
  { step: [8] },
);
const kernels = planProgram(optimize(inline(program)), { keepsOrder: true }).functions.flatMap((func) =>
  func.kernels.map(({ kernel }) => kernel),
);

const keyOf = (kernel: Kernel) => kernelCode(kernel, undefined, { keepsOrder: true }).key;

test("every kind is met here", () => {
  expect(new Set(kernels.map(({ kind }) => kind))).toEqual(
    new Set(["map", "contraction", "reduce", "move", "random"]),
  );
});

test("a kernel over other buffers reads and writes those alone, with the same code", () => {
  for (const kernel of kernels) {
    const moved = ruleOf(kernel).renamed(kernel, (buffer) => buffer + 1000) as Kernel;
    const { reads, writes } = buffersOf(kernel);
    expect(buffersOf(moved)).toEqual({
      reads: reads.map((read) => ({ ...read, buffer: read.buffer + 1000 })),
      writes: writes.map((buffer) => buffer + 1000),
    });
    expect(keyOf(moved)).toBe(keyOf(kernel));
  }
});

test("a kind is not taken from outside of the table", () => {
  // @ts-expect-error: no rule has this kind
  const kernel: Kernel = { kind: "unheard of" };
  expect(() => buffersOf(kernel)).toThrow();
});
