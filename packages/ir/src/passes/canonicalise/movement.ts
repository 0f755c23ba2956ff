// Identities of the operations that move elements. None computes, so bits stay; for `reduce`, which does,
// the reason stands at its rule.

import { at } from "@netwright/definitions";
import { sameShape, sizeOf } from "../../core/types.ts";
import { firstOf, type Rule, type Rules } from "../rewrite.ts";

type Rearranging = "reshape" | "transpose" | "slice" | "reverse";

/** Rearranging a scalar that is repeated gives the scalar repeated to the shape of the result. */
function ofRepeatedScalar<K extends Rearranging>(): Rule<K> {
  return ({ operands: [x], results: [result] }, rewriter) => {
    const op = x && rewriter.definition(x);
    const [scalar] = op?.operands ?? [];
    if (op?.name !== "broadcast_in_dim" || scalar?.type.shape.length !== 0 || result === undefined) {
      return undefined;
    }
    return rewriter.emit("broadcast_in_dim", [scalar], { shape: result.type.shape, dimensions: [] });
  };
}

/** To the same shape; or after another reshape, which then does not matter. */
const reshapeOnce: Rule<"reshape"> = ({ operands: [x], attributes: { shape } }, rewriter) => {
  if (x === undefined || sameShape(x.type.shape, shape)) return x;
  const op = rewriter.definition(x);
  const [inner] = op?.operands ?? [];
  return op?.name === "reshape" && inner !== undefined
    ? rewriter.emit("reshape", [inner], { shape })
    : undefined;
};

/** By the identity; or after another transpose: dimension i of the result is first[second[i]] of the operand. */
const transposeOnce: Rule<"transpose"> = ({ operands: [x], attributes: { permutation } }, rewriter) => {
  if (x === undefined || permutation.every((d, i) => d === i)) return x;
  const op = rewriter.definition(x);
  if (op?.name !== "transpose") return undefined;
  const [inner] = op.operands;
  const first = op.attributes.permutation;
  const composed = permutation.map((d) => at(first, d));
  return inner && rewriter.emit("transpose", [inner], { permutation: composed });
};

/** To the same shape; or after another broadcast; or one that only adds dimensions of size 1: a reshape. */
const broadcastOnce: Rule<"broadcast_in_dim"> = (
  { operands: [x], attributes: { shape, dimensions } },
  rewriter,
) => {
  if (x === undefined || sameShape(x.type.shape, shape)) return x;
  const op = rewriter.definition(x);
  const [inner] = op?.operands ?? [];
  if (op?.name === "broadcast_in_dim" && inner !== undefined) {
    const composed = op.attributes.dimensions.map((d) => at(dimensions, d));
    return rewriter.emit("broadcast_in_dim", [inner], { shape, dimensions: composed });
  }
  // The dimensions keep their order, so with as many elements the row-major order is the same.
  return sizeOf(x.type.shape) === sizeOf(shape) ? rewriter.emit("reshape", [x], { shape }) : undefined;
};

/** The whole operand: with its shape as result, a slice can only have left out nothing. */
const sliceAll: Rule<"slice"> = ({ operands: [x], results: [result] }) =>
  x !== undefined && result !== undefined && sameShape(x.type.shape, result.type.shape) ? x : undefined;

const padNothing: Rule<"pad"> = ({ operands: [x], attributes: { low, high, interior } }) =>
  [...low, ...high, ...interior].every((count) => count === 0) ? x : undefined;

/** Of one operand; operands that have nothing along the dimension are left out. */
const concatenateSome: Rule<"concatenate"> = ({ operands, attributes }, rewriter) => {
  const some = operands.filter(({ type }) => at(type.shape, attributes.dimension) > 0);
  const kept = some.length > 0 ? some : operands.slice(0, 1);
  if (kept.length === operands.length) return operands.length === 1 ? operands[0] : undefined;
  return rewriter.emit("concatenate", kept, attributes);
};

/** Dimensions of size 0 and 1 need no reversing; reversing after reversing is once or not at all. */
const reverseOnce: Rule<"reverse"> = ({ operands: [x], attributes: { dimensions } }, rewriter) => {
  if (x === undefined || dimensions.length === 0) return x;
  const needed = dimensions.filter((d) => at(x.type.shape, d) > 1);
  if (needed.length < dimensions.length) return rewriter.emit("reverse", [x], { dimensions: needed });
  const op = rewriter.definition(x);
  const [inner] = op?.operands ?? [];
  if (op?.name !== "reverse" || inner === undefined) return undefined;
  const first = op.attributes.dimensions;
  const either = [...first.filter((d) => !needed.includes(d)), ...needed.filter((d) => !first.includes(d))];
  return rewriter.emit("reverse", [inner], { dimensions: either.sort((a, b) => a - b) });
};

/**
 * Over dimensions of size 1 each result takes one element, x. 1 * x, max(-inf, x) and min(inf, x) are x, and
 * so is 0 + x in integers; but in f32 0 + x turns -0 into +0, so the sum there stays.
 */
const reduceNothing: Rule<"reduce"> = (
  { operands: [x], attributes: { kind, dimensions }, results: [result] },
  rewriter,
) => {
  if (x === undefined || result === undefined || dimensions.some((d) => x.type.shape[d] !== 1)) {
    return undefined;
  }
  if (kind === "sum" && x.type.dtype === "f32") return undefined;
  return rewriter.emit("reshape", [x], { shape: result.type.shape });
};

/** Along a dimension of size 1 the only index is 0. */
const iotaOfOne: Rule<"iota"> = ({ attributes: { type, dimension } }, rewriter) =>
  type.shape[dimension] === 1 ? rewriter.emit("constant", [], { type, values: [0] }) : undefined;

/** Equal values are written once, none for no elements; so equal constants have equal attributes. */
const constantShort: Rule<"constant"> = ({ attributes: { type, values } }, rewriter) => {
  if (sizeOf(type.shape) === 0) {
    return values.length > 0 ? rewriter.emit("constant", [], { type, values: [] }) : undefined;
  }
  const first = values[0] ?? 0;
  if (values.length === 1 || !values.every((value) => Object.is(value, first))) return undefined;
  return rewriter.emit("constant", [], { type, values: [first] });
};

export const movementRules: Rules = {
  reshape: firstOf<"reshape">(reshapeOnce, ofRepeatedScalar()),
  transpose: firstOf<"transpose">(transposeOnce, ofRepeatedScalar()),
  broadcast_in_dim: broadcastOnce,
  slice: firstOf<"slice">(sliceAll, ofRepeatedScalar()),
  pad: padNothing,
  concatenate: concatenateSome,
  reverse: firstOf<"reverse">(reverseOnce, ofRepeatedScalar()),
  reduce: reduceNothing,
  iota: iotaOfOne,
  constant: constantShort,
};
