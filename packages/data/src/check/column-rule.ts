// What is asked of one column, whether it comes from a plan (training) or from fitted encoders (predicting,
// evaluating); the checks of values take it from here.

import type { MadeImage } from "@netwright/definitions";
import type { NumberContract, WordContract } from "../fitted/contract.ts";
import type { OpenColumn } from "../fitted/open-encoders.ts";
import type { MissingPolicy } from "../missing/policy.ts";
import type { CheckCell, NumberEncoder, WordEncoder } from "../preprocess/encoder.ts";
import type { OpenReading } from "../reading/cell-reading.ts";

export type ColumnRule = NumberRule | WordRule;

export interface NumberRule extends AnyRule {
  readonly kind: "number";
  readonly encoder: NumberEncoder;
  readonly contract: NumberContract;
  /** How its cells say a number; null where they are numbers. */
  readonly reading: OpenReading | null;
}

export interface WordRule extends AnyRule {
  readonly kind: "words";
  readonly encoder: WordEncoder;
  readonly contract: WordContract;
  /** What is wrong with a cell, where the encoder reads cells; null where they are words like any other. */
  readonly check: CheckCell | null;
  /** Whether zeros in front are a part of a word: `01067` is not `1067`. */
  readonly keepsZeros: boolean;
}

interface AnyRule {
  readonly name: string;
  readonly role: "feature" | "target" | "weight" | "teacher";
  /** What is done about missing values. */
  readonly policy: MissingPolicy;
  /** Setting that problems with this column point at; absent outside training. */
  readonly setting?: string;
  /** Setting that states the policy; absent outside training. */
  readonly policySetting?: string;
  /** The image of which it is a pixel; absent where it is none. */
  readonly image?: MadeImage;
  /** One more note for a text found in it. */
  readonly textNote?: string;
}

export function ruleOf(column: OpenColumn, role: ColumnRule["role"]): ColumnRule {
  const image = column.kind === "number" ? column.fitted.image : undefined;
  const part = image === undefined ? {} : { image };
  const rule = { name: column.fitted.name, role, policy: column.policy, ...part };
  return column.kind === "number"
    ? {
        kind: "number",
        ...rule,
        encoder: column.encoder,
        contract: column.fitted.contract,
        reading: column.reading,
      }
    : {
        kind: "words",
        ...rule,
        encoder: column.encoder,
        contract: column.fitted.contract,
        check: column.coding.check ?? null,
        keepsZeros: column.fitted.codes === true,
      };
}
