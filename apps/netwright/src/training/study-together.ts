// How good the models of a study are together, on the rows that they have not learned: of seeds, what they predict together for
// the test rows; of folds, what is predicted for each row by the models that had it among their test rows.

import type { Diagnostic } from "@netwright/lang";
import type { Metrics } from "@netwright/runtime";
import {
  accept,
  type Checked,
  fromOutcome,
  type ModelsTogether,
  openTogether,
  type PlannedRun,
  projectWarning,
  type RowsOfModels,
  readStudyModels,
  type StudyRecord,
  savedModels,
  withIntervals,
  writeStudy,
} from "netwright";
import { guarded } from "../project/open-run.ts";
import { threadsOf } from "../usage/options.ts";
import type { OpenedStudy, StudyOptions } from "./open-study.ts";

/**
 * What all models know together of how far off they are, put into the record of the study, where the file asks for it: from the
 * validation rows, which runs of one deal of the rows share. What is given is why there is nothing of it: what is wrong with
 * the models or with the place of the record, and NW0857, a warning, where these rows do not tell.
 */
export async function learnedTogether(
  study: OpenedStudy,
  record: StudyRecord,
  directory: string | null,
  options: StudyOptions,
): Promise<readonly Diagnostic[]> {
  const { status, keep, plan, intervals } = record;
  const { model, prepared } = study.project;
  const isAsked = model?.report?.spread === "runs" && plan.folds === null && plan.seeds.length > 1;
  if (!isAsked || intervals !== undefined || status !== "completed" || !keep || directory === null) return [];
  if (prepared === undefined) return [];
  const learned = await guarded(async (): Promise<Checked<unknown>> => {
    const opened = await openedTogether(study, directory, options);
    if (!opened.ok) return opened;
    try {
      const found = await opened.value.learnIntervals(prepared.splits.validation);
      if (found === null) return accept(null, [nothingLearned()]);
      return fromOutcome(await writeStudy(directory, withIntervals(record, found)));
    } finally {
      opened.value.dispose();
    }
  });
  return learned.diagnostics;
}

function nothingLearned(): Diagnostic {
  return projectWarning(
    "NW0857",
    "no interval as wide as the runs of the study are apart can be learned from the validation rows",
    [
      "For too many of them all models predict the same, or one of the models has no interval of its own.",
      "What the models predict together has the means of their own ends, where all have some.",
    ],
  );
}

/** Null where no models are kept, where one of them is elsewhere, and without test rows. */
export async function testedTogether(
  study: OpenedStudy,
  { status, keep, runs }: StudyRecord,
  directory: string | null,
  options: StudyOptions,
): Promise<Metrics | null> {
  if (status !== "completed" || !keep || runs.length < 2 || directory === null) return null;
  const measured = await guarded(() => measure(study, runs, directory, options));
  return measured.ok ? measured.value : null;
}

async function measure(
  study: OpenedStudy,
  runs: readonly PlannedRun[],
  directory: string,
  options: StudyOptions,
): Promise<Checked<Metrics | null>> {
  const groups = await groupsOf(study, runs);
  if (!groups.ok || groups.value.length === 0) return groups.ok ? accept(null) : groups;
  const opened = await openedTogether(study, directory, options);
  if (!opened.ok) return opened;
  try {
    const evaluated = await opened.value.evaluateApart(groups.value);
    return evaluated.ok ? accept(evaluated.value.evaluation.metrics) : evaluated;
  } finally {
    opened.value.dispose();
  }
}

async function openedTogether(
  study: OpenedStudy,
  directory: string,
  options: StudyOptions,
): Promise<Checked<ModelsTogether>> {
  const models = await readStudyModels(directory);
  if (!models.ok) return models;
  const saved = await savedModels(models.value.runs);
  if (!saved.ok) return saved;
  const limits = { ...threadsOf(options), rows: 1 };
  return openTogether(models.value, saved.value, study.backend, limits);
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
