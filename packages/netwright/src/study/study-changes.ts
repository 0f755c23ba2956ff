// Whether the runs of a study that are done are those that would be trained now, or the study would be one of two things.

import type { Diagnostic, Sources } from "@netwright/lang";
import type { Backend } from "@netwright/runtime";
import { fromRuntime } from "../project/diagnostics.ts";
import type { Project } from "../project/open-project.ts";
import { initialWeights } from "../training/initial-weights.ts";
import { planRun, type RunPlan } from "../training/plan-run.ts";
import { sourceTexts } from "../training/trained-run.ts";
import type { PlannedHash } from "./study-record.ts";

/** `null` for a project that cannot be trained: that is said elsewhere. */
export async function planOf(
  { model, prepared, catalog, ...project }: Project,
  backend: Backend,
): Promise<RunPlan | null> {
  if (model === undefined || model.train === null || prepared === undefined) return null;
  const initial = await initialWeights(model, { ...project, catalog });
  if (!initial.ok) return null;
  return planRun(model, model.train, prepared, backend, catalog, initial.value);
}

/**
 * `first` are the hashes of a run, done or planned, and `project` is it opened again; as settings and table are those of all, one
 * tells of all.
 */
export async function studyChange(
  project: Project,
  backend: Backend,
  first: PlannedHash,
): Promise<Diagnostic | null> {
  const plan = await planOf(project, backend);
  if (plan === null || plan.hash.run === first.run) return null;
  const what =
    plan.hash.data !== first.data
      ? "the data has"
      : plan.hash.ir !== first.ir
        ? "the model has"
        : "a setting, the backend or a version has";
  return changed(what);
}

/** Each run opens the file again: its text, and those that it uses, are to be those of the first. */
export function textChange(first: Sources, now: Sources): Diagnostic | null {
  const [before, after] = [sourceTexts(first), sourceTexts(now)];
  return JSON.stringify(before) === JSON.stringify(after) ? null : changed("the file has");
}

function changed(what: string): Diagnostic {
  const message = `The study cannot be gone on with: ${what} changed since it was begun.`;
  const notes = ["Undo the change to resume, or study from the start without `resume`."];
  return fromRuntime({ code: "NW0804", message, notes });
}
