// The rows of a saved run, from the table that it was trained on: the same ones, or none.

import type { Split } from "@netwright/data";
import type { SplitName } from "@netwright/definitions";
import { type RunBundle, splitsHash } from "@netwright/runtime";
import { accept, type Checked, reject } from "netwright";
import { cliError } from "../usage/codes.ts";
import { reopenRun } from "./reopen-run.ts";

export interface OwnRows {
  readonly split: Split;
  /** The table, as the file of the run names it. */
  readonly source: string;
}

export function ownTestRows(
  bundle: RunBundle,
  directory: string,
  allow: readonly string[],
): Promise<Checked<OwnRows>> {
  return ownRows(bundle, directory, allow, "test");
}

/** Fails where the table is not found, or its rows are not those of the training any more. */
export async function ownRows(
  { model, record }: RunBundle,
  directory: string,
  allow: readonly string[],
  name: SplitName,
): Promise<Checked<OwnRows>> {
  const opened = await reopenRun(model, directory, ELSEWHERE, { allow });
  if (!opened.ok) return opened;
  const { data, prepared, diagnostics, sources } = opened.value.project;
  if (prepared === undefined || data === undefined) return reject(diagnostics, sources);
  if (splitsHash(prepared.splits) !== record.hash.data) {
    const message = `the rows of \`${data.source}\`, as training would get them now, are not those that the run was trained on`;
    return reject([cliError("NW0912", message, ANOTHER)]);
  }
  const split = prepared.splits[name];
  if (split.rows === 0) {
    const message = `the run has no ${name} rows of its own: its split gives them 0%`;
    return reject([cliError("NW0912", message, ANOTHER)]);
  }
  return accept({ split, source: data.source });
}

const ANOTHER = "Name a table with `--data`: all of its rows are measured then.";
const ELSEWHERE =
  "Without `--data`, the table of the run is looked for from the directory in which it was trained; call the command there, or name a table.";
