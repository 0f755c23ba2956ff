// Why no model can be drafted for a table: one of few causes, each with a code of its own in the command.

export type RefusalCause =
  /** The target that was named does not exist or cannot be predicted, or no column can be. */
  | "no-target"
  /** The likely target holds words that are no classes: they name the rows, or are too many. */
  | "words"
  /** The likely target holds numbers, but not in every cell. */
  | "odd-cells"
  /** No column is left beside the target that says something. */
  | "no-features"
  | "few-rows";

export interface Refusal {
  readonly ok: false;
  readonly cause: RefusalCause;
  readonly problem: string;
  readonly remedies: readonly string[];
}

export function refused(cause: RefusalCause, problem: string, ...remedies: readonly string[]): Refusal {
  return { ok: false, cause, problem, remedies };
}
