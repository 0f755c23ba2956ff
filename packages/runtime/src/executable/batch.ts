// What a function of a program takes for some rows.

import type { TensorData } from "../backend/backend.ts";

/** Arrays by the names that the program gives them, row-major, the rows first. */
export type Feeds = Readonly<Record<string, TensorData>>;

/** One batch serves all functions: each takes the feeds that it names. */
export interface Batch {
  readonly rows: number;
  readonly feeds: Feeds;
}
