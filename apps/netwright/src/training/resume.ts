// An interrupted run as something to train: its own source, settings and backend, and the data as it is now.

import type { RunBundle } from "@netwright/runtime";
import { accept, type Checked, type InterruptedRun, type Project, readInterrupted, reject } from "netwright";
import { readProject, type SharedByRuns } from "../project/read-project.ts";
import { type Reopened, reopenRun } from "../project/reopen-run.ts";

export interface Resumed {
  readonly file: string;
  readonly project: Project;
  readonly interrupted: InterruptedRun;
  /** Its directory, which may be another than was asked for. */
  readonly resumed: string;
  /** As recorded: the same bits need the same one. */
  readonly backend: string;
}

/** `file` replaces the sources of the run; that it means the same is checked before training goes on. */
export async function resumeRun(
  directory: string,
  file: string | undefined,
  allow: readonly string[] = [],
  shared: SharedByRuns = {},
): Promise<Checked<Resumed>> {
  const found = await readInterrupted(directory);
  if (!found.ok) return found;
  const { run: interrupted, directory: resumed } = found.value;
  const opened = await reopen(interrupted, resumed, { file, allow, shared });
  if (!opened.ok) return opened;
  return accept({ ...opened.value, interrupted, resumed, backend: interrupted.record.backend.name });
}

interface Where {
  readonly file: string | undefined;
  readonly allow: readonly string[];
  readonly shared: SharedByRuns;
}

async function reopen(
  { model }: RunBundle,
  directory: string,
  { file, allow, shared }: Where,
): Promise<Checked<Reopened>> {
  if (file === undefined) return reopenRun(model, directory, MOVED, { ...shared, allow });
  const overrides = Object.entries(model.overrides).map(([path, value]) => ({ path, value }));
  const read = await readProject(file, overrides, allow, shared);
  return read.ok ? accept({ file, project: read.project }) : reject(read.diagnostics);
}

const MOVED =
  "If the `.net` file and its data have moved, say where they are: `netwright train FILE --resume RUN`.";
