// A derived operation written out in the operations that it means.

import { type DerivedName, derivedOps, isDerivedName } from "../ops/table.ts";
import type { Builder } from "./builder.ts";
import type { AnyOp, Op, Value } from "./program.ts";

export type DerivedOp = { [K in DerivedName]: Op<K> }[DerivedName];

export function isDerived(op: AnyOp): op is DerivedOp {
  return isDerivedName(op.name);
}

/** Emits what the operation means; gives its results. Derived operations may be among what is emitted. */
export function decompose<K extends DerivedName>(builder: Builder, op: Op<K>): readonly Value[] {
  return derivedOps[op.name].decompose(builder, op.operands, op.attributes);
}
