// Cases of the operations that move elements: reshape, transpose, concatenate, slice, pad, reverse.

import { tensor } from "@netwright/ir";
import fc from "fast-check";
import { dimensionsOf, operand, permutationOf } from "../values/arbitraries.ts";
import { type Movement, movementCases } from "./movement.ts";

/** Some neighbouring dimensions merged, and some ones put in. */
const reshape: Movement<"reshape"> = (dtype, shape, spread) =>
  fc
    .tuple(operand(tensor(dtype, shape), spread), dimensionsOf(shape.length), dimensionsOf(4))
    .map(([x, merged, ones]) => {
      const target: number[] = [];
      shape.forEach((size, d) => {
        if (merged.includes(d) && target.length > 0) target.push((target.pop() ?? 1) * size);
        else target.push(size);
      });
      for (const d of ones) target.splice(Math.min(d, target.length), 0, 1);
      return { operands: [x], attributes: { shape: target } };
    });

const transpose: Movement<"transpose"> = (dtype, shape, spread) =>
  fc
    .tuple(operand(tensor(dtype, shape), spread), permutationOf(shape.length))
    .map(([x, permutation]) => ({ operands: [x], attributes: { permutation } }));

const reverse: Movement<"reverse"> = (dtype, shape, spread) =>
  fc
    .tuple(operand(tensor(dtype, shape), spread), dimensionsOf(shape.length))
    .map(([x, dimensions]) => ({ operands: [x], attributes: { dimensions } }));

/** One to four operands that differ in the joined dimension; one of them may have nothing in it. */
const concatenate: Movement<"concatenate"> = (dtype, shape, spread) =>
  fc
    .tuple(
      fc.nat({ max: shape.length - 1 }),
      fc.array(fc.constantFrom(1, 2, 3, 0, 17), { minLength: 0, maxLength: 3 }),
    )
    .chain(([dimension, sizes]) =>
      fc
        .tuple(
          ...[shape[dimension] ?? 0, ...sizes].map((size) =>
            operand(tensor(dtype, shape.with(dimension, size)), spread),
          ),
        )
        .map((operands) => ({ operands, attributes: { dimension } })),
    );

/** Start, limit and stride of one dimension. */
function sliceOf(size: number): fc.Arbitrary<readonly [start: number, limit: number, stride: number]> {
  return fc
    .tuple(fc.nat({ max: size }), fc.nat({ max: size }), fc.constantFrom(1, 2, 3, 5))
    .map(([a, b, stride]) => [Math.min(a, b), Math.max(a, b), stride]);
}

const slice: Movement<"slice"> = (dtype, shape, spread) =>
  fc.tuple(operand(tensor(dtype, shape), spread), fc.tuple(...shape.map(sliceOf))).map(([x, ranges]) => ({
    operands: [x],
    attributes: {
      start: ranges.map(([start]) => start),
      limit: ranges.map(([, limit]) => limit),
      strides: ranges.map(([, , stride]) => stride),
    },
  }));

interface Margins {
  readonly least: number;
  readonly most: number;
  readonly between: number;
}

/** Low, high and interior of one dimension; negative margins never remove more than there is. */
function padOf(
  size: number,
  { least, most, between }: Margins,
): fc.Arbitrary<readonly [number, number, number]> {
  return fc
    .tuple(
      fc.integer({ min: least, max: most }),
      fc.integer({ min: least, max: most }),
      fc.nat({ max: between }),
    )
    .map(([low, high, interior]) => {
      const inner = size + Math.max(size - 1, 0) * interior;
      return [low, Math.max(high, -(inner + low)), interior] as const;
    });
}

const pad =
  (margins: Margins): Movement<"pad"> =>
  (dtype, shape, spread) =>
    fc
      .tuple(
        operand(tensor(dtype, shape), spread),
        operand(tensor(dtype), spread),
        fc.tuple(...shape.map((size) => padOf(size, margins))),
      )
      .map(([x, value, sides]) => ({
        operands: [x, value],
        attributes: {
          low: sides.map(([low]) => low),
          high: sides.map(([, high]) => high),
          interior: sides.map(([, , interior]) => interior),
        },
      }));

export const reshapeCases = movementCases(reshape);
export const transposeCases = movementCases(transpose, { maxRank: 5 });
export const reverseCases = movementCases(reverse);
export const concatenateCases = movementCases(concatenate, { minRank: 1, maxRank: 3 });
export const sliceCases = movementCases(slice);
export const padCases = [
  ...movementCases(pad({ least: 0, most: 3, between: 0 }), { maxRank: 3, name: "around" }),
  ...movementCases(pad({ least: 0, most: 2, between: 2 }), { maxRank: 3, name: "interior" }),
  ...movementCases(pad({ least: -3, most: 2, between: 2 }), { maxRank: 3, name: "negative" }),
];
