// Parts of a tensor at places known only when the program runs, always on the host: tfjs has gather alone, which does
// not clamp, and adds up what is scattered in no stated order.

import { at, gatherRows, rowMajorStrides, scatterRows, sizeOf } from "@netwright/ir";
import type { HostBody } from "../device/device.ts";
import type { Elements } from "../device/storage.ts";
import { stridedCopy } from "../host/strided-copy.ts";
import { operandOf, type Rule, typeOf } from "./rule.ts";

/** A box in a tensor of that shape, as a walk over it. */
function boxAt(shape: readonly number[], sizes: readonly number[], starts: readonly Elements[]) {
  const strides = rowMajorStrides(shape);
  const offset = sizes.reduce((sum, size, d) => {
    const room = at(shape, d) - size;
    return sum + Math.min(Math.max(at(at(starts, d), 0), 0), room) * at(strides, d);
  }, 0);
  return { offset, strides };
}

export const dynamicSlice: Rule<"dynamic_slice"> = (op, planner) => {
  const { sizes } = op.attributes;
  const { shape } = operandOf(op, 0).type;
  const whole = { offset: 0, strides: rowMajorStrides(sizes) };
  const body: HostBody = ([x, ...starts], out) => {
    if (x !== undefined) stridedCopy(sizes, boxAt(shape, sizes, starts), whole)([x], out);
  };
  const refs = op.operands.map((value) => planner.full(value));
  return [planner.host(op.name, refs, typeOf(op), body)];
};

export const dynamicUpdateSlice: Rule<"dynamic_update_slice"> = (op, planner) => {
  const [{ shape }, { shape: sizes }] = [operandOf(op, 0).type, operandOf(op, 1).type];
  const whole = { offset: 0, strides: rowMajorStrides(sizes) };
  const body: HostBody = ([x, update, ...starts], [out]) => {
    if (x === undefined || update === undefined || out === undefined) return;
    out.set(x);
    stridedCopy(sizes, whole, boxAt(shape, sizes, starts))([update], [out]);
  };
  const refs = op.operands.map((value) => planner.full(value));
  return [planner.host(op.name, refs, typeOf(op), body)];
};

function rowsOf([rows = 0, ...row]: readonly number[]) {
  return { rows, columns: sizeOf(row) };
}

export const gather: Rule<"gather"> = (op, planner) => {
  const rows = rowsOf(operandOf(op, 0).type.shape);
  const body: HostBody = ([x, indices], [out]) => {
    if (x !== undefined && indices !== undefined && out !== undefined) gatherRows(x, indices, out, rows);
  };
  const refs = op.operands.map((value) => planner.full(value));
  return [planner.host(op.name, refs, typeOf(op), body)];
};

export const scatter: Rule<"scatter"> = (op, planner) => {
  const rows = rowsOf(operandOf(op, 0).type.shape);
  const body: HostBody = ([x, indices, updates], [out]) => {
    if (x === undefined || indices === undefined || updates === undefined || out === undefined) return;
    out.set(x);
    scatterRows(op.attributes.kind, { x: out, indices, updates }, rows);
  };
  const refs = op.operands.map((value) => planner.full(value));
  return [planner.host(op.name, refs, typeOf(op), body)];
};
