// What people are told of a definition beside its parameters. Every definition of Netwright itself has all of it, so
// that hover, `netwright help` and the documentation have no gaps.

import type { Definition } from "./catalog.ts";

/** A definition for which nothing is optional. */
export interface Documented extends Definition {
  /** What it computes, in plain text. */
  readonly formula: string;
  /** A line as it stands in a file: a step of a model, a setting of `train`. */
  readonly example: string;
  /** Where formula and defaults come from: a paper by its authors and year, or the library that it agrees with. */
  readonly source: string;
}
