// Kernels of a kind that few programs divide, around the sizes at which they are divided otherwise: to the bits of the
// reference, whatever each thread has.

import { describe, expect, test } from "@jest/globals";
import { type Tensor, tensorOf } from "@netwright/backend-reference";
import { type Attributes, type Builder, type ReduceKind, sizeOf, tensor, type Value } from "@netwright/ir";
import { gradientGraph } from "../../../conformance/src/gradients/gradient-graph.ts";
import { graphProgram } from "../../../conformance/src/ops/graph.ts";
import { checkGraph } from "../../../conformance/src/ops/op-case.ts";
import { oneByOne, sharedPlan } from "./one-by-one.ts";

/** Of mixed sizes and signs, so that sums depend on their order. */
function numbers(...shape: readonly number[]): Tensor {
  const values = Array.from({ length: sizeOf(shape) }, (_, i) =>
    Math.fround(Math.sin(i * 12.9898) * 10 ** (i % 5)),
  );
  return tensorOf(tensor("f32", shape), values);
}

function places(rows: number, count: number): Tensor {
  const values = Array.from({ length: count }, (_, i) => ((i * 7 + (i >> 3)) % (rows + 2)) - 1);
  return tensorOf(tensor("i32", [count]), values);
}

type Build = (b: Builder, values: readonly Value[]) => readonly Value[];

async function check(threads: number, operands: readonly Tensor[], build: Build): Promise<void> {
  await checkGraph(oneByOne(threads), "divided", { operands, build }, "exact", {});
}

function ways(threads: number, operands: readonly Tensor[], build: Build): string[] {
  return sharedPlan(graphProgram({ operands, build }), threads)
    .functions.flatMap(({ kernels }) => kernels)
    .flatMap(({ kernel, share }) => (share === undefined ? [] : [`${kernel.kind} by ${share.by}`]));
}

const first = (value: Value | undefined): Value => {
  if (value === undefined) throw new Error("there is no operand");
  return value;
};

function windowsBy(stride: number, featureGroups: number): Attributes["convolution"] {
  return {
    strides: [stride, stride],
    low: [1, 1],
    high: [1, 0],
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
    featureGroups,
    batchGroups: 1,
  };
}

describe.each([1, 2, 3, 5])("on %i threads", (threads) => {
  test.each(["sum", "max", "product"] satisfies ReduceKind[])(
    "%s of few columns of many rows",
    async (kind) => {
      for (const rows of [1024, 1025, 1536, 2100]) {
        for (const columns of [2, 3, 4, 7]) {
          const build: Build = (b, [x]) => [b.reduce(first(x), kind, [0])];
          await check(threads, [numbers(rows, columns)], build);
        }
      }
      const build: Build = (b, [x]) => [b.reduce(first(x), kind, [0])];
      if (threads > 1) expect(ways(threads, [numbers(2100, 3)], build)).toContain("reduce by blocks");
    },
  );

  test("copies", async () => {
    const moves: readonly (readonly [readonly number[], Build])[] = [
      [[7, 5], (b, [x]) => [b.transpose(first(x), [1, 0])]],
      [[3, 4, 5], (b, [x]) => [b.transpose(first(x), [2, 0, 1])]],
      [[9, 6], (b, [x]) => [b.reverse(first(x), [0, 1])]],
      [[6000], (b, [x]) => [b.slice(first(x), [3], [5000])]],
      [[5, 3], (b, [x]) => [b.concatenate([first(x), b.slice(first(x), [0, 0], [1, 3])], 0)]],
      [
        [2500, 2],
        (b, [x]) => [b.concatenate([first(x), first(x)], 1), b.concatenate([first(x), first(x)], 0)],
      ],
      [[6, 4], (b, [x]) => [b.pad(first(x), b.scalar(2), [1, 2], [3, 0])]],
    ];
    for (const [shape, build] of moves) await check(threads, [numbers(...shape)], build);
    const turned: Build = (b, [x]) => [b.transpose(first(x), [1, 0])];
    if (threads > 1) expect(ways(threads, [numbers(7, 5)], turned)).toContain("move by rows");
  });

  test.each([
    // Many places and few filters, few places and many filters, several groups, a contracted index in pieces.
    { x: [3, 9, 10, 3], kernel: [3, 2, 3, 5], groups: 1 },
    { x: [1, 3, 4, 4], kernel: [2, 2, 4, 50], groups: 1 },
    { x: [2, 6, 5, 6], kernel: [3, 3, 2, 9], groups: 3 },
    { x: [2, 4, 4, 500], kernel: [3, 3, 500, 6], groups: 1 },
    { x: [1, 80, 60, 2], kernel: [79, 58, 2, 3], groups: 1 },
  ])("windows, %j", async ({ x, kernel, groups }) => {
    const operands = [numbers(...x), numbers(...kernel)];
    const build: Build = (b, [picture, filter]) =>
      [1, 2].flatMap((stride) => [
        ...b.emit("convolution", [first(picture), first(filter)], windowsBy(stride, groups)),
        ...b.emit("reduce_window", [first(picture)], {
          kind: "sum",
          sizes: [1, 2, 3, 1],
          strides: [1, stride, stride, 1],
          baseDilations: [1, 1, 1, 1],
          windowDilations: [1, 1, 1, 1],
          low: [0, 1, 1, 0],
          high: [0, 0, 1, 0],
        }),
      ]);
    await check(threads, operands, build);
  });

  test.each([
    // Runs of channels that are read where they lie, short ones that are packed, whole pictures as pieces.
    { x: [2, 7, 6, 16], kernel: [3, 2, 16, 12], stride: 1, groups: 1 },
    { x: [3, 8, 5, 5], kernel: [3, 4, 5, 20], stride: 2, groups: 1 },
    { x: [2, 6, 5, 40], kernel: [2, 2, 20, 6], stride: 1, groups: 2 },
    { x: [3, 42, 40, 1], kernel: [3, 3, 1, 3], stride: 1, groups: 1 },
    // Each channel by itself.
    { x: [2, 6, 5, 6], kernel: [3, 2, 1, 6], stride: 1, groups: 6 },
    { x: [2, 7, 6, 37], kernel: [3, 3, 1, 37], stride: 2, groups: 37 },
    { x: [2, 5, 5, 4], kernel: [2, 2, 1, 8], stride: 1, groups: 4 },
  ])("a convolution's gradients, %j", async ({ x, kernel, stride, groups }) => {
    const graph = gradientGraph({
      operands: [numbers(...x), numbers(...kernel)],
      wrt: [0, 1],
      build: (b, [picture, filter]) => [
        b.convolution(first(picture), first(filter), windowsBy(stride, groups)),
      ],
    });
    await check(threads, graph.operands, graph.build);
  });

  test.each([
    // Windows side by side, that leave a rest, that overlap, that reach out, and too large to be written out.
    { x: [3, 6, 4, 8], size: 2, stride: 2, low: 0, high: 0 },
    { x: [2, 7, 5, 6], size: 2, stride: 2, low: 0, high: 0 },
    { x: [2, 7, 6, 9], size: 3, stride: 1, low: 0, high: 0 },
    { x: [3, 5, 6, 7], size: 3, stride: 2, low: 1, high: 1 },
    { x: [1, 3, 3, 4], size: 2, stride: 4, low: 3, high: 3 },
    { x: [2, 8, 9, 5], size: 6, stride: 2, low: 1, high: 0 },
    { x: [2, 8, 9, 3], size: 2, stride: 2, low: 0, high: 1 },
  ])("the largest and the least of windows, $x by $size", async ({ x, size, stride, low, high }) => {
    const [count = 0, ...lengths] = x;
    const [channels = 0] = lengths.slice(-1);
    const places = lengths
      .slice(0, -1)
      .map((length) => Math.floor((low + length + high - size) / stride) + 1);
    const picture = numbers(...x);
    // Equal ones, and windows with NaN.
    picture.data.forEach((value, i) => {
      if (i % 3 === 0) picture.data[i] = Math.sign(value);
      if (i % 17 === 5) picture.data[i] = Number.NaN;
      if (i % 19 === 3) picture.data[i] = Number.NEGATIVE_INFINITY;
    });
    const build: Build = (b, [from, given]) =>
      (["max", "min"] as const).map((kind) =>
        b.selectAndScatter(first(from), first(given), {
          kind,
          sizes: [1, size, size, 1],
          strides: [1, stride, stride, 1],
          low: [0, low, low, 0],
          high: [0, high, high, 0],
        }),
      );
    await check(threads, [picture, numbers(count, ...places, channels)], build);
  });

  test.each([1, 3, 4, 9, 40])("rows of %i elements at indices", async (width) => {
    for (const rows of [1, 6, 33]) {
      const operands = [numbers(rows, width), places(rows, 70), numbers(70, width)];
      const build: Build = (b, [x, indices, updates]) => [
        ...b.emit("gather", [first(x), first(indices)], {}),
        ...b.emit("scatter", [first(x), first(indices), first(updates)], { kind: "add" }),
        ...b.emit("scatter", [first(x), first(indices), first(updates)], { kind: "set" }),
      ];
      await check(threads, operands, build);
      if (rows > 1 && threads > 1) {
        const by = width >= 4 * threads ? "columns" : "rows";
        expect(ways(threads, operands, build)).toEqual(
          expect.arrayContaining(["gather by rows", `scatter by ${by}`]),
        );
      }
    }
  });
});
