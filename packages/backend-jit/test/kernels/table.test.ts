// What every kind of kernel has to hold to, whatever it computes.

import { expect, test } from "@jest/globals";
import { Builder, expand, optimize, type Program, tensor } from "@netwright/ir";
import { buffersOf, type Kernel, ruleOf } from "../../src/kernels/table.ts";
import { kernelCode } from "../../src/plan/kernel-code.ts";
import { hasLowering } from "../../src/plan/lowering/table.ts";
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
const kernels = [program, lookups()].flatMap((each) =>
  planProgram(optimize(expand(each, hasLowering)), { keepsOrder: true }).functions.flatMap((func) =>
    func.kernels.map(({ kernel }) => kernel),
  ),
);

/** Rows and boxes at places that are known only when it runs. */
function lookups(): Program {
  const b = new Builder();
  const x = b.parameter("x", tensor("f32", [6, 5]));
  const indices = b.convert(b.slice(x, [0, 0], [3, 1]), "i32");
  const [picked = x] = b.emit("gather", [x, b.reshape(indices, [3])], {});
  const [summed = x] = b.emit("scatter", [x, b.reshape(indices, [3]), picked], { kind: "add" });
  const start = b.reshape(b.slice(indices, [0, 0], [1, 1]), []);
  const [box = x] = b.emit("dynamic_slice", [summed, start, start], { sizes: [2, 5] });
  const [placed = x] = b.emit("dynamic_update_slice", [summed, box, start, start], {});
  const func = b.finish("predict", "predict", 6, [{ name: "prediction", value: placed }]);
  return { name: "lookups", state: [], functions: [func] };
}

const keyOf = (kernel: Kernel) => kernelCode(kernel, undefined, { keepsOrder: true }).key;

test("every kind is met here", () => {
  expect(new Set(kernels.map(({ kind }) => kind))).toEqual(
    new Set(["map", "contraction", "reduce", "move", "random", "gather", "scatter", "window"]),
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
