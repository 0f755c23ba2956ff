// The project of a training that goes on, or that has been done elsewhere: of the texts that it keeps, or of a file that
// takes their place.

import type { ModelFile } from "@netwright/runtime";
import { accept, type Checked, reject } from "netwright";
import { readProject } from "./read-project.ts";
import { type Reopened, type ReopenOptions, reopenRun } from "./reopen-run.ts";

export interface AgainOptions extends ReopenOptions {
  /** In place of the texts; that it means the same is for the caller to check. */
  readonly file: string | undefined;
  /** What to do where the data is not found beside the texts. */
  readonly remedy: string;
}

/** `directory`: of the run, see `reopenRun`. */
export async function readAgain(
  model: Pick<ModelFile, "sources" | "overrides">,
  directory: string,
  { file, remedy, allow = [], ...shared }: AgainOptions,
): Promise<Checked<Reopened>> {
  if (file === undefined) return reopenRun(model, directory, remedy, { ...shared, allow });
  const overrides = Object.entries(model.overrides).map(([path, value]) => ({ path, value }));
  const read = await readProject(file, overrides, allow, shared);
  return read.ok ? accept({ file, project: read.project }) : reject(read.diagnostics);
}
