// A product of two operands, however they lie: a contraction, which elementwise operations on its result may join.

import type { ContractionOperand } from "../../kernels/contraction.ts";
import type { BufferId } from "../../kernels/rule.ts";
import { contractionDraft } from "../draft.ts";
import { sizeOfRuns } from "../strides.ts";
import type { LoweringContext } from "./context.ts";

export interface Operands {
  readonly lhs: ContractionOperand;
  readonly rhs: ContractionOperand;
}

export function addProduct(context: LoweringContext, { lhs, rhs }: Operands, result: BufferId): void {
  const rows = sizeOfRuns(lhs.free);
  const columns = sizeOfRuns(rhs.free);
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
      result,
    }),
  );
}
