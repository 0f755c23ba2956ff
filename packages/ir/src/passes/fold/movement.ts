// Folding of the operations that move elements, on splats of any size and on small literals.

import { at } from "@netwright/definitions";
import { sizeOf } from "../../core/types.ts";
import { offsetsOf, rowMajorStrides } from "../../semantics/offsets.ts";
import { type ViewName, views } from "../../semantics/views.ts";
import { elementAt, isSplat, type Literal, literalOf, MAXIMUM_ELEMENTS } from "../literal.ts";
import type { Rule, Rules } from "../rewrite.ts";

/** A result whose every element is an element of the operand: of a splat it is that splat. */
function foldView<K extends ViewName>(name: K): Rule<K> {
  return (op, rewriter) => {
    const [x] = op.operands;
    const [result] = op.results;
    const literal = x && literalOf(x, rewriter);
    if (literal === undefined || result === undefined) return undefined;
    const { type } = result;
    if (isSplat(literal)) return rewriter.emit("constant", [], { type, values: literal.values });
    if (sizeOf(type.shape) > MAXIMUM_ELEMENTS) return undefined;
    const { strides, start } = views[name](op.attributes, literal.type.shape);
    const values = Array.from(offsetsOf(type.shape, strides, start), (offset) => elementAt(literal, offset));
    return rewriter.emit("constant", [], { type, values });
  };
}

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
  const strides = rowMajorStrides(type.shape);
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
  const strides = rowMajorStrides(type.shape);
  let start = 0;
  for (const literal of literals) {
    offsetsOf(literal.type.shape, strides, start * at(strides, dimension)).forEach((target, i) => {
      values[target] = elementAt(literal, i);
    });
    start += at(literal.type.shape, dimension);
  }
  return rewriter.emit("constant", [], { type, values });
};

export const movementFolds: Rules = {
  reshape: foldView("reshape"),
  transpose: foldView("transpose"),
  broadcast_in_dim: foldView("broadcast_in_dim"),
  slice: foldView("slice"),
  reverse: foldView("reverse"),
  pad: foldPad,
  concatenate: foldConcatenate,
};
