// `train --profile`: whether the backend can, and the times of its kernels once the run is saved.

import type { Diagnostic } from "@netwright/lang";
import { type Backend, canProfile, type Profile } from "@netwright/runtime";
import { accept, type Checked, type Project, profileTraining, type TrainedRun } from "netwright";
import { cliError } from "../usage/codes.ts";
import type { CommonOptions } from "../usage/options.ts";
import type { Session } from "../usage/session.ts";

/** Why there would be no times to show; null where there will be. Known before anything is trained. */
export function cannotProfile(backend: Backend, { quiet, format }: CommonOptions): Diagnostic | null {
  if (quiet === true && format === "text") {
    const message = "`--profile` shows a table, and `--quiet` asks for none";
    return cliError("NW0901", message, "`--format json` gives the times as data, with `--quiet` too.");
  }
  if (canProfile(backend)) return null;
  const message = `the backend ${backend.name} cannot time its kernels, which \`--profile\` asks for`;
  return cliError("NW0901", message, "The backends jit and xla can: `--backend jit --profile`.");
}

/** Null for a training that did not come to its end, and for a backend that cannot. */
export async function profileRun(
  session: Session,
  project: Project,
  run: TrainedRun,
  backend: Backend,
  threads: number | undefined,
): Promise<Checked<Profile | null>> {
  const { status } = run.result;
  if (!canProfile(backend) || status === "interrupted" || status === "non_finite") return accept(null);
  session.say("Timing a training step");
  return profileTraining(project, run, backend, threads === undefined ? {} : { threads });
}
