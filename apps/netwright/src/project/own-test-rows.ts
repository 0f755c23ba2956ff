// The rows of a saved run, from the table that it was trained on: the same ones, or none.

import type { Split } from "@netwright/data";
import type { SplitName } from "@netwright/definitions";
import type { RunBundle } from "@netwright/runtime";
import {
  accept,
  type Checked,
  type RowsOfModels,
  reject,
  rowsHash,
  type StudyModels,
  type TableMemory,
  tableMemory,
} from "netwright";
import { cliError } from "../usage/codes.ts";
import { reopenRun } from "./reopen-run.ts";

/** Of a study: each of its runs has test rows of its own, which several share. */
export interface OwnGroups {
  readonly groups: readonly RowsOfModels[];
  readonly source: string;
}

/** The test rows of each run, which are predicted by the runs that have them as test rows. */
export async function ownTestGroups(
  { runs, directory }: Pick<StudyModels, "runs" | "directory">,
  allow: readonly string[],
): Promise<Checked<OwnGroups>> {
  const memory = tableMemory();
  const found = new Map<string, { readonly split: Split; readonly members: number[] }>();
  let source = "";
  for (const [place, { bundle, entry }] of runs.entries()) {
    // Deals of the rows to folds differ though their rows be the same.
    const key = JSON.stringify([entry.repeat, entry.fold, entry.hash.data]);
    const known = found.get(key);
    if (known !== undefined) {
      known.members.push(place);
      continue;
    }
    const own = await ownTestRows(bundle, directory, allow, memory);
    if (!own.ok) return own;
    source = own.value.source;
    found.set(key, { split: own.value.split, members: [place] });
  }
  return accept({ groups: [...found.values()], source });
}

export interface OwnRows {
  readonly split: Split;
  /** The table, as the file of the run names it. */
  readonly source: string;
}

export function ownTestRows(
  bundle: RunBundle,
  directory: string,
  allow: readonly string[],
  memory?: TableMemory,
): Promise<Checked<OwnRows>> {
  return ownRows(bundle, directory, allow, "test", memory);
}

/** Fails where the table is not found, or its rows are not those of the training any more. */
export async function ownRows(
  bundle: RunBundle,
  directory: string,
  allow: readonly string[],
  name: SplitName,
  memory?: TableMemory,
): Promise<Checked<OwnRows>> {
  const own = await ownSplits(bundle, directory, allow, memory);
  if (!own.ok) return own;
  const { splits, source } = own.value;
  const split = splits[name];
  if (split.rows > 0) return accept({ split, source });
  const message = `the run has no ${name} rows of its own: its split gives them 0%`;
  return reject([cliError("NW0912", message, ANOTHER)]);
}

export interface OwnSplits {
  readonly splits: Readonly<Record<SplitName, Split>>;
  /** The table, as the file of the run names it. */
  readonly source: string;
}

/** All of them; fails as `ownRows` does. */
export async function ownSplits(
  { model, record }: RunBundle,
  directory: string,
  allow: readonly string[],
  memory?: TableMemory,
): Promise<Checked<OwnSplits>> {
  const shared = memory === undefined ? {} : { memory };
  const opened = await reopenRun(model, directory, ELSEWHERE, { allow, ...shared });
  if (!opened.ok) return opened;
  const { data, prepared, diagnostics, sources } = opened.value.project;
  if (prepared === undefined || data === undefined) return reject(diagnostics, sources);
  if (rowsHash(prepared) !== record.hash.data) {
    const message = `the rows of \`${data.source}\`, as training would get them now, are not those that the run was trained on`;
    return reject([cliError("NW0912", message, ANOTHER)]);
  }
  return accept({ splits: prepared.splits, source: data.source });
}

const ANOTHER = "Name a table with `--data`: all of its rows are measured then.";
const ELSEWHERE =
  "Without `--data`, the table of the run is looked for from the directory in which it was trained; call the command there, or name a table.";
