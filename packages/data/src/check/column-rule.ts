// What is asked of one column, whether it comes from a plan (training) or from fitted encoders (predicting,
// evaluating); the checks of values take it from here.

import type { NumberContract, WordContract } from "../fitted/contract.ts";
import type { FittedColumn } from "../fitted/fitted-encoders.ts";

export type ColumnRule = NumberRule | WordRule;

export interface NumberRule extends AnyRule {
  readonly kind: "number";
  readonly contract: NumberContract;
}

export interface WordRule extends AnyRule {
  readonly kind: "words";
  readonly contract: WordContract;
}

interface AnyRule {
  readonly name: string;
  readonly role: "feature" | "target";
  /** The name of its encoder. */
  readonly encoder: string;
  /** The name of what is done about missing values. */
  readonly policy: string;
  /** Setting that problems with this column point at; absent outside training. */
  readonly setting?: string;
  /** Setting that states the policy; absent outside training. */
  readonly policySetting?: string;
  /** One more note for a text found in it. */
  readonly textNote?: string;
}

export function ruleOf(column: FittedColumn, role: ColumnRule["role"]): ColumnRule {
  const { name, encoder, missing } = column;
  const rule = { name, role, encoder, policy: missing.policy };
  return column.kind === "number"
    ? { kind: "number", ...rule, contract: column.contract }
    : { kind: "words", ...rule, contract: column.contract };
}
