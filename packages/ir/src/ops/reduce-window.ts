// reduce_window and select_and_scatter: windows over all dimensions of a tensor. reduce_window combines the elements of
// each in the order of `reduce`, row-major within the window; what is put around and between counts as an element, the
// identity of the kind. select_and_scatter is what the gradient of a maximum needs: from each window to one of its
// elements. Elements around the operand are never chosen there, of equal ones the first is, and a NaN before all
// numbers; what an element gets from several windows is summed in their order, by `reduce` over the places within a
// window from the last to the first.

import { at } from "@netwright/definitions";
import { sizeOf, type TensorType, tensor } from "../core/types.ts";
import {
  indexWithin,
  isInside,
  paddedLength,
  placesOf,
  sumOfWindows,
  type Window,
  windowsOf,
} from "../decompositions/windows.ts";
import { reduction } from "../semantics/scalar.ts";
import { constrain, type DerivedDefinition, operand } from "./definition.ts";
import type { NumericReduceKind } from "./reduce.ts";

/** One entry for each dimension in every list. */
export interface ReduceWindowAttributes {
  readonly kind: NumericReduceKind;
  readonly sizes: readonly number[];
  readonly strides: readonly number[];
  /** Elements from one of the operand, and of the window, to the next. */
  readonly baseDilations: readonly number[];
  readonly windowDilations: readonly number[];
  /** Elements before and after each dimension; negative removes. */
  readonly low: readonly number[];
  readonly high: readonly number[];
}

export interface SelectAndScatterAttributes {
  readonly kind: "max" | "min";
  readonly sizes: readonly number[];
  readonly strides: readonly number[];
  readonly low: readonly number[];
  readonly high: readonly number[];
}

type Lists = Pick<ReduceWindowAttributes, "sizes" | "strides" | "low" | "high"> &
  Partial<Pick<ReduceWindowAttributes, "baseDilations" | "windowDilations">>;

export function windowsIn({
  sizes,
  strides,
  low,
  high,
  baseDilations,
  windowDilations,
}: Lists): readonly Window[] {
  return sizes.map((size, d) => ({
    size,
    stride: at(strides, d),
    dilation: windowDilations === undefined ? 1 : at(windowDilations, d),
    low: at(low, d),
    high: at(high, d),
    baseDilation: baseDilations === undefined ? 1 : at(baseDilations, d),
  }));
}

function constrainLists(lists: readonly (readonly number[])[], rank: number, constraint: string): void {
  constrain(
    lists.every(({ length }) => length === rank),
    constraint,
    `every list needs ${rank} entries`,
  );
}

function constrainWindows(windows: readonly Window[], constraint: string): void {
  for (const { size, stride, dilation, baseDilation } of windows) {
    constrain(
      size >= 1 && stride >= 1 && dilation >= 1 && baseDilation >= 1,
      constraint,
      "sizes, strides and dilations are at least 1",
    );
  }
}

/** @throws ConstraintError where more is removed than there is */
function placesIn({ shape }: TensorType, windows: readonly Window[], constraint: string): readonly number[] {
  return windows.map((window, d) => {
    const length = paddedLength(at(shape, d), window);
    constrain(length >= 0, constraint, `dimension ${d} would have size ${length}`);
    return placesOf(at(shape, d), window);
  });
}

const KINDS: readonly string[] = ["sum", "product", "max", "min"] satisfies NumericReduceKind[];

export const reduceWindow: DerivedDefinition<ReduceWindowAttributes> = {
  summary: "combines the elements of each window",
  operands: 1,
  fields: {
    kind: "word",
    sizes: "integers",
    strides: "integers",
    baseDilations: "integers",
    windowDilations: "integers",
    low: "integers",
    high: "integers",
  },
  cost: ({ results: [result] }, { sizes }) => ({
    macs: 0,
    flops: result?.dtype === "f32" ? sizeOf(result.shape) * sizeOf(sizes) : 0,
  }),
  infer: (operands, attributes) => {
    const x = operand(operands, 0);
    const { kind, sizes, strides, baseDilations, windowDilations, low, high } = attributes;
    constrain(KINDS.includes(kind), "reduce_window_c1", `unknown kind ${kind}`);
    constrain(x.dtype !== "pred", "reduce_window_c2", "pred cannot be reduced");
    const lists = [sizes, strides, baseDilations, windowDilations, low, high];
    constrainLists(lists, x.shape.length, "reduce_window_c3");
    const windows = windowsIn(attributes);
    constrainWindows(windows, "reduce_window_c4");
    return [tensor(x.dtype, placesIn(x, windows, "reduce_window_c5"))];
  },
  decompose: (b, operands, attributes) => {
    const x = at(operands, 0);
    const { dtype, shape } = x.type;
    const windows = windowsIn(attributes);
    const places = placesIn(x.type, windows, "reduce_window_c5");
    if (places.includes(0)) return [b.fill(tensor(dtype, places), 0)];
    if (shape.length === 0) return [b.reduce(x, attributes.kind, [])];
    const filling = b.scalar(reduction(attributes.kind, dtype).identity, dtype);
    const { value, within } = windowsOf(b, x, windows, filling);
    return [b.reduce(value, attributes.kind, within)];
  },
};

export const selectAndScatter: DerivedDefinition<SelectAndScatterAttributes> = {
  summary:
    "zeros of the first operand's shape, with each element of the second added where its window of the first has the largest or least element",
  operands: 2,
  fields: { kind: "word", sizes: "integers", strides: "integers", low: "integers", high: "integers" },
  cost: ({ operands: [, source] }) => ({ macs: 0, flops: sizeOf(source?.shape ?? [0]) }),
  infer: (operands, attributes) => {
    const [x, source] = [operand(operands, 0), operand(operands, 1)];
    const { kind, sizes, strides, low, high } = attributes;
    constrain(["max", "min"].includes(kind), "select_and_scatter_c1", `unknown kind ${kind}`);
    constrain(
      x.dtype === "f32" && source.dtype === "f32",
      "select_and_scatter_c2",
      "both operands must be f32",
    );
    constrainLists([sizes, strides, low, high], x.shape.length, "select_and_scatter_c3");
    const windows = windowsIn(attributes);
    constrainWindows(windows, "select_and_scatter_c4");
    const places = placesIn(x, windows, "select_and_scatter_c5");
    constrain(
      places.length === source.shape.length && places.every((count, d) => count === source.shape[d]),
      "select_and_scatter_c6",
      `there are [${places}] windows and [${source.shape}] elements for them`,
    );
    return [x];
  },
  decompose: (b, operands, attributes) => {
    const [x, source] = [at(operands, 0), at(operands, 1)];
    if (x.type.shape.length === 0) return [source];
    if (sizeOf(source.type.shape) === 0) return [b.like(x, 0)];
    const windows = windowsIn(attributes);
    const filling = b.scalar(reduction(attributes.kind, "f32").identity);
    const { value, within, places } = windowsOf(b, x, windows, filling);
    const { shape } = value.type;
    const each = (perWindow: typeof value) => b.broadcastInDim(perWindow, shape, places);
    const best = each(b.reduce(value, attributes.kind, within));
    const isBest = b.binary("or", b.compare(value, "EQ", best), b.compare(value, "NE", value));
    const isChoice = b.binary("and", isBest, isInside(b, x.type.shape, windows));
    const index = indexWithin(b, shape, within);
    const none = b.like(index, sizeOf(within.map((d) => at(shape, d))));
    const first = each(b.reduce(b.select(isChoice, index, none), "min", within));
    const given = b.select(b.compare(index, "EQ", first), each(source), b.like(value, 0));
    return [sumOfWindows(b, given, windows, x.type.shape)];
  },
};
