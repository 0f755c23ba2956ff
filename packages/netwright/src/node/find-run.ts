// A run of a file to compare with: of the same rows, encoded as they are now.

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { isWhole } from "@netwright/runtime";
import { readRun } from "@netwright/runtime/node";
import { fromOutcome } from "../api/train.ts";
import type { RunOfFile } from "../baselines/baselines.ts";
import { bestBy, comparisonOf } from "../baselines/main-metric.ts";
import { projectError } from "../project/diagnostics.ts";
import { accept, type Checked, reject } from "../project/result.ts";
import { measureOf } from "../training/measure.ts";
import { irHashOf, rowsHash } from "../training/plan-run.ts";
import type { Trainable } from "../training/trained-run.ts";

/** The run that was asked for. Problems: NW0848 for one of other rows or that is not whole, and those of a run that is read. */
export async function namedRun(place: string, { prepared }: Trainable): Promise<Checked<RunOfFile>> {
  const read = fromOutcome(await readRun(place));
  if (!read.ok) return read;
  const { record } = read.value;
  if (!isWhole(record))
    return refuse(`the run \`${place}\` did not come to its end`, "Go on with it, or train anew.");
  if (record.hash.data !== rowsHash(prepared)) {
    const message = `the run \`${place}\` was measured on other rows than the file has now, or on rows that were encoded otherwise`;
    return refuse(message, "Name a run of this file, with the same settings of `data`; or train it anew.");
  }
  return accept({ place, splits: record.splits });
}

function refuse(message: string, note: string): Checked<never> {
  return reject([projectError("NW0848", message, [note], undefined)]);
}

/**
 * Of the runs in the folder that have the name of the model, are whole, of these rows and of the network and training that the file has
 * now, the best on the validation rows, or where there are none on the training rows; of equally good ones the first by name. Null
 * where there is none; one that cannot be read is passed over.
 */
export async function bestRunIn(
  folder: string,
  { project, model, train, prepared }: Trainable,
): Promise<RunOfFile | null> {
  const wanted = {
    data: rowsHash(prepared),
    ir: irHashOf(model, train, prepared, project.catalog),
  };
  const found: RunOfFile[] = [];
  for (const name of namesIn(folder)) {
    if (!name.startsWith(`${model.name}-`)) continue;
    const place = join(folder, name);
    const read = await readRun(place);
    if (!read.ok) continue;
    const { record } = read.value;
    const { data, ir } = record.hash;
    if (isWhole(record) && data === wanted.data && ir === wanted.ir)
      found.push({ place, splits: record.splits });
  }
  const { metrics } = measureOf(model, prepared.encoders, project.catalog);
  const comparison = comparisonOf(model, metrics, project.catalog);
  const measured = ({ splits }: RunOfFile) => (splits.validation ?? splits.train)?.metrics ?? null;
  const best = comparison === null ? undefined : bestBy(comparison.main, found, measured);
  return best ?? found[0] ?? null;
}

/** Without a folder there are none. */
function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}
