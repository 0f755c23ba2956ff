// reduce, reduce_window and select_and_scatter: what the IR says by the name of a kind, StableHLO says by an operation
// and an initial value. The order of additions is left to whoever runs it.

import {
  at,
  type ElementType,
  type NumericReduceKind,
  type Op,
  type ReduceKind,
  reduction,
  tensor,
} from "@netwright/ir";
import { arrayText, listText, typesText, typeText } from "../types.ts";
import { operands } from "./elementwise.ts";
import { arrayIn, type Form, listIn, operandOf, resultOf } from "./form.ts";
import { meaning } from "./meaning.ts";

const COMBINES: Readonly<Record<ReduceKind, string>> = {
  sum: "add",
  product: "multiply",
  max: "maximum",
  min: "minimum",
  and: "and",
  or: "or",
};
const NUMERIC: readonly NumericReduceKind[] = ["sum", "product", "max", "min"];
const KINDS: readonly ReduceKind[] = [...NUMERIC, "and", "or"];

function kindOf<K extends ReduceKind>(kinds: readonly K[], combine: string | undefined): K | undefined {
  return kinds.find((kind) => COMBINES[kind] === combine);
}

/** `({ ^bb0(%x: T, %y: T): ... })`: combines two values. */
function region(dtype: ElementType, ...lines: readonly string[]): string {
  const type = typeText(tensor(dtype));
  return `({ ^bb0(%x: ${type}, %y: ${type}): ${lines.join(" ")} })`;
}

function combining(kind: ReduceKind, dtype: ElementType): string {
  const type = typeText(tensor(dtype));
  return region(dtype, `%z = stablehlo.${COMBINES[kind]} %x, %y : ${type}`, `stablehlo.return %z : ${type}`);
}

const reduce: Form<"reduce"> = {
  written: {
    mnemonic: "stablehlo.reduce",
    print: (op, body) => {
      const { kind, dimensions } = op.attributes;
      const x = operandOf(op, 0).type;
      const initial = body.initial(reduction(kind, x.dtype).identity, x.dtype);
      return `stablehlo.reduce(${operands(op, body)} init: ${initial}) applies stablehlo.${COMBINES[kind]} across dimensions = ${listText(dimensions)} : ${typesText([x, tensor(x.dtype)])} -> ${typeText(resultOf(op).type)}`;
    },
    read: (head) => {
      const kind = kindOf(KINDS, /applies stablehlo\.(\w+)/.exec(head)?.[1]);
      const dimensions = listIn(head, "dimensions");
      return kind && dimensions && { kind, dimensions };
    },
  },
};

function padding(low: readonly number[], high: readonly number[]): string {
  if (low.length === 0) return "";
  const rows = low.map((before, d) => listText([before, at(high, d)])).join(", ");
  return `, padding = dense<[${rows}]> : tensor<${low.length}x2xi64>`;
}

function paddingIn(head: string): { readonly low: readonly number[]; readonly high: readonly number[] } {
  const rows = [...(/padding = dense<\[(.*?)\]>/.exec(head)?.[1] ?? "").matchAll(/\[(-?\d+), (-?\d+)\]/g)];
  return { low: rows.map((row) => Number(row[1])), high: rows.map((row) => Number(row[2])) };
}

/** XLA takes windows of one element for an operation on all elements, also where some are left out, and ends the process. */
function isOfSingles({ attributes: { sizes } }: Op<"reduce_window">): boolean {
  return sizes.every((size) => size === 1);
}

/**
 * Of equal elements the first is chosen. Which one that is for XLA depends on the layout that it gives the operand, but for
 * windows along one dimension; and a scalar ends its process.
 */
function isAmbiguous({ attributes: { sizes } }: Op<"select_and_scatter">): boolean {
  return sizes.filter((size) => size > 1).length !== 1;
}

const reduceWindow: Form<"reduce_window"> = {
  written: {
    mnemonic: "stablehlo.reduce_window",
    print: (op, body) => {
      const { kind, sizes, strides, baseDilations, windowDilations, low, high } = op.attributes;
      const x = operandOf(op, 0).type;
      const initial = body.initial(reduction(kind, x.dtype).identity, x.dtype);
      const windows = `window_dimensions = ${arrayText(sizes)}, window_strides = ${arrayText(strides)}, base_dilations = ${arrayText(baseDilations)}, window_dilations = ${arrayText(windowDilations)}`;
      return `"stablehlo.reduce_window"(${operands(op, body)}, ${initial}) <{${windows}${padding(low, high)}}> ${combining(kind, x.dtype)} : ${typesText([x, tensor(x.dtype)])} -> ${typeText(resultOf(op).type)}`;
    },
    read: (head) => {
      const kind = kindOf(NUMERIC, /%z = stablehlo\.(\w+)/.exec(head)?.[1]);
      const sizes = arrayIn(head, "window_dimensions");
      const strides = arrayIn(head, "window_strides");
      const baseDilations = arrayIn(head, "base_dilations");
      const windowDilations = arrayIn(head, "window_dilations");
      if (!(kind && sizes && strides && baseDilations && windowDilations)) return undefined;
      return { kind, sizes, strides, baseDilations, windowDilations, ...paddingIn(head) };
    },
  },
  called: { when: isOfSingles, define: meaning },
};

/** The first of equal ones stays, and so does a NaN, which StableHLO's plain comparison would let go. */
function choosing(kind: "max" | "min"): string {
  const [type, truth] = [typeText(tensor("f32")), typeText(tensor("pred"))];
  const comparison = (name: string, direction: string, other: string) =>
    `%${name} = stablehlo.compare ${direction}, %x, %${other}, FLOAT : (${type}, ${type}) -> ${truth}`;
  return region(
    "f32",
    comparison("a", kind === "max" ? "GE" : "LE", "y"),
    comparison("b", "NE", "x"),
    `%z = stablehlo.or %a, %b : ${truth}`,
    `stablehlo.return %z : ${truth}`,
  );
}

const selectAndScatter: Form<"select_and_scatter"> = {
  written: {
    mnemonic: "stablehlo.select_and_scatter",
    print: (op, body) => {
      const { kind, sizes, strides, low, high } = op.attributes;
      const [x, source] = [operandOf(op, 0).type, operandOf(op, 1).type];
      const initial = body.initial(0, "f32");
      const windows = `window_dimensions = ${arrayText(sizes)}, window_strides = ${arrayText(strides)}`;
      return `"stablehlo.select_and_scatter"(${operands(op, body)}, ${initial}) <{${windows}${padding(low, high)}}> (${choosing(kind).slice(1, -1)}, ${combining("sum", "f32").slice(1, -1)}) : ${typesText([x, source, tensor("f32")])} -> ${typeText(resultOf(op).type)}`;
    },
    read: (head) => {
      const [sizes, strides] = [arrayIn(head, "window_dimensions"), arrayIn(head, "window_strides")];
      const direction = /compare (GE|LE),/.exec(head)?.[1];
      if (sizes === undefined || strides === undefined || direction === undefined) return undefined;
      return { kind: direction === "GE" ? "max" : "min", sizes, strides, ...paddingIn(head) };
    },
  },
  called: { when: isAmbiguous, define: meaning },
};

export const windows = { reduce, reduce_window: reduceWindow, select_and_scatter: selectAndScatter };
