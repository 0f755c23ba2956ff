// What a parameter holds once it is checked: plain data, among it definitions with their arguments filled in.

import type { Span } from "../source/span.ts";

/** What a name may stand for where a definition is expected; one namespace each. */
export type Family =
  | "layer"
  | "activation"
  | "initializer"
  | "regularizer"
  | "constraint"
  | "loss"
  | "optimizer"
  | "schedule"
  | "stop"
  | "checkpoint"
  | "threshold"
  | "encoder"
  | "missing"
  | "column"
  | "splitter"
  | "source";

/** An argument after checking: plain data that survives JSON. */
export type Argument = number | boolean | string | null | Instance | readonly Argument[];
export type Args = Readonly<Record<string, Argument>>;

/** A definition with its arguments filled in: `adam(learning_rate: 1e-3)` after checking. */
export interface Instance {
  readonly family: Family;
  readonly name: string;
  /** Every parameter of the definition is present; defaults are filled in. */
  readonly args: Args;
  /** Where it was written, or the place that asked for it when it is a default. */
  readonly span: Span;
}

/** A definition by its name, wherever it was written. */
export type Chosen = Pick<Instance, "name" | "args">;
