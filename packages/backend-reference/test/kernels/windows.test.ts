// convolution, reduce_window and select_and_scatter against values from elsewhere: those of StableHLO's specification
// and its interpreter's tests, and those that TensorFlow.js 4.22 computes on its cpu backend.

import { describe, expect, test } from "@jest/globals";
import { type Attributes, type Builder, gradients, type Value } from "@netwright/ir";
import { at, f32, i32, run, runAll } from "./run-op.ts";

type Convolution = Attributes["convolution"];

/** As `[b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f]`. */
const channelsLast: Convolution = {
  strides: [1, 1],
  low: [0, 0],
  high: [0, 0],
  lhsDilation: [1, 1],
  rhsDilation: [1, 1],
  inputBatch: 0,
  inputSpatial: [1, 2],
  inputFeature: 3,
  kernelSpatial: [0, 1],
  kernelInputFeature: 2,
  kernelOutputFeature: 3,
  outputBatch: 0,
  outputSpatial: [1, 2],
  outputFeature: 3,
  featureGroups: 1,
  batchGroups: 1,
};

const grid = [1, 2, 5, 6, 3, 4, 7, 8, 10, 11, 14, 15, 12, 13, 16, 17];
const ones = (...shape: readonly number[]) => f32(new Array(shape.reduce((a, b) => a * b, 1)).fill(1), shape);
const spread = { strides: [4, 4], lhsDilation: [2, 2] };

describe("convolution as StableHLO's interpreter computes it", () => {
  const cases: Readonly<
    Record<
      string,
      { x: readonly number[]; kernel: readonly number[]; changes: Partial<Convolution>; expected: number[] }
    >
  > = {
    "strides over a dilated input": {
      x: [1, 4, 4, 1],
      kernel: [3, 3, 1, 1],
      changes: spread,
      expected: [10, 26, 46, 62],
    },
    padding: {
      x: [1, 4, 4, 1],
      kernel: [3, 3, 1, 1],
      changes: { ...spread, low: [1, 1], high: [1, 1] },
      expected: [1, 5, 10, 14],
    },
    "four groups of the batch": {
      x: [1, 4, 4, 1],
      kernel: [1, 2, 1, 4],
      changes: { ...spread, inputBatch: 1, inputSpatial: [0, 2], batchGroups: 4 },
      expected: [1, 3, 10, 12, 5, 7, 14, 16],
    },
    "two groups of features": {
      x: [1, 4, 4, 1],
      kernel: [1, 2, 1, 4],
      changes: {
        ...spread,
        inputFeature: 2,
        inputSpatial: [1, 3],
        kernelInputFeature: 1,
        kernelSpatial: [0, 2],
        featureGroups: 2,
      },
      expected: [3, 3, 11, 11, 21, 21, 29, 29],
    },
  };
  test.each(Object.entries(cases))("%s", (_, { x, kernel, changes, expected }) => {
    const result = run([f32(grid, x), ones(...kernel)], (b, ...v) =>
      b.convolution(at(v, 0), at(v, 1), { ...channelsLast, ...changes }),
    );
    expect(result).toEqual(expected);
  });
});

/** -3 to 3, in no order. */
const mixed = (step: number, ...shape: readonly number[]) =>
  f32(
    Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => ((i * step) % 7) - 3),
    shape,
  );

test("sums take the kernel's elements in the order in which they lie", () => {
  // Two places of two features; f32 has no 2^30 + 1.
  const x = f32([2 ** 30, 1, -(2 ** 30), 1], [1, 1, 2, 2]);
  const sum = (kernelSpatial: number, kernelInputFeature: number) =>
    run([x, ones(1, 2, 2, 1)], (b, ...v) =>
      b.convolution(at(v, 0), at(v, 1), {
        ...channelsLast,
        kernelSpatial: [0, kernelSpatial],
        kernelInputFeature,
      }),
    );
  // 2^30 + 1 - 2^30 + 1, and 2^30 - 2^30 + 1 + 1.
  expect(sum(1, 2)).toEqual([1]);
  expect(sum(2, 1)).toEqual([2]);
});

describe("convolution and its gradients as TensorFlow.js computes them", () => {
  const x = mixed(3, 1, 4, 3, 2);
  const kernel = mixed(5, 3, 2, 2, 2);
  // Its padding is called same there.
  const same = { ...channelsLast, strides: [2, 1], high: [1, 1] };

  test("strides and padding", () => {
    const result = run([x, kernel], (b, ...v) => b.convolution(at(v, 0), at(v, 1), same));
    expect(result).toEqual([24, 11, -19, 27, -15, 7, 15, -22, 18, -3, -15, 17]);
  });

  test("a dilated kernel", () => {
    const attributes = { ...channelsLast, rhsDilation: [1, 2] };
    const result = run([x, kernel], (b, ...v) => b.convolution(at(v, 0), at(v, 1), attributes));
    expect(result).toEqual([16, -6, -8, -7]);
  });

  test("a kernel for each feature", () => {
    const result = run([x, mixed(5, 3, 2, 1, 2)], (b, ...v) =>
      b.convolution(at(v, 0), at(v, 1), { ...channelsLast, featureGroups: 2 }),
    );
    expect(result).toEqual([14, -10, -20, -4, -4, -20, -10, 14]);
  });

  test("gradients", () => {
    const weighted = (b: Builder, [a, w, g]: readonly Value[]) => {
      if (a === undefined || w === undefined || g === undefined) throw new Error("three operands");
      return gradients(b, b.sum(b.multiply(b.convolution(a, w, same), g)), [a, w]);
    };
    const [toInput, toKernel] = runAll([x, kernel, mixed(2, 1, 2, 3, 2)], weighted);
    expect(toInput).toEqual([
      7, 2, -7, 0, 12, -10, -6, 3, 0, 14, -6, 7, -10, -4, 8, 5, -25, -2, 4, -13, 3, -7, 4, -7,
    ]);
    expect(toKernel).toEqual([
      16, 9, 2, -4, -16, 15, 2, -6, 2, -6, 16, 9, 1, -6, -16, 15, -3, -7, -1, -1, 12, 12, -1, -3,
    ]);
  });

  test("the largest of each window", () => {
    const result = run([x], (b, ...v) =>
      b.reduceWindow(at(v, 0), {
        kind: "max",
        sizes: [1, 3, 2, 1],
        strides: [1, 2, 1, 1],
        baseDilations: [1, 1, 1, 1],
        windowDilations: [1, 1, 1, 1],
        low: [0, 0, 0, 0],
        high: [0, 1, 1, 0],
      }),
    );
    expect(result).toEqual([3, 3, 3, 3, 3, 2, 2, 1, 3, 3, 3, 3]);
  });
});

test("convolution multiplies what stands around by the kernel, too", () => {
  const result = run([f32([1, 2], [1, 2, 1]), f32([Number.POSITIVE_INFINITY, 1], [2, 1, 1])], (b, ...v) =>
    b.convolution(at(v, 0), at(v, 1), {
      ...channelsLast,
      ...{ strides: [1], low: [1], high: [0], lhsDilation: [1], rhsDilation: [1] },
      ...{ inputSpatial: [1], inputFeature: 2, outputSpatial: [1], outputFeature: 2 },
      ...{ kernelSpatial: [0], kernelInputFeature: 1, kernelOutputFeature: 2 },
    }),
  );
  expect(result).toEqual([Number.NaN, Number.POSITIVE_INFINITY]);
});

test("reduce_window as in StableHLO's specification: both dilations", () => {
  const result = run([i32([1, 2, 3, 4, 5, 6], [3, 2])], (b, ...v) =>
    b.reduceWindow(at(v, 0), {
      kind: "sum",
      sizes: [2, 1],
      strides: [4, 1],
      baseDilations: [2, 1],
      windowDilations: [3, 1],
      low: [2, 0],
      high: [1, 0],
    }),
  );
  expect(result).toEqual([0, 0, 3, 4]);
});

describe("select_and_scatter", () => {
  const select = (
    x: readonly number[],
    source: readonly number[],
    margins: { readonly low?: number; readonly high?: number } = {},
  ) =>
    run([f32(x), f32(source)], (b, ...v) =>
      b.selectAndScatter(at(v, 0), at(v, 1), {
        kind: "max",
        sizes: [2],
        strides: [1],
        low: [margins.low ?? 0],
        high: [margins.high ?? 0],
      }),
    );

  test("as in StableHLO's specification", () => {
    const operands = [f32([1, 5, 2, 5, 3, 6, 4, 4], [4, 2]), f32([5, 6, 7, 8], [2, 2])];
    const result = run(operands, (b, ...v) =>
      b.selectAndScatter(at(v, 0), at(v, 1), {
        kind: "max",
        sizes: [3, 1],
        strides: [2, 1],
        low: [0, 0],
        high: [1, 0],
      }),
    );
    expect(result).toEqual([0, 0, 0, 0, 5, 14, 7, 0]);
  });

  test("the first of equal ones, and a NaN before all", () => {
    expect(select([2, 2, 1], [10, 20])).toEqual([10, 20, 0]);
    expect(select([1, Number.NaN, 3], [10, 20])).toEqual([0, 30, 0]);
  });

  test("never what stands around, also where all is as small as can be", () => {
    const least = Number.NEGATIVE_INFINITY;
    expect(select([least, least], [1, 2, 4], { low: 1, high: 1 })).toEqual([3, 4]);
    // The first window has nothing of the operand.
    expect(select([5], [1, 2, 4], { low: 2, high: 1 })).toEqual([6]);
  });

  test("what several windows give is added in their order", () => {
    // In any other order a one would survive.
    expect(select([0, 9, 0], [16777216, 1])).toEqual([0, 16777216, 0]);
    const three = run([f32([0, 0, 9, 0, 0]), f32([16777216, 1, 1])], (b, ...v) =>
      b.selectAndScatter(at(v, 0), at(v, 1), { kind: "max", sizes: [3], strides: [1], low: [0], high: [0] }),
    );
    expect(three).toEqual([0, 0, 16777216, 0, 0]);
  });
});
