// Operations that move elements: reshape, transpose, concatenate, slice, pad, reverse. What does not
// change the order of the elements in memory is another reference to the same slot.

import { at, rowMajorStrides, sizeOf, type View, views } from "@netwright/ir";
import type { HostBody } from "../device/device.ts";
import { padBody } from "../host/pad.ts";
import { stridedCopy } from "../host/strided-copy.ts";
import type { Ref } from "../plan/plan.ts";
import type { Planner } from "../plan/planner.ts";
import { operandOf, type Rule, typeOf } from "./rule.ts";

export const reshape: Rule<"reshape"> = (op, planner) => {
  const operand = operandOf(op, 0);
  const splat = planner.splat(operand);
  if (splat !== undefined) {
    for (const value of op.results) planner.noteSplat(value, splat);
    return [planner.value(operand)];
  }
  return [planner.reshape(planner.full(operand), op.attributes.shape)];
};

/** Whether dimensions of more than one element keep their order. */
export function keepsOrder(shape: readonly number[], permutation: readonly number[]): boolean {
  const moved = permutation.filter((d) => shape[d] !== 1);
  return moved.every((d, i) => d > (moved[i - 1] ?? -1));
}

export function transposed(ref: Ref, permutation: readonly number[], planner: Planner): Ref {
  const { dtype, shape } = ref.type;
  const type = { dtype, shape: permutation.map((d) => at(shape, d)) };
  if (keepsOrder(shape, permutation)) return planner.reshape(ref, type.shape);
  return planner.kernel("Transpose", ["x"], [ref], { perm: [...permutation] }, type);
}

export const transpose: Rule<"transpose"> = (op, planner) => [
  transposed(planner.full(operandOf(op, 0)), op.attributes.permutation, planner),
];

export const concatenate: Rule<"concatenate"> = (op, planner) => {
  const refs = op.operands
    .filter((value) => sizeOf(value.type.shape) > 0)
    .map((value) => planner.full(value));
  const [only] = refs;
  if (refs.length === 1 && only !== undefined) return [only];
  return [planner.kernel("Concat", "list", refs, { axis: op.attributes.dimension }, typeOf(op))];
};

export const slice: Rule<"slice"> = (op, planner) => {
  const x = planner.full(operandOf(op, 0));
  const { start, limit, strides } = op.attributes;
  const type = typeOf(op);
  if (sizeOf(type.shape) === sizeOf(x.type.shape)) return [x];
  if (planner.device.profile.onHost.slice === undefined) {
    if (strides.every((stride) => stride === 1)) {
      return [planner.kernel("Slice", ["x"], [x], { begin: [...start], size: [...type.shape] }, type)];
    }
    const attrs = { begin: [...start], end: [...limit], strides: [...strides] };
    const masks = { beginMask: 0, endMask: 0, ellipsisMask: 0, newAxisMask: 0, shrinkAxisMask: 0 };
    return [planner.kernel("StridedSlice", ["x"], [x], { ...attrs, ...masks }, type)];
  }
  return [planner.host("slice", [x], type, viewCopy(views.slice(op.attributes, x.type.shape), type.shape))];
};

/** All of the view, written densely. */
function viewCopy({ strides, start }: View, shape: readonly number[]): HostBody {
  return stridedCopy(shape, { offset: start, strides }, { offset: 0, strides: rowMajorStrides(shape) });
}

export const pad: Rule<"pad"> = (op, planner) => {
  const [x, padding] = [operandOf(op, 0), operandOf(op, 1)];
  const { low, high, interior } = op.attributes;
  const type = typeOf(op);
  const constantValue = planner.splat(padding);
  const plain = [...low, ...high].every((n) => n >= 0) && interior.every((n) => n === 0);
  if (sizeOf(x.type.shape) === 0) return [planner.reshape(planner.value(padding), [])];
  if (
    plain &&
    constantValue !== undefined &&
    type.dtype === "f32" &&
    planner.device.profile.onHost.pad === undefined
  ) {
    const paddings = low.map((before, d) => [before, at(high, d)]);
    return [planner.kernel("PadV2", ["x"], [planner.full(x)], { paddings, constantValue }, type)];
  }
  const body = padBody(x.type.shape, type.shape, op.attributes);
  return [planner.host("pad", [planner.full(x), planner.full(padding)], type, body)];
};

export const reverse: Rule<"reverse"> = (op, planner) => {
  const x = planner.full(operandOf(op, 0));
  const { shape } = x.type;
  const dims = op.attributes.dimensions.filter((d) => shape[d] !== 1);
  if (dims.length === 0) return [x];
  if (planner.device.profile.onHost.reverse === undefined) {
    return [planner.kernel("Reverse", ["x"], [x], { dims }, x.type)];
  }
  return [planner.host("reverse", [x], x.type, viewCopy(views.reverse({ dimensions: dims }, shape), shape))];
};
