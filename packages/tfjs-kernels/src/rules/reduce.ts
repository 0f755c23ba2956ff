// reduce: f32 by the tfjs kernels; sums over the rows of a matrix as a product where the profile says so.

import { type NumericReduceKind, reduction, sizeOf } from "@netwright/ir";
import { reduceBody } from "../host/reduce.ts";
import { operandOf, type Rule, typeOf } from "./rule.ts";

/** The kernel, and under which name it takes the dimensions. */
const KERNELS = {
  sum: ["Sum", "axis"],
  product: ["Prod", "axis"],
  max: ["Max", "reductionIndices"],
  min: ["Min", "axis"],
} as const satisfies { readonly [K in NumericReduceKind]: readonly [string, string] };

/** Below this number of elements the Sum kernel is as fast. */
const WORTH_A_PRODUCT = 4096;

export const reduce: Rule<"reduce"> = (op, planner) => {
  const operand = operandOf(op, 0);
  const { kind, dimensions } = op.attributes;
  const { dtype, shape } = operand.type;
  const type = typeOf(op);
  if (sizeOf(shape) === 0) return [planner.constant(type, [reduction(kind, dtype).identity])];
  const x = planner.full(operand);
  if (dimensions.every((d) => shape[d] === 1)) return [planner.reshape(x, type.shape)];
  const { profile } = planner.device;
  if (kind === "and" || kind === "or" || dtype !== "f32" || profile.onHost.reduce !== undefined) {
    return [planner.host("reduce", [x], type, reduceBody(kind, dtype, shape, dimensions))];
  }
  const [rows = 0, columns = 0] = shape;
  const sumsRows = kind === "sum" && shape.length === 2 && dimensions.length === 1 && dimensions[0] === 0;
  if (sumsRows && profile.sumRowsByProduct && rows * columns >= WORTH_A_PRODUCT && planner.isOriginal(x)) {
    const ones = planner.constant({ dtype, shape: [1, 1, rows] }, [1]);
    const matrix = planner.reshape(x, [1, rows, columns]);
    const attrs = { transposeA: false, transposeB: false };
    return [planner.kernel("BatchMatMul", ["a", "b"], [ones, matrix], attrs, type)];
  }
  const [kernel, field] = KERNELS[kind];
  return [planner.kernel(kernel, ["x"], [x], { [field]: [...dimensions], keepDims: false }, type)];
};
