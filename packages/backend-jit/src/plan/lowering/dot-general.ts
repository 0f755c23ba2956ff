// A product: a contraction, which elementwise operations on its result may join.

import type { Op } from "@netwright/ir";
import {
  contractionOperand,
  type OperandRuns,
  operandDimensions,
  operandRuns,
  transposedRuns,
} from "../contraction.ts";
import { contractionDraft } from "../draft.ts";
import type { ContractionOperand } from "../kernel.ts";
import { transposeBox } from "../movement.ts";
import type { LoweringContext } from "./context.ts";
import { type LoweringRule, operandOf, resultOf } from "./rule.ts";

export const dotGeneral: LoweringRule<"dot_general"> = (context, op) => {
  const left = contracted(context, op, "lhs");
  const right = contracted(context, op, "rhs");
  const [rows, columns] = [left.runs.free.size, right.runs.free.size];
  // A product of a matrix and a vector runs along the matrix; the sums are the same.
  const swap = columns < rows && columns === 1;
  const [first, second] = swap ? [right, left] : [left, right];
  const result = context.define(resultOf(op));
  context.grouping.addContraction(
    contractionDraft({
      kind: "contraction",
      batch: left.runs.batch.size,
      rows: swap ? columns : rows,
      columns: swap ? rows : columns,
      inner: left.runs.inner.size,
      lhs: first.operand,
      rhs: second.operand,
      result,
    }),
  );
};

function contracted(
  context: LoweringContext,
  op: Op<"dot_general">,
  side: "lhs" | "rhs",
): { readonly operand: ContractionOperand; readonly runs: OperandRuns } {
  const source = context.source(operandOf(op, side === "lhs" ? 0 : 1));
  const { type } = source;
  const dimensions = operandDimensions(op.attributes, side, type.shape.length);
  const direct = operandRuns(type, dimensions);
  if (direct !== undefined) return { operand: contractionOperand(source.buffer, direct), runs: direct };
  const { permutation, runs } = transposedRuns(type, dimensions);
  const buffer = context.copy(type, [transposeBox(source, permutation)]);
  return { operand: contractionOperand(buffer, runs), runs };
}
