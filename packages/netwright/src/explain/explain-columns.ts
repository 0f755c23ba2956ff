// What becomes of the columns of a table: how each is encoded, and what is done about values that are missing or new.

import type { OpenColumn, OpenEncoders } from "@netwright/data";
import { sizeOf } from "@netwright/ir";

export interface ColumnRow {
  readonly name: string;
  readonly role: "feature" | "target";
  readonly encoder: string;
  /** How many numbers a row of the column becomes; of an index, below how many it is. */
  readonly size: { readonly numbers: number } | { readonly indices: number };
  /** The rule for missing values, with what it fills in. */
  readonly missing: {
    readonly policy: string;
    readonly fill: number | null;
    /** The same as a cell of a column says it whose cells are no numbers: a date. Absent for others. */
    readonly cell?: string;
  };
  /** What a word is that training has not seen; null of a column of numbers. */
  readonly unknown: "error" | "other" | null;
}

export function explainColumns({ features, target }: OpenEncoders): readonly ColumnRow[] {
  return [
    ...features.map((column) => rowOf(column, "feature")),
    ...target.map((column) => rowOf(column, "target")),
  ];
}

function rowOf(column: OpenColumn, role: ColumnRow["role"]): ColumnRow {
  const { fitted, coding } = column;
  const { output } = coding;
  return {
    name: fitted.name,
    role,
    encoder: fitted.encoder,
    size: output.kind === "index" ? { indices: output.of } : { numbers: sizeOf(output.shape) },
    missing: missingOf(column),
    unknown:
      column.kind === "number" || holdsLists(column)
        ? null
        : role === "feature" && takesAny(column)
          ? "other"
          : "error",
  };
}

function missingOf(column: OpenColumn): ColumnRow["missing"] {
  const { missing } = column.fitted;
  const reading = column.kind === "number" ? column.reading : null;
  return reading === null || missing.fill === null
    ? missing
    : { ...missing, cell: reading.spell(missing.fill) };
}

/** Its cells are numbers, and none of them is a word that may be new. */
function holdsLists(column: OpenColumn): boolean {
  return column.kind === "words" && column.coding.check !== undefined;
}

function takesAny({ coding }: Extract<OpenColumn, { kind: "words" }>): boolean {
  // Longer than all that there are together, so it is none of them.
  return coding.knows(`${coding.words.join("")}?`);
}
