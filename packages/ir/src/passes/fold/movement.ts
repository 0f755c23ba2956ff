// Folding of the operations that move elements, on splats of any size and on small literals.

import { at } from "@netwright/definitions";
import type { Op } from "../../core/program.ts";
import { sizeOf } from "../../core/types.ts";
import { elementAt, isSplat, type Literal, literalOf, MAXIMUM_ELEMENTS } from "../literal.ts";
import type { Rule, Rules } from "../rewrite.ts";
import { offsets, stridesOf } from "./offsets.ts";

type OneOperand = "reshape" | "transpose" | "broadcast_in_dim" | "slice" | "reverse";

/** Where the elements of the result stand in the operand. */
interface View {
  readonly strides: readonly number[];
  readonly base?: number;
}

/** A result whose every element is an element of the operand: of a splat it is that splat. */
function foldView<K extends OneOperand>(view: (op: Op<K>, shape: readonly number[]) => View): Rule<K> {
  return (op, rewriter) => {
    const [x] = op.operands;
    const [result] = op.results;
    const literal = x && literalOf(x, rewriter);
    if (literal === undefined || result === undefined) return undefined;
    const { type } = result;
    if (isSplat(literal)) return rewriter.emit("constant", [], { type, values: literal.values });
    if (sizeOf(type.shape) > MAXIMUM_ELEMENTS) return undefined;
    const { strides, base } = view(op, literal.type.shape);
    const values = offsets(type.shape, strides, base).map((offset) => elementAt(literal, offset));
    return rewriter.emit("constant", [], { type, values });
  };
}

const foldReshape = foldView<"reshape">(({ attributes: { shape } }) => ({ strides: stridesOf(shape) }));

const foldTranspose = foldView<"transpose">(({ attributes: { permutation } }, shape) => {
  const strides = stridesOf(shape);
  return { strides: permutation.map((d) => at(strides, d)) };
});

const foldBroadcast = foldView<"broadcast_in_dim">(({ attributes }, shape) => {
  const strides = stridesOf(shape);
  return {
    strides: attributes.shape.map((_, d) => {
      const from = attributes.dimensions.indexOf(d);
      return from < 0 || at(shape, from) === 1 ? 0 : at(strides, from);
    }),
  };
});

const foldSlice = foldView<"slice">(({ attributes }, shape) => {
  const strides = stridesOf(shape);
  return {
    strides: strides.map((stride, d) => stride * at(attributes.strides, d)),
    base: strides.reduce((base, stride, d) => base + stride * at(attributes.start, d), 0),
  };
});

const foldReverse = foldView<"reverse">(({ attributes: { dimensions } }, shape) => {
  const strides = stridesOf(shape);
  return {
    strides: strides.map((stride, d) => (dimensions.includes(d) ? -stride : stride)),
    base: dimensions.reduce((base, d) => base + (at(shape, d) - 1) * at(strides, d), 0),
  };
});

/** Padding a splat with its own number gives the splat of whatever size. */
const foldPad: Rule<"pad"> = ({ operands, results: [result], attributes }, rewriter) => {
  const [x, filling] = operands.map((value) => literalOf(value, rewriter));
  if (x === undefined || filling === undefined || result === undefined) return undefined;
  const { type } = result;
  const number = elementAt(filling, 0);
  if (isSplat(x) && Object.is(elementAt(x, 0), number)) {
    return rewriter.emit("constant", [], { type, values: [number] });
  }
  if (Math.max(sizeOf(type.shape), sizeOf(x.type.shape)) > MAXIMUM_ELEMENTS) return undefined;
  const values = new Array<number>(sizeOf(type.shape)).fill(number);
  const strides = stridesOf(type.shape);
  // For each dimension, where the index of an element goes; negative padding cuts off what leaves the result.
  const places = x.type.shape.map((size, d) =>
    Array.from({ length: size }, (_, i) => at(attributes.low, d) + i * (1 + at(attributes.interior, d))),
  );
  const inside = (place: number, d: number) => place >= 0 && place < at(type.shape, d);
  let targets: readonly (number | undefined)[] = [0];
  places.forEach((along, d) => {
    targets = targets.flatMap((target) =>
      along.map((place) =>
        target === undefined || !inside(place, d) ? undefined : target + place * at(strides, d),
      ),
    );
  });
  targets.forEach((target, i) => {
    if (target !== undefined) values[target] = elementAt(x, i);
  });
  return rewriter.emit("constant", [], { type, values });
};

/** Splats of one number joined are the splat of whatever size. */
const foldConcatenate: Rule<"concatenate"> = (
  { operands, results: [result], attributes: { dimension } },
  rewriter,
) => {
  if (result === undefined) return undefined;
  const literals: Literal[] = [];
  for (const value of operands) {
    const literal = literalOf(value, rewriter);
    if (literal === undefined) return undefined;
    literals.push(literal);
  }
  const { type } = result;
  const first = literals[0]?.values[0];
  if (first !== undefined && literals.every((one) => isSplat(one) && Object.is(elementAt(one, 0), first))) {
    return rewriter.emit("constant", [], { type, values: [first] });
  }
  if (sizeOf(type.shape) > MAXIMUM_ELEMENTS) return undefined;
  const values = new Array<number>(sizeOf(type.shape)).fill(0);
  const strides = stridesOf(type.shape);
  let start = 0;
  for (const literal of literals) {
    offsets(literal.type.shape, strides, start * at(strides, dimension)).forEach((target, i) => {
      values[target] = elementAt(literal, i);
    });
    start += at(literal.type.shape, dimension);
  }
  return rewriter.emit("constant", [], { type, values });
};

export const movementFolds: Rules = {
  reshape: foldReshape,
  transpose: foldTranspose,
  broadcast_in_dim: foldBroadcast,
  slice: foldSlice,
  reverse: foldReverse,
  pad: foldPad,
  concatenate: foldConcatenate,
};
