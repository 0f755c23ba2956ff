// What a training says at its end where the file asks for intervals as wide as runs are apart, and it has made none.

import type { Model } from "@netwright/lang";
import type { StudyRecord } from "netwright";

/** Of a study, or of one run alone; null where there is nothing to say. */
export function runsNote(
  { report }: Pick<Model, "report">,
  study: Pick<StudyRecord, "plan" | "keep"> | null,
): string | null {
  if (report?.spread !== "runs") return null;
  if (study !== null && study.plan.folds !== null)
    return `${ALONE}, as over folds each has validation rows of its own; a study of seeds has them as wide as its runs are apart.`;
  if (study === null || study.plan.seeds.length === 1)
    return `${ALONE}, as one run is apart from nothing; a study has them as wide as its runs are apart: \`--seeds 5 --keep\`.`;
  return study.keep
    ? null
    : `${ALONE}; with \`--keep\` the study has them as wide as its runs are apart, and measures these.`;
}

const ALONE = "`spread: runs`: intervals and their coverage are those of each model alone";
