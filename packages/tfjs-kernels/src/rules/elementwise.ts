// Elementwise arithmetic: f32 by the tfjs kernel of the row unless the profile prefers the host; integers
// and pred always on the host, with the scalar meaning that the IR defines.

import {
  at,
  type BinaryName,
  binaryOps,
  type Op,
  type OpName,
  type UnaryName,
  unaryOps,
} from "@netwright/ir";
import { binaryBody } from "../host/binary.ts";
import { unaryBody } from "../host/unary.ts";
import type { Ref } from "../plan/plan.ts";
import type { Planner } from "../plan/planner.ts";
import { align, alignForHost } from "./align.ts";
import { logPlusOne } from "./log-plus-one.ts";
import { operandOf, type Rule } from "./rule.ts";

/** `undefined`: not defined for f32. */
const unaryKernels: { readonly [K in UnaryName]: string | undefined } = {
  abs: "Abs",
  negate: "Neg",
  sign: "Sign",
  exponential: "Exp",
  log: "Log",
  log_plus_one: "Log1p",
  exponential_minus_one: "Expm1",
  sqrt: "Sqrt",
  rsqrt: "Rsqrt",
  sine: "Sin",
  cosine: "Cos",
  tanh: "Tanh",
  logistic: "Sigmoid",
  erf: "Erf",
  floor: "Floor",
  not: undefined,
};

const binaryKernels: { readonly [K in BinaryName]: string | undefined } = {
  add: "Add",
  subtract: "Sub",
  multiply: "Multiply",
  divide: "RealDiv",
  maximum: "Maximum",
  minimum: "Minimum",
  power: "Pow",
  // tfjs has the remainder with the sign of the divisor only.
  remainder: undefined,
  and: undefined,
  or: undefined,
};

function unary<K extends UnaryName>(name: K): Rule<K> {
  return (op: Op<K>, planner) => {
    const x = planner.value(operandOf(op, 0));
    const kernel = unaryKernels[name];
    if (kernel !== undefined && usesKernel(name, x, planner)) {
      const flat = align([x], planner).operands;
      return [planner.kernel(kernel, ["x"], flat, {}, x.type)];
    }
    if (name === "log_plus_one") return [logPlusOne(x, planner)];
    return [planner.host(name, [x], x.type, unaryBody(name, x.type.dtype))];
  };
}

function binary<K extends BinaryName>(name: K): Rule<K> {
  return (op: Op<K>, planner) => {
    const [left, right] = [operandOf(op, 0), operandOf(op, 1)];
    const refs = [planner.value(left), planner.value(right)];
    const { dtype } = left.type;
    if (name === "maximum" && dtype === "f32") {
      const x = clampedAtZero(op, planner);
      if (x !== undefined) return [planner.kernel("Relu", ["x"], [x], {}, x.type)];
    }
    const kernel = binaryKernels[name];
    if (kernel !== undefined && refs[0] !== undefined && usesKernel(name, refs[0], planner)) {
      const { operands, shape } = align(refs, planner);
      return [planner.kernel(kernel, ["a", "b"], operands, {}, { dtype, shape })];
    }
    const { operands, shape } = alignForHost(refs, planner);
    const steps = operands.map((ref) => (ref.type.shape.length === 0 ? 0 : 1));
    return [
      planner.host(name, operands, { dtype, shape }, binaryBody(name, dtype, at(steps, 0), at(steps, 1))),
    ];
  };
}

function usesKernel(name: OpName, ref: Ref, planner: Planner): boolean {
  return ref.type.dtype === "f32" && planner.device.profile.onHost[name] === undefined;
}

/** x where the operation is max(x, 0), which the Relu kernels compute as the IR means it, NaN included. */
function clampedAtZero(op: Op<BinaryName>, planner: Planner): Ref | undefined {
  const [x, y] = [operandOf(op, 0), operandOf(op, 1)];
  if (Object.is(planner.splat(y), 0)) return planner.value(x);
  if (Object.is(planner.splat(x), 0)) return planner.value(y);
  return undefined;
}

function rows<N extends string, R>(names: Readonly<Record<N, unknown>>, rule: (name: N) => R): Record<N, R> {
  // Object.keys forgets that the keys of an object literal are exactly its names.
  const keys = Object.keys(names) as N[];
  return Object.fromEntries(keys.map((name) => [name, rule(name)])) as Record<N, R>;
}

export const unaryRules = rows(unaryOps, unary) as { readonly [K in UnaryName]: Rule<K> };
export const binaryRules = rows(binaryOps, binary) as { readonly [K in BinaryName]: Rule<K> };
