// Baselines of an opened file in Node: with the library of trees that the user has, and a run from the disk.

import { type Baselines, fitBaselines } from "../baselines/baselines.ts";
import { projectError } from "../project/diagnostics.ts";
import type { Project } from "../project/open-project.ts";
import { accept, type Checked, reject } from "../project/result.ts";
import { checkTrainable } from "../training/run-training.ts";
import { bestRunIn, namedRun } from "./find-run.ts";
import { loadTrees } from "./trees/load-trees.ts";

export interface CompareOptions {
  /** The directory of a run of the file. */
  readonly run?: string;
  /** The folder in which one is looked for where none is named. */
  readonly runs?: string;
}

/** Problems: those of the project, NW0611 and NW0612 for a section that is not there, NW0848 where there is nothing to compare. */
export async function baselinesOf(
  project: Project,
  { run: named, runs }: CompareOptions,
): Promise<Checked<Baselines>> {
  const trainable = checkTrainable(project);
  if (!trainable.ok) return trainable;
  const { data, diagnostics, sources } = project;
  const { prepared } = trainable.value;
  const { validation, test } = prepared.splits;
  if (validation.rows + test.rows === 0) {
    const message = "the split gives all rows to training, and none are left to compare models on";
    const note = "Give it a share: `split: { validation: 15%, test: 15% }`.";
    const span = data?.spans["split"] ?? data?.spans["data"];
    return reject([...diagnostics, projectError("NW0848", message, [note], span)], sources);
  }
  const run =
    named !== undefined
      ? await namedRun(named, trainable.value)
      : accept(runs === undefined ? null : await bestRunIn(runs, trainable.value));
  if (!run.ok) return reject([...diagnostics, ...run.diagnostics], sources);
  const baselines = await fitBaselines(trainable.value, { trees: await loadTrees(), run: run.value });
  return accept(baselines, diagnostics, sources);
}
