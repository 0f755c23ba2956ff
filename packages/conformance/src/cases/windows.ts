// Cases of the operations on windows: in no to three dimensions, with every kind of stride, margin, dilation and group,
// and dimensions in any order. Sums of whole numbers are exact in any order, so every backend must give them exactly.

import { type Attributes, type ElementType, type NumericReduceKind, tensor } from "@netwright/ir";
import fc from "fast-check";
import type { ToleranceClass } from "../kit/tolerance.ts";
import type { OpCase } from "../ops/op-case.ts";
import { operand, permutationOf } from "../values/arbitraries.ts";
import { randomTensor, type Spread } from "../values/random-tensor.ts";

/** One dimension and the window along it. */
interface Along {
  readonly length: number;
  readonly size: number;
  readonly stride: number;
  readonly low: number;
  readonly high: number;
  readonly baseDilation: number;
  readonly windowDilation: number;
}

const plain = fc.constant(1);
const dilation = fc.constantFrom(1, 1, 2, 3);

/** Margins that leave something of the dimension. */
function along(length: fc.Arbitrary<number>, dilations: fc.Arbitrary<number>): fc.Arbitrary<Along> {
  return fc
    .record({
      length,
      size: fc.constantFrom(1, 2, 3, 5),
      stride: fc.constantFrom(1, 1, 2, 3),
      low: fc.integer({ min: -1, max: 3 }),
      high: fc.integer({ min: -1, max: 3 }),
      baseDilation: dilations,
      windowDilation: dilations,
    })
    .map((one) => (one.length < 3 ? { ...one, low: Math.abs(one.low), high: Math.abs(one.high) } : one));
}

const some = fc.constantFrom(1, 2, 3, 5, 8);

/** At most so many elements of all windows together: each is walked by plain loops. */
const LARGEST = 600;

function dimensionsAlong(one: fc.Arbitrary<Along>, maxLength: number): fc.Arbitrary<readonly Along[]> {
  return fc.array(one, { maxLength }).filter((all) => {
    const walked = all.map(
      ({ length, size, stride, low, high, baseDilation }) =>
        size * (Math.ceil((low + length * baseDilation + high) / stride) + 1),
    );
    return walked.reduce((product, count) => product * count, 1) <= LARGEST;
  });
}
const maybeNone = fc.constantFrom(0, 1, 4);

interface Groups {
  readonly features: fc.Arbitrary<number>;
  readonly batch: fc.Arbitrary<number>;
}

function convolutions(
  dimensions: fc.Arbitrary<readonly Along[]>,
  { features, batch }: Groups,
  spread: Spread,
): OpCase<"convolution">["applications"] {
  return () =>
    fc
      .record({
        all: dimensions,
        featureGroups: features,
        batchGroups: batch,
        rows: fc.constantFrom(1, 2, 3),
        inputs: fc.constantFrom(1, 2, 5),
        outputs: fc.constantFrom(1, 2, 6),
      })
      .chain(({ all, featureGroups, batchGroups, rows, inputs, outputs }) => {
        const order = permutationOf(all.length + 2);
        return fc.tuple(order, order, order).chain(([input, kernel, output]) => {
          const attributes: Attributes["convolution"] = {
            strides: all.map(({ stride }) => stride),
            low: all.map(({ low }) => low),
            high: all.map(({ high }) => high),
            lhsDilation: all.map(({ baseDilation }) => baseDilation),
            rhsDilation: all.map(({ windowDilation }) => windowDilation),
            ...ordered("input", input),
            ...ordered("output", output),
            kernelInputFeature: kernel[0] ?? 0,
            kernelOutputFeature: kernel[1] ?? 0,
            kernelSpatial: kernel.slice(2),
            featureGroups,
            batchGroups,
          };
          const x = [rows * batchGroups, inputs * featureGroups, ...all.map(({ length }) => length)];
          const w = [inputs, outputs * featureGroups * batchGroups, ...all.map(({ size }) => size)];
          return fc
            .tuple(
              operand(tensor("f32", placed(x, input)), spread),
              operand(tensor("f32", placed(w, kernel)), spread),
            )
            .map((operands) => ({ operands, attributes }));
        });
      });
}

function placed(sizes: readonly number[], dimensions: readonly number[]): readonly number[] {
  return dimensions.map((_, d) => sizes[dimensions.indexOf(d)] ?? 0);
}

function ordered<N extends "input" | "output">(
  name: N,
  [batch = 0, feature = 0, ...spatial]: readonly number[],
) {
  // The keys of a template are strings to TypeScript.
  return { [`${name}Batch`]: batch, [`${name}Feature`]: feature, [`${name}Spatial`]: spatial } as Record<
    `${N}Batch` | `${N}Feature`,
    number
  > &
    Record<`${N}Spatial`, readonly number[]>;
}

const none: Groups = { features: plain, batch: plain };
const several = fc.constantFrom(2, 3);
const list = (one: fc.Arbitrary<Along>, maxLength = 2) => dimensionsAlong(one, maxLength);

const convolutionVariants: readonly (readonly [
  string,
  ToleranceClass,
  OpCase<"convolution">["applications"],
])[] = [
  ["plain", "accumulation", convolutions(list(along(some, plain), 3), none, "moderate")],
  ["dilated", "accumulation", convolutions(list(along(some, dilation)), none, "moderate")],
  [
    "groups of features",
    "accumulation",
    convolutions(list(along(some, plain)), { features: several, batch: plain }, "moderate"),
  ],
  [
    "groups of the batch",
    "accumulation",
    convolutions(list(along(some, plain)), { features: plain, batch: several }, "moderate"),
  ],
  ["whole numbers", "exact", convolutions(list(along(some, dilation)), none, "whole")],
  ["empty", "accumulation", convolutions(list(along(maybeNone, plain)), none, "moderate")],
  ["NaN and infinities", "accumulation", convolutions(list(along(some, plain)), none, "non-finite")],
];

export const convolutionCases: readonly OpCase<"convolution">[] = convolutionVariants.map(
  ([variant, tolerance, applications]) => ({ variant, tolerance, applications }),
);

function windows(
  dtype: ElementType,
  kind: NumericReduceKind,
  one: fc.Arbitrary<Along>,
  spread: Spread,
): OpCase<"reduce_window">["applications"] {
  return () =>
    dimensionsAlong(one, 3).chain((all) =>
      operand(
        tensor(
          dtype,
          all.map(({ length }) => length),
        ),
        spread,
      ).map((x) => ({
        operands: [x],
        attributes: {
          kind,
          sizes: all.map(({ size }) => size),
          strides: all.map(({ stride }) => stride),
          baseDilations: all.map(({ baseDilation }) => baseDilation),
          windowDilations: all.map(({ windowDilation }) => windowDilation),
          low: all.map(({ low }) => low),
          high: all.map(({ high }) => high),
        },
      })),
    );
}

const f32Spreads: { readonly [K in NumericReduceKind]: Spread } = {
  sum: "moderate",
  product: "near one",
  max: "wide",
  min: "wide",
};

export const reduceWindowCases: readonly OpCase<"reduce_window">[] = [
  ...(["f32", "i32", "u32"] as const).flatMap((dtype) =>
    (["sum", "product", "max", "min"] as const).flatMap((kind): OpCase<"reduce_window">[] => {
      const isRounded = dtype === "f32" && (kind === "sum" || kind === "product");
      const tolerance: ToleranceClass = isRounded ? "accumulation" : "exact";
      const spread = dtype === "f32" ? f32Spreads[kind] : "wide";
      const edges: Spread = isRounded ? "non-finite" : dtype === "f32" ? "normal edges" : "edges";
      return [
        {
          variant: `${dtype} ${kind}`,
          tolerance,
          applications: windows(dtype, kind, along(some, dilation), spread),
        },
        {
          variant: `${dtype} ${kind} empty`,
          tolerance,
          applications: windows(dtype, kind, along(maybeNone, plain), spread),
        },
        {
          variant: `${dtype} ${kind} edge values`,
          tolerance,
          applications: windows(dtype, kind, along(fc.constantFrom(5, 8), plain), edges),
        },
      ];
    }),
  ),
  {
    // More elements in a window than a block of the order of sums has.
    variant: "f32 sum long",
    tolerance: "accumulation",
    applications: () => [
      {
        operands: [randomTensor(tensor("f32", [530, 2]), 1, "moderate")],
        attributes: {
          kind: "sum",
          sizes: [515, 1],
          strides: [7, 1],
          baseDilations: [1, 1],
          windowDilations: [1, 1],
          low: [2, 0],
          high: [0, 0],
        },
      },
    ],
  },
];

function selections(
  kind: "max" | "min",
  one: fc.Arbitrary<Along>,
  spread: Spread,
  given: Spread = "whole",
): OpCase<"select_and_scatter">["applications"] {
  return () =>
    dimensionsAlong(one, 2).chain((all) => {
      const places = all.map(({ length, size, stride, low, high }) =>
        low + length + high < size ? 0 : Math.floor((low + length + high - size) / stride) + 1,
      );
      return fc
        .tuple(
          operand(
            tensor(
              "f32",
              all.map(({ length }) => length),
            ),
            spread,
          ),
          operand(tensor("f32", places), given),
        )
        .map((operands) => ({
          operands,
          attributes: {
            kind,
            sizes: all.map(({ size }) => size),
            strides: all.map(({ stride }) => stride),
            low: all.map(({ low }) => low),
            high: all.map(({ high }) => high),
          },
        }));
    });
}

/** More elements in a window than a block of the order of sums has. */
const longSelection: OpCase<"select_and_scatter"> = {
  variant: "max sums long",
  tolerance: "accumulation",
  applications: () => [
    {
      operands: [
        randomTensor(tensor("f32", [518, 2]), 1, "whole"),
        randomTensor(tensor("f32", [4, 2]), 2, "moderate"),
      ],
      attributes: { kind: "max", sizes: [515, 1], strides: [1, 1], low: [0, 0], high: [0, 0] },
    },
  ],
};

const shortSelections = (["max", "min"] as const).flatMap((kind): OpCase<"select_and_scatter">[] => [
  // Few different numbers, so that equal ones meet.
  { variant: kind, tolerance: "exact", applications: selections(kind, along(some, plain), "whole") },
  {
    variant: `${kind} sums`,
    tolerance: "accumulation",
    applications: selections(kind, along(some, plain), "whole", "moderate"),
  },
  {
    variant: `${kind} empty`,
    tolerance: "exact",
    applications: selections(kind, along(maybeNone, plain), "whole"),
  },
  {
    variant: `${kind} NaN and infinities`,
    tolerance: "exact",
    applications: selections(kind, along(some, plain), "non-finite"),
  },
]);

export const selectAndScatterCases: readonly OpCase<"select_and_scatter">[] = [
  ...shortSelections,
  longSelection,
];
