// Early stopping on the validation loss, as a pure function from one epoch to the next.

import type { BestWeights, Progress } from "./checkpoint.ts";

export interface StopRule {
  /** Epochs without an improvement after which training stops; 0 and 1 both stop at the first. */
  readonly patience: number;
  /** An epoch counts as better when its loss is below the best by more than this. */
  readonly minDelta: number;
}

export interface StopDecision {
  readonly best: BestWeights | null;
  readonly waited: number;
  readonly improved: boolean;
  readonly stop: boolean;
}

/** Whether training has stopped by the rule, as a checkpoint knows it. */
export function hasStopped({ patience }: StopRule, { waited }: Pick<Progress, "waited">): boolean {
  return waited > 0 && waited >= patience;
}

/** `weights` is called only when the epoch is the best so far. */
export function decideStop(
  rule: StopRule,
  { best, waited }: Pick<Progress, "best" | "waited">,
  epoch: number,
  loss: number,
  weights: () => BestWeights["weights"],
): StopDecision {
  if (best === null || loss < best.loss - rule.minDelta) {
    return { best: { epoch, loss, weights: weights() }, waited: 0, improved: true, stop: false };
  }
  const longer = waited + 1;
  return { best, waited: longer, improved: false, stop: hasStopped(rule, { waited: longer }) };
}
