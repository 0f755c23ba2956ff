// What a rule for a threshold is: from which probability on the second of two classes is predicted, by how good the
// cut is on rows whose class is known. Each lives in a file of its own beside this one; `table.ts` gathers them. Whoever
// has trained the weights looks for the best cut; it decides nothing about the weights.

import { type Args, type Documented, definer } from "@netwright/definitions";

/** Rows by their class, the second being the positive one, and by what is predicted; where rows have weights, their sums. */
export interface Cut {
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly falseNegatives: number;
  readonly trueNegatives: number;
}

export interface Threshold extends Documented {
  /** How good it is: the greatest wins. */
  readonly value: (cut: Cut, args: Args) => number;
}

export const defineThreshold = definer<Threshold>({});
