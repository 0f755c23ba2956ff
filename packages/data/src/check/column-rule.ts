// What is asked of one column, whether it comes from a plan (training) or from fitted encoders (predicting,
// evaluating); the checks of values take it from here.

import type { Contract, FittedColumn } from "../fitted/fitted-encoders.ts";
import type { EncoderName } from "../preprocess/encoder.ts";
import type { MissingPolicy } from "../preprocess/missing.ts";

export interface ColumnRule {
  readonly name: string;
  readonly role: "feature" | "target";
  readonly encoder: EncoderName;
  readonly policy: MissingPolicy;
  readonly contract: Contract;
  /** Setting that problems with this column point at; absent outside training. */
  readonly setting?: string;
  /** Setting that states the policy; absent outside training. */
  readonly policySetting?: string;
  /** One more note for a text found in it. */
  readonly textNote?: string;
}

export function ruleOf(column: FittedColumn, role: ColumnRule["role"]): ColumnRule {
  const { name, encoder, missing, contract } = column;
  return { name, role, encoder, policy: missing.policy, contract };
}
