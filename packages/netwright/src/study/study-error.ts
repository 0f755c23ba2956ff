// A study that a run has ended: the mistake, and with it all that was done before.

import { NetwrightError } from "../netwright-error.ts";
import type { Study } from "./study.ts";

export class StudyError extends NetwrightError {
  /** The runs that are done; `dispose` of it frees them, and `resume` of another study takes it. */
  readonly study: Study;
  constructor({ diagnostics, sources }: Pick<NetwrightError, "diagnostics" | "sources">, study: Study) {
    super(diagnostics, sources);
    this.name = "StudyError";
    this.study = study;
  }
}
