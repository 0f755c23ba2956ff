// dot_general as a batch of plain products: result[b, i, j] = sum over k of lhs[b, i, k] rhs[b, j, k], where each
// operand has one stride for each of its three indices. An operand for which that is not so is transposed first.

import { type Attributes, at, type TensorType } from "@netwright/ir";
import type { BufferId, ContractionOperand } from "./kernel.ts";
import { mergeDimensions, type Run } from "./strides.ts";

/** Batch, free and contracted indices of one operand. */
export interface OperandRuns {
  readonly batch: Run;
  readonly free: Run;
  readonly inner: Run;
}

export interface OperandDimensions {
  readonly batching: readonly number[];
  readonly free: readonly number[];
  readonly contracting: readonly number[];
}

export function operandDimensions(
  attributes: Attributes["dot_general"],
  side: "lhs" | "rhs",
  rank: number,
): OperandDimensions {
  const batching = side === "lhs" ? attributes.lhsBatching : attributes.rhsBatching;
  const contracting = side === "lhs" ? attributes.lhsContracting : attributes.rhsContracting;
  const free = Array.from({ length: rank }, (_, d) => d).filter(
    (d) => !batching.includes(d) && !contracting.includes(d),
  );
  return { batching, free, contracting };
}

/** The strides of the operand as it is, or undefined where it must be transposed. */
export function operandRuns({ shape }: TensorType, dimensions: OperandDimensions): OperandRuns | undefined {
  const batch = mergeDimensions(shape, dimensions.batching);
  const free = mergeDimensions(shape, dimensions.free);
  const inner = mergeDimensions(shape, dimensions.contracting);
  return batch && free && inner ? { batch, free, inner } : undefined;
}

/** The permutation to [batching, free, contracting], and the strides afterwards. */
export function transposedRuns(
  { shape }: TensorType,
  { batching, free, contracting }: OperandDimensions,
): { readonly permutation: readonly number[]; readonly runs: OperandRuns } {
  const count = (dimensions: readonly number[]): number =>
    dimensions.reduce((size, d) => size * at(shape, d), 1);
  const [rows, columns] = [count(free), count(contracting)];
  return {
    permutation: [...batching, ...free, ...contracting],
    runs: {
      batch: { size: count(batching), stride: rows * columns },
      free: { size: rows, stride: columns },
      inner: { size: columns, stride: 1 },
    },
  };
}

export function contractionOperand(
  buffer: BufferId,
  { batch, free, inner }: OperandRuns,
): ContractionOperand {
  return { buffer, batch: batch.stride, free: free.stride, inner: inner.stride };
}
