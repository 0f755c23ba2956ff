// A definition with its arguments filled in: `adam(learning_rate: 1e-3)` after checking.

import type { Span } from "../source/span.ts";
import type { Args, Family } from "./param.ts";

export interface Instance {
  readonly family: Family;
  readonly name: string;
  /** Every parameter of the definition is present; defaults are filled in. */
  readonly args: Args;
  /** Where it was written, or the place that asked for it when it is a default. */
  readonly span: Span;
}
