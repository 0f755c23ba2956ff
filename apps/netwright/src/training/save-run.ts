// Where a run is saved, and whether that can work before hours are spent on it.

import { accessSync, constants } from "node:fs";
import { mkdtemp, rmdir } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import type { Diagnostic } from "@netwright/lang";
import { bundleToFiles, type RunFiles } from "@netwright/runtime";
import { readRun, writeRun } from "@netwright/runtime/node";
import { fromOutcome, fromRuntime, runName, runtimeWarning, type TrainedRun } from "netwright";
import type { Io } from "../io/io.ts";
import { pathKind } from "../project/path-kind.ts";

export interface SavedRun {
  /** Null where it could not be saved anywhere. */
  readonly directory: string | null;
  /** Whether that is where it was to be. */
  readonly isInPlace: boolean;
  readonly diagnostics: readonly Diagnostic[];
}

/** Saves to `place`, or into `folder` under the name of the run; where that fails, to another folder, rather than lose it. */
export async function saveRun(run: TrainedRun, where: Where, others: Io["folders"]): Promise<SavedRun> {
  const files = bundleToFiles(run.bundle, run.program.state);
  const directory = await placeFor(run, where);
  const written = fromOutcome(await writeRun(directory, files));
  if (written.ok) return { directory, isInPlace: true, diagnostics: [] };
  const other = await savedElsewhere(files, basename(directory), others);
  if (other === null) return { directory: null, isInPlace: false, diagnostics: written.diagnostics };
  const found = runtimeWarning("NW0809", `the run is saved to \`${other}\` instead`, [
    "Move it to where it belongs; folders for temporary files are emptied by the system.",
  ]);
  return { directory: other, isInPlace: false, diagnostics: [...written.diagnostics, found] };
}

/** Below the user's own folder, or else in a new folder for temporary files, which is most often on another disk. */
async function savedElsewhere(
  files: RunFiles,
  name: string,
  { home, temporary }: Io["folders"],
): Promise<string | null> {
  const atHome = join(home, "netwright-runs", name);
  if ((await writeRun(atHome, files)).ok) return atHome;
  const folder = await mkdtemp(join(temporary, "netwright-runs-")).catch(() => null);
  if (folder === null) return null;
  const other = join(folder, name);
  if ((await writeRun(other, files)).ok) return other;
  await rmdir(folder).catch(() => {});
  return null;
}

type Where = { readonly folder: string } | { readonly place: string };

async function placeFor({ bundle }: TrainedRun, where: Where): Promise<string> {
  const named = "place" in where ? where.place : join(where.folder, runName(bundle.record));
  const partial = bundle.record.status === "interrupted" || bundle.record.status === "non_finite";
  // The same training again, and this time not to its end: the whole run is not given up for that.
  return partial && (await isWhole(named)) ? `${named}-${bundle.record.status}` : named;
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
