// An operation at a point where its gradient exists and finite differences can find it.

import type { OpName } from "@netwright/ir";
import type { Application } from "../../ops/application.ts";

export interface GradientExample<K extends OpName> {
  readonly variant: string;
  readonly application: Application<K>;
  /** Operands to differentiate by; without it, all f32 ones. */
  readonly wrt?: readonly number[];
}

/** Examples, or the reason why no gradient flows through the operation. */
export type GradientExamples<K extends OpName> = readonly GradientExample<K>[] | string;
