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
  return { best, waited: waited + 1, improved: false, stop: waited + 1 >= rule.patience };
}
