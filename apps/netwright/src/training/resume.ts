// An interrupted run as something to train: its own source, settings and backend, and the data as it is now.

import { accept, type Checked, type InterruptedRun, type Project, readInterrupted } from "netwright";
import { readAgain } from "../project/read-again.ts";
import type { SharedByRuns } from "../project/read-project.ts";

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
  const opened = await readAgain(interrupted.model, resumed, { file, remedy: MOVED, allow, ...shared });
  if (!opened.ok) return opened;
  return accept({ ...opened.value, interrupted, resumed, backend: interrupted.record.backend.name });
}

const MOVED =
  "If the `.net` file and its data have moved, say where they are: `netwright train FILE --resume RUN`.";
