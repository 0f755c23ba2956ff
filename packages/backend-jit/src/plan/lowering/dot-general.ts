// A product: a contraction, which elementwise operations on its result may join.

import { contractionOperands } from "../contraction.ts";
import { contractionDraft } from "../draft.ts";
import { sizeOfRuns } from "../strides.ts";
import { type LoweringRule, operandOf, resultOf } from "./rule.ts";

export const dotGeneral: LoweringRule<"dot_general"> = (context, op) => {
  const { lhs, rhs } = contractionOperands(
    op.attributes,
    context.source(operandOf(op, 0)),
    context.source(operandOf(op, 1)),
  );
  const [rows, columns] = [sizeOfRuns(lhs.free), sizeOfRuns(rhs.free)];
  // A product of a matrix and a vector runs along the matrix; the sums are the same.
  const swap = columns < rows && columns === 1;
  context.grouping.addContraction(
    contractionDraft({
      kind: "contraction",
      batch: sizeOfRuns(lhs.batch),
      rows: swap ? columns : rows,
      columns: swap ? rows : columns,
      inner: sizeOfRuns(lhs.inner),
      lhs: swap ? rhs : lhs,
      rhs: swap ? lhs : rhs,
      result: context.define(resultOf(op)),
    }),
  );
};
