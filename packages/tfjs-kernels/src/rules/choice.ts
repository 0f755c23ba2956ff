// compare, select and convert.

import { compareBody } from "../host/compare.ts";
import { convertBody } from "../host/convert.ts";
import { selectBody } from "../host/select.ts";
import { align, alignForHost } from "./align.ts";
import { operandOf, type Rule, typeOf } from "./rule.ts";

const KERNELS = {
  EQ: "Equal",
  NE: "NotEqual",
  GE: "GreaterEqual",
  GT: "Greater",
  LE: "LessEqual",
  LT: "Less",
} as const;

export const compare: Rule<"compare"> = (op, planner) => {
  const { direction } = op.attributes;
  const values = [operandOf(op, 0), operandOf(op, 1)];
  const refs = values.map((value) => planner.value(value));
  if (values[0]?.type.dtype === "f32" && planner.device.profile.onHost.compare === undefined) {
    const { operands, shape } = align(refs, planner);
    return [planner.kernel(KERNELS[direction], ["a", "b"], operands, {}, { dtype: "pred", shape })];
  }
  const { operands, shape } = alignForHost(refs, planner);
  const [x, y] = operands.map((ref) => (ref.type.shape.length === 0 ? 0 : 1));
  return [
    planner.host("compare", operands, { dtype: "pred", shape }, compareBody(direction, x ?? 1, y ?? 1)),
  ];
};

export const select: Rule<"select"> = (op, planner) => {
  const { dtype } = typeOf(op);
  const values = [operandOf(op, 0), operandOf(op, 1), operandOf(op, 2)];
  if (dtype === "f32" && planner.device.profile.onHost.select === undefined) {
    if (planner.hasFixedShapes) {
      const { operands, shape } = align(
        values.map((value) => planner.value(value)),
        planner,
      );
      return [planner.kernel("Select", ["condition", "t", "e"], operands, {}, { dtype, shape })];
    }
    // The kernel repeats only conditions along the first dimension, so everything comes full and flat.
    const full = values.map((value) => planner.full(value));
    const flat = full.map((ref) => planner.reshape(ref, [ref.type.shape.reduce((a, b) => a * b, 1)]));
    return [planner.kernel("Select", ["condition", "t", "e"], flat, {}, typeOf(op))];
  }
  const { operands, shape } = alignForHost(
    values.map((value) => planner.value(value)),
    planner,
  );
  const steps = operands.map((ref) => (ref.type.shape.length === 0 ? 0 : 1));
  return [planner.host("select", operands, { dtype, shape }, selectBody(dtype, steps))];
};

export const convert: Rule<"convert"> = (op, planner) => {
  const x = planner.value(operandOf(op, 0));
  const { dtype } = op.attributes;
  if (x.type.dtype === dtype) return [x];
  return [planner.host("convert", [x], { dtype, shape: x.type.shape }, convertBody(x.type.dtype, dtype))];
};
