// What a file expects, held against all runs of a study: against the mean, as one run may be lucky.

import { at } from "@netwright/definitions";
import { isMet, type Verdict } from "../training/expectations.ts";
import { type Spread, spreadOf } from "./spread.ts";

export interface StudyExpectation extends Spread {
  /** As it stands in the file: `test.r2 > 0.88`. */
  readonly text: string;
  /** Whether the mean over the runs meets it; not where the metric of a run is not defined. */
  readonly passed: boolean;
  /** How many of the runs meet it by themselves. */
  readonly met: number;
}

/** `runs` are the verdicts of each run, which are about the same expectations; interrupted ones have none. */
export function studyExpectations(runs: readonly (readonly Verdict[])[]): readonly StudyExpectation[] {
  const judged = runs.filter((verdicts) => verdicts.length > 0);
  const [first = []] = judged;
  return first.map(({ expected, outcome: { text } }, i) => {
    const outcomes = judged.map((verdicts) => at(verdicts, i).outcome);
    const spread = spreadOf(outcomes.map(({ value }) => value));
    const isDefined = spread.mean !== null && !spread.values.includes(null);
    return {
      text,
      passed: isDefined && spread.mean !== null && isMet(expected, spread.mean),
      met: outcomes.filter(({ passed }) => passed).length,
      ...spread,
    };
  });
}
