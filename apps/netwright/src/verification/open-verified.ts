// What `verify` trains: a `.net` file with its table, or what a run has of both, from the weights of the run.

import type { Override } from "@netwright/lang";
import type { NamedTensors } from "@netwright/runtime";
import { withoutShapes } from "@netwright/runtime";
import { accept, type Checked, type Project, reject } from "netwright";
import { readSavedRun } from "../project/open-run.ts";
import { FIXED_SETTINGS, isTrained } from "../project/read-model.ts";
import { readProject } from "../project/read-project.ts";
import { reopenRun } from "../project/reopen-run.ts";
import { cliError } from "../usage/codes.ts";

export interface Verified {
  readonly project: Project;
  /** Those of a run; null for a file, which begins as its seed says. */
  readonly weights: NamedTensors | null;
}

export async function openVerified(
  path: string,
  overrides: readonly Override[],
  allow: readonly string[] = [],
): Promise<Checked<Verified>> {
  if (!(await isTrained(path))) {
    const read = await readProject(path, overrides, allow);
    return read.ok ? accept({ project: read.project, weights: null }) : reject(read.diagnostics);
  }
  if (overrides.length > 0) return reject([cliError("NW0901", FIXED_SETTINGS)]);
  const saved = await readSavedRun(path);
  if (!saved.ok) return saved;
  const { bundle, study } = saved.value;
  if (study !== null)
    return reject([
      cliError("NW0901", "`verify` begins with the weights of a run, and a study has several", SEVERAL),
    ]);
  const opened = await reopenRun(bundle.model, path, MOVED, { allow });
  return opened.ok
    ? accept({ project: opened.value.project, weights: withoutShapes(bundle.model.weights) })
    : opened;
}

const SEVERAL = "Name one of its runs, or the `.net` file.";
const MOVED =
  "`verify` trains some steps on the table of the run. If it has moved, name the `.net` file that knows where it is: `netwright verify FILE.net`.";
