// Where a run is saved, and whether that can work before hours are spent on it.

import { accessSync, constants } from "node:fs";
import { mkdtemp, rmdir } from "node:fs/promises";
import { basename, dirname, join, resolve, sep } from "node:path";
import type { Diagnostic } from "@netwright/lang";
import type { RunFiles } from "@netwright/runtime";
import {
  fromOutcome,
  fromRuntime,
  putRun,
  runName,
  runToFiles,
  runtimeWarning,
  type SavableRun,
} from "netwright";
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
export async function saveRun(run: SavableRun, where: Where, others: Io["folders"]): Promise<SavedRun> {
  const { files, diagnostics } = runToFiles(run);
  const named = "place" in where ? where.place : join(where.folder, runName(run.bundle.record));
  const written = fromOutcome(await putRun(named, run.bundle, files));
  if (written.ok) return { directory: written.value.place, isInPlace: true, diagnostics };
  const other = await savedElsewhere(run, files, basename(named), others);
  if (other === null)
    return { directory: null, isInPlace: false, diagnostics: [...diagnostics, ...written.diagnostics] };
  const found = runtimeWarning("NW0809", `the run is saved to \`${other}\` instead`, [
    moveIt(other, others.temporary),
  ]);
  return { directory: other, isInPlace: false, diagnostics: [...diagnostics, ...written.diagnostics, found] };
}

/** What to do with what is saved at `place`, where that is not where it was to be. */
export function moveIt(place: string, temporary: string): string {
  const soon = place.startsWith(join(temporary, sep))
    ? ": the system empties the folder for temporary files"
    : "";
  return `Move it to where it belongs${soon}.`;
}

/** Below the user's own folder, or else in a new folder for temporary files, which is most often on another disk. */
async function savedElsewhere(
  { bundle }: SavableRun,
  files: RunFiles,
  name: string,
  { home, temporary }: Io["folders"],
): Promise<string | null> {
  const atHome = await putRun(join(home, "netwright-runs", name), bundle, files);
  if (atHome.ok) return atHome.value.place;
  const folder = await mkdtemp(join(temporary, "netwright-runs-")).catch(() => null);
  if (folder === null) return null;
  const other = await putRun(join(folder, name), bundle, files);
  if (other.ok) return other.value.place;
  await rmdir(folder).catch(() => {});
  return null;
}

type Where = { readonly folder: string } | { readonly place: string };

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
