// Where a run is saved, and whether that can work before hours are spent on it.

import { accessSync, constants } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { Diagnostic } from "@netwright/lang";
import { bundleToFiles } from "@netwright/runtime";
import { readRun, writeRun } from "@netwright/runtime/node";
import { accept, type Checked, fromOutcome, fromRuntime, runName, type TrainedRun } from "netwright";
import { pathKind } from "../project/path-kind.ts";

/** Saves to `place`, or into `folder` under the name of the run; gives the path of the run. */
export async function saveRun(
  { bundle, program }: TrainedRun,
  where: { readonly folder: string } | { readonly place: string },
): Promise<Checked<string>> {
  const named = "place" in where ? where.place : join(where.folder, runName(bundle.record));
  const partial = bundle.record.status === "interrupted" || bundle.record.status === "non_finite";
  // The same training again, and this time not to its end: the whole run is not given up for that.
  const directory = partial && (await isWhole(named)) ? `${named}-${bundle.record.status}` : named;
  const written = fromOutcome(await writeRun(directory, bundleToFiles(bundle, program.state)));
  return written.ok ? accept(directory) : written;
}

async function isWhole(directory: string): Promise<boolean> {
  const run = await readRun(directory);
  return run.ok && (run.value.record.status === "completed" || run.value.record.status === "stopped_early");
}

/** Why nothing can be saved into `folder`, as far as that can be told without touching it. */
export function unwritable(folder: string): Diagnostic | null {
  const existing = nearestExisting(resolve(folder));
  const otherwise = "Choose another folder with `--out`.";
  if (pathKind(existing) !== "directory") {
    return fromRuntime({
      code: "NW0832",
      message: `Runs cannot be saved to \`${folder}\`: \`${existing}\` is a file.`,
      notes: [otherwise],
    });
  }
  try {
    accessSync(existing, constants.W_OK | constants.X_OK);
    return null;
  } catch {
    return fromRuntime({
      code: "NW0831",
      message: `Runs cannot be saved to \`${folder}\`: writing to \`${existing}\` is not permitted.`,
      notes: [otherwise],
    });
  }
}

function nearestExisting(path: string): string {
  return pathKind(path) !== null || dirname(path) === path ? path : nearestExisting(dirname(path));
}
