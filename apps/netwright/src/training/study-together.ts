// How good the models of a study are together, on the rows that they have not learned: of seeds, what they predict together for
// the test rows; of folds, what is predicted for each row by the models that had it among their test rows.

import type { Metrics } from "@netwright/runtime";
import {
  accept,
  type Checked,
  openTogether,
  type PlannedRun,
  type RowsOfModels,
  readStudyModels,
  type StudyRecord,
  savedModels,
} from "netwright";
import { guarded } from "../project/open-run.ts";
import { threadsOf } from "../usage/options.ts";
import type { OpenedStudy, StudyOptions } from "./open-study.ts";

/** Null where no models are kept, where one of them is elsewhere, and without test rows. */
export async function testedTogether(
  study: OpenedStudy,
  { status, keep, runs: { length } }: StudyRecord,
  directory: string | null,
  options: StudyOptions,
): Promise<Metrics | null> {
  if (status !== "completed" || !keep || length < 2 || directory === null) return null;
  const measured = await guarded(() => measure(study, directory, options));
  return measured.ok ? measured.value : null;
}

async function measure(
  study: OpenedStudy,
  directory: string,
  options: StudyOptions,
): Promise<Checked<Metrics | null>> {
  const models = await readStudyModels(directory);
  if (!models.ok) return models;
  const { runs } = models.value;
  const saved = await savedModels(runs);
  if (!saved.ok) return saved;
  const groups = await groupsOf(
    study,
    runs.map(({ entry }) => entry),
  );
  if (!groups.ok || groups.value.length === 0) return groups.ok ? accept(null) : groups;
  const limits = { ...threadsOf(options), rows: 1 };
  const opened = await openTogether(models.value, saved.value, study.backend, limits);
  if (!opened.ok) return opened;
  try {
    const evaluated = await opened.value.evaluateApart(groups.value);
    return evaluated.ok ? accept(evaluated.value.evaluation.metrics) : evaluated;
  } finally {
    opened.value.dispose();
  }
}

/** The test rows of each deal of the rows, and the models that had them; none where there are no test rows. */
async function groupsOf(
  study: OpenedStudy,
  runs: readonly PlannedRun[],
): Promise<Checked<readonly RowsOfModels[]>> {
  const groups = new Map<string, RowsOfModels>();
  for (const [place, run] of runs.entries()) {
    const key = JSON.stringify([run.repeat, run.fold]);
    const known = groups.get(key);
    if (known !== undefined) {
      groups.set(key, { ...known, members: [...known.members, place] });
      continue;
    }
    const project = await study.projectOf(run);
    if (!project.ok) return project;
    const { prepared } = project.value;
    if (prepared === undefined || prepared.splits.test.rows === 0) return accept([]);
    groups.set(key, { split: prepared.splits.test, members: [place] });
  }
  return accept([...groups.values()]);
}
