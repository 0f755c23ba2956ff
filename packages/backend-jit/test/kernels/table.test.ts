// What every kind of kernel has to hold to, whatever it computes.

import { expect, test } from "@jest/globals";
import { Builder, expand, optimize, type Program, scanOver, tensor } from "@netwright/ir";
import { buffersOf, innerOf, type Kernel, renamed } from "../../src/kernels/table.ts";
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
const kernels = [program, lookups(), steps(), channels()].flatMap((each) =>
  planProgram(optimize(expand(each, hasLowering)), { keepsOrder: true }).functions.flatMap((func) =>
    func.kernels.flatMap(({ kernel }) => [kernel, ...innerOf(kernel)]),
  ),
);

/** A sum that grows row by row. */
function steps(): Program {
  const b = new Builder();
  const x = b.parameter("x", tensor("f32", [6, 5]));
  const first = b.reshape(b.slice(x, [0, 0], [1, 5]), [5]);
  const { outputs } = scanOver(
    b,
    { name: "body", carries: [first], sequences: [x], shared: [], length: 6, order: "forwards" },
    (inner, { carries: [sum], elements: [row] }) => {
      const next = inner.add(sum, row);
      return { carries: [next], outputs: [next] };
    },
  );
  const results = outputs.map((value) => ({ name: "prediction", value }));
  const func = b.finish("predict", "predict", 6, results);
  return { name: "steps", state: [], functions: [func, ...b.functions] };
}

/** A kernel for each channel. */
function channels(): Program {
  const b = new Builder();
  const x = b.parameter("x", tensor("f32", [6, 5, 4]));
  const kernel = b.literal(tensor("f32", [2, 1, 4]), [1, 2, 3, 4, 5, 6, 7, 8]);
  const result = b.convolution(x, kernel, {
    strides: [1],
    low: [0],
    high: [0],
    lhsDilation: [1],
    rhsDilation: [1],
    inputBatch: 0,
    inputSpatial: [1],
    inputFeature: 2,
    kernelSpatial: [0],
    kernelInputFeature: 1,
    kernelOutputFeature: 2,
    outputBatch: 0,
    outputSpatial: [1],
    outputFeature: 2,
    featureGroups: 4,
    batchGroups: 1,
  });
  const func = b.finish("predict", "predict", 6, [{ name: "prediction", value: result }]);
  return { name: "channels", state: [], functions: [func] };
}

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
  const windows = { kind: "max", sizes: [1, 2], strides: [1, 1], low: [0, 0], high: [0, 0] } as const;
  const chosen = b.selectAndScatter(placed, b.slice(placed, [0, 1], [6, 5]), windows);
  const func = b.finish("predict", "predict", 6, [{ name: "prediction", value: chosen }]);
  return { name: "lookups", state: [], functions: [func] };
}

const keyOf = (kernel: Kernel) => kernelCode(kernel, undefined, { keepsOrder: true }, () => undefined).key;

test("every kind is met here", () => {
  expect(new Set(kernels.map(({ kind }) => kind))).toEqual(
    new Set([
      "map",
      "contraction",
      "channelwise",
      "reduce",
      "move",
      "random",
      "gather",
      "scatter",
      "window",
      "loop",
      "element",
      "selection",
      "rows",
    ]),
  );
});

test("a kernel over other buffers reads and writes those alone, with the same code", () => {
  const other = (buffer: number) => buffer + 1000;
  for (const kernel of kernels) {
    const moved = renamed(kernel, other);
    const { reads, writes, over } = buffersOf(kernel);
    expect(buffersOf(moved)).toEqual({
      reads: reads.map((read) => ({ ...read, buffer: other(read.buffer) })),
      writes: writes.map(other),
      ...(over && { over: new Map([...over].map(([buffer, place]) => [other(buffer), other(place)])) }),
    });
    expect(keyOf(moved)).toBe(keyOf(kernel));
  }
});

test("a kind is not taken from outside of the table", () => {
  // @ts-expect-error: no rule has this kind
  const kernel: Kernel = { kind: "unheard of" };
  expect(() => buffersOf(kernel)).toThrow();
});
