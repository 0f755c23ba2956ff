// What a window of a series is, as a file asks for it and as it is saved with a model.

import type { DayOrder } from "../dates/read-date.ts";
import type { Step } from "./step.ts";

interface Window {
  /** Rows that the network is given. */
  readonly length: number;
  /** Rows from the last of them to the target; at least 1. */
  readonly horizon: number;
  /** The column that says when. */
  readonly order: string;
  /** The columns that tell series apart; none where all rows are one series. */
  readonly by: readonly string[];
}

export interface WindowPlan extends Window {
  /** Whether a gap in time breaks a window, or each row is one step behind the one before. */
  readonly spacing: "regular" | "rows";
  /** Whether rows before the target may be of an earlier split: training before validation before test. */
  readonly border: "closed" | "open";
  /** Rows after which it comes round; null where the calendar is to say so. */
  readonly season: number | null;
}

/** How the column of times is read: as numbers, or as dates whose year may stand last. */
export type TimeKind = "number" | { readonly format: DayOrder | null };

export interface SavedWindow extends Window {
  readonly time: TimeKind;
  /** From one row to the next; null where each row is one step behind the one before, whenever it was. */
  readonly step: Step | null;
  /** Rows after which it comes round; null where nothing says so. */
  readonly season: number | null;
}
