// The models that a study was to keep and that are not in its folder: which, where they are instead, and how to put them in.

import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { count } from "@netwright/definitions";
import type { Diagnostic } from "@netwright/lang";
import { readRun } from "@netwright/runtime/node";
import { describePlanned, runName, runtimeWarning, type StudyEntry, type StudyRecord } from "netwright";
import type { Io } from "../io/io.ts";
import { shellWord } from "../output/shell-word.ts";
import { pathKind } from "../project/path-kind.ts";

export interface MissingModel {
  readonly entry: StudyEntry;
  /** Where it belongs. */
  readonly run: string;
  /** Where it is; null where it was not found. */
  readonly found: string | null;
}

/**
 * Of the runs that are done. They are looked for where a run is saved that cannot be saved in its place, and in `begun`, the folder
 * that the study had when it began.
 */
export async function missingModels(
  record: StudyRecord,
  directory: string,
  begun: string,
  { home, temporary }: Io["folders"],
): Promise<readonly MissingModel[]> {
  if (!record.keep) return [];
  const missing: MissingModel[] = [];
  for (const entry of record.runs) {
    const name = runName({ name: record.name, hash: entry.hash });
    const run = join(directory, name);
    if (await isModelOf(run, entry)) continue;
    const others = (await namesIn(temporary)).filter((one) => one.startsWith(ELSEWHERE));
    const folders = [begun, join(home, ELSEWHERE), ...others.map((one) => join(temporary, one))];
    missing.push({ entry, run, found: await foundIn(folders, name, entry) });
  }
  return missing;
}

const ELSEWHERE = "netwright-runs";

/** Beside a run that had its name before, one is saved with more behind it. */
async function foundIn(folders: readonly string[], name: string, entry: StudyEntry): Promise<string | null> {
  for (const folder of folders) {
    for (const one of await namesIn(folder)) {
      const place = join(folder, one);
      if ((one === name || one.startsWith(`${name}-`)) && (await isModelOf(place, entry))) return place;
    }
  }
  return null;
}

async function isModelOf(place: string, { hash }: StudyEntry): Promise<boolean> {
  const read = await readRun(place);
  if (!read.ok) return false;
  const { hash: own } = read.value.record;
  return own.run === hash.run && own.weights === hash.weights;
}

async function namesIn(folder: string): Promise<readonly string[]> {
  return (await readdir(folder).catch((): string[] => [])).sort();
}

export function missingWarnings(
  missing: readonly MissingModel[],
  { plan }: StudyRecord,
  directory: string,
): readonly Diagnostic[] {
  const moves = missing.flatMap(({ run, found }) => (found === null ? [] : [moveOf(found, run)]));
  const lost = missing.filter(({ found }) => found === null);
  return [
    ...(moves.length === 0
      ? []
      : [
          runtimeWarning(
            "NW0809",
            `${count(moves.length, "model")} of the study ${moves.length === 1 ? "is" : "are"} saved elsewhere, and it predicts once all are in \`${directory}\``,
            moves,
          ),
        ]),
    ...(lost.length === 0
      ? []
      : [
          runtimeWarning(
            "NW0820",
            `${count(lost.length, "model")} of the study ${lost.length === 1 ? "is" : "are"} missing, and it predicts once all are in \`${directory}\``,
            [
              ...lost.map(({ run, entry }) => `\`${run}\` is not there: ${describePlanned(entry, plan)}.`),
              "Put back what was moved, or study anew with `--keep`: each run comes out with the same bits.",
            ],
          ),
        ]),
  ];
}

function moveOf(found: string, run: string): string {
  const move = `Put it in: \`mv ${shellWord(found)} ${shellWord(run)}\``;
  return pathKind(run) === null ? `${move}.` : `${move}, once what is there by that name is removed.`;
}
