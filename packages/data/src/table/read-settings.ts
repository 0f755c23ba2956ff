// What a `data` section may say of how its table is written. What it leaves open is found out.

import type { NumberFormat } from "./number-text.ts";

/** What stands between two values; a blank is any number of blanks and tabs. */
export type Separator = "," | ";" | "\t" | "|" | " ";

export interface ReadSettings {
  readonly separator?: Separator | undefined;
  readonly decimal?: NumberFormat["decimal"] | undefined;
  readonly thousands?: NumberFormat["thousands"] | undefined;
  /** Whether the first record holds the names of the columns. */
  readonly header?: boolean | undefined;
  /** Lines above the header, which are left out. */
  readonly skip?: number | undefined;
  /** The sheet of a workbook, by its name. */
  readonly sheet?: string | undefined;
  /** Whether the first sheet will do where there is none of that name, as in another workbook than that of the training. */
  readonly anySheet?: boolean | undefined;
  /** What the column is called that says of each row which file it is from. */
  readonly fileColumn?: string | undefined;
  /** What the column is called that says in which folder it is. */
  readonly folderColumn?: string | undefined;
  /** Words and numbers that stand for missing values, beside those that everyone knows. */
  readonly missingWords?: readonly string[] | undefined;
}
