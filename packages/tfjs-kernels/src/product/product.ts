// A product of two stacks of matrices, perhaps with bias and relu, in the form that the device runs best.
//
// Where BatchMatMul is slow with transposed operands (XNNPACK takes it only without), operands are
// transposed beforehand, and A B may be computed as (B^T A^T)^T when that moves fewer elements: XNNPACK
// packs the second operand anew whenever it is a new tensor, so for g W^T the small g^T is packed instead
// of the large W^T. The packed form is kept by XNNPACK under the identity of the second operand alone,
// whatever its shape, until that tensor is freed; hence `packable`.

import { at, type Op, type TensorType } from "@netwright/ir";
import type { Ref } from "../plan/plan.ts";
import type { Planner } from "../plan/planner.ts";
import { transposed } from "../rules/movement.ts";
import { operandOf, typeOf } from "../rules/rule.ts";
import { costOf, liesIn, matrices, type Side, sideOf } from "./side.ts";

export interface Epilogue {
  /** [free rhs] */
  readonly bias: Ref;
  readonly relu: boolean;
}

/** Without `epilogue` the plain product; with it, the operation has no batching dimensions. */
export function product(op: Op<"dot_general">, planner: Planner, epilogue?: Epilogue): Ref {
  const { lhsBatching, rhsBatching, lhsContracting, rhsContracting } = op.attributes;
  const lhs = sideOf(operandOf(op, 0), lhsBatching, lhsContracting);
  const rhs = sideOf(operandOf(op, 1), rhsBatching, rhsContracting);
  const type = typeOf(op);
  if (lhs.contracted === 0 && epilogue === undefined)
    return planner.constant({ dtype: "f32", shape: [] }, [0]);
  if (planner.device.profile.transposedOperands === "flags") {
    const [transposeA, transposeB] = [
      !liesIn(lhs, "rows") && liesIn(lhs, "columns"),
      liesIn(rhs, "rows") && !liesIn(rhs, "columns"),
    ];
    const a = matrices(lhs, transposeA ? "columns" : "rows", planner);
    const b = matrices(rhs, transposeB ? "rows" : "columns", planner);
    return multiply(a, b, { transposeA, transposeB }, type.shape, planner, epilogue);
  }
  const straight = { transposeA: false, transposeB: false };
  if (epilogue === undefined && lhs.batch === 1 && isBetterSwapped(lhs, rhs, planner)) {
    const a = matrices(rhs, "rows", planner);
    const b = packable(matrices(lhs, "columns", planner), planner);
    const flipped = multiply(a, b, straight, [rhs.free, lhs.free], planner);
    return planner.reshape(transposed(flipped, [1, 0], planner), type.shape);
  }
  const a = matrices(lhs, "rows", planner);
  const b = matrices(rhs, "columns", planner);
  return multiply(a, lhs.batch === 1 ? packable(b, planner) : b, straight, type.shape, planner, epilogue);
}

/** Compares the elements that are transposed or packed. */
function isBetterSwapped(lhs: Side, rhs: Side, planner: Planner): boolean {
  const packing = (side: Side): number => {
    const kept = planner.persistent.has(planner.value(side.value).slot) && liesIn(side, "columns");
    return kept ? 0 : side.free * side.contracted;
  };
  const result = lhs.free === 1 || rhs.free === 1 ? 0 : lhs.free * rhs.free;
  const asWritten = costOf(lhs, "rows") + costOf(rhs, "columns") + packing(rhs);
  const swapped = costOf(rhs, "rows") + costOf(lhs, "columns") + packing(lhs) + result;
  return swapped < asWritten;
}

/**
 * The matrix in a slot that is never the second operand under another shape: its own if it is a matrix
 * under the shape in which it came to be, else a copy.
 */
function packable(ref: Ref, planner: Planner): Ref {
  const [, rows = 0, columns = 0] = ref.type.shape;
  const matrix = planner.reshape(ref, [rows, columns]);
  return planner.reshape(planner.isOriginal(matrix) ? matrix : planner.copy(matrix), ref.type.shape);
}

function multiply(
  a: Ref,
  b: Ref,
  flags: { readonly transposeA: boolean; readonly transposeB: boolean },
  shape: readonly number[],
  planner: Planner,
  epilogue?: Epilogue,
): Ref {
  const type = { dtype: "f32", shape } as const;
  if (planner.hasFixedShapes) return multiplyFixed(a, b, flags, type, planner, epilogue);
  if (epilogue === undefined) return planner.kernel("BatchMatMul", ["a", "b"], [a, b], flags, type);
  const activation = epilogue.relu ? "relu" : "linear";
  const attrs = { ...flags, activation, leakyreluAlpha: 0 };
  return planner.kernel("_FusedMatMul", ["a", "b", "bias"], [a, b, epilogue.bias], attrs, type);
}

/** `place` counts from the last one back. */
function sizeAt({ type: { shape } }: Ref, place: number): number {
  return at(shape, shape.length + place);
}

/** The same where shapes are part of tensors: single matrices as such, and the result reshaped afterwards. */
function multiplyFixed(
  a: Ref,
  b: Ref,
  flags: { readonly transposeA: boolean; readonly transposeB: boolean },
  type: TensorType,
  planner: Planner,
  epilogue: Epilogue | undefined,
): Ref {
  const isSingle = a.type.shape[0] === 1 && b.type.shape[0] === 1;
  const [lhs, rhs] = [a, b].map((ref) =>
    isSingle ? planner.reshape(ref, ref.type.shape.slice(1)) : ref,
  ) as [Ref, Ref]; // map keeps the length
  const rows = sizeAt(lhs, flags.transposeA ? -1 : -2);
  const columns = sizeAt(rhs, flags.transposeB ? -2 : -1);
  const made = { dtype: type.dtype, shape: [...lhs.type.shape.slice(0, -2), rows, columns] };
  const contracted = lhs.type.shape.at(flags.transposeA ? -2 : -1);
  if (epilogue === undefined && isSingle && contracted === 1) {
    // A column times a row is a multiplication that repeats both, several times as fast.
    const [column, row] = [planner.reshape(lhs, [rows, 1]), planner.reshape(rhs, [1, columns])];
    return planner.reshape(planner.kernel("Multiply", ["a", "b"], [column, row], {}, made), type.shape);
  }
  if (epilogue === undefined) {
    const name = isSingle ? "MatMul" : "BatchMatMul";
    return planner.reshape(planner.kernel(name, ["a", "b"], [lhs, rhs], flags, made), type.shape);
  }
  const attrs = { ...flags, activation: epilogue.relu ? "relu" : "linear", leakyreluAlpha: 0 };
  const inputs = [lhs, rhs, epilogue.bias];
  return planner.reshape(planner.kernel("_FusedMatMul", ["a", "b", "bias"], inputs, attrs, made), type.shape);
}
