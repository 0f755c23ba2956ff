// What becomes of the columns of a table: how each is encoded, and what is done about values that are missing or new.

import {
  type OpenColumn,
  type OpenEncoders,
  outputOf,
  type SavedInterval,
  type SavedSet,
  type UnknownWords,
  type ValueRange,
} from "@netwright/data";
import { at } from "@netwright/definitions";
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
    readonly fill: number | string | null;
    /** One of the numbers is 1 where the value is missing. Absent where none is. */
    readonly indicator?: true;
    /** What is filled in as a cell of a column says it whose cells are no numbers: a date. Absent for others. */
    readonly cell?: string;
  };
  /**
   * What a word is that training has not seen: an error, none of the words, a missing value, a bucket as any other, or the
   * mean of all; null of a column of numbers, and of lists of them.
   */
  readonly unknown: Exclude<UnknownWords, "read"> | null;
  /** Of a target of two words with a threshold: the second, and the probability from which on it is predicted. */
  readonly threshold?: { readonly word: string; readonly from: number };
  /** Of a target with `clamp`: what predictions are held within. */
  readonly range?: ValueRange;
  /** Of a target: what was learned of how sure its predictions are. */
  readonly interval?: SavedInterval;
  readonly set?: SavedSet;
  readonly temperature?: number;
}

export function explainColumns({ features, target }: OpenEncoders): readonly ColumnRow[] {
  return [
    ...features.map((column) => rowOf(column, "feature")),
    ...target.map((column) => rowOf(column, "target")),
  ];
}

function rowOf(column: OpenColumn, role: ColumnRow["role"]): ColumnRow {
  const { fitted } = column;
  const output = outputOf(column);
  return {
    name: fitted.name,
    role,
    encoder: fitted.encoder,
    size: output.kind === "index" ? { indices: output.of } : { numbers: sizeOf(output.shape) },
    missing: missingOf(column),
    unknown: unknownOf(column, role),
    ...thresholdIn(column),
    ...(column.kind === "number" && column.fitted.range !== undefined ? { range: column.fitted.range } : {}),
    ...reportIn(column),
  };
}

function unknownOf(column: OpenColumn, role: ColumnRow["role"]): ColumnRow["unknown"] {
  if (column.kind === "number") return null;
  const { unknown } = column.coding;
  if (unknown === "read") return null;
  // A class is never an unknown one.
  return role === "feature" ? unknown : "error";
}

function reportIn({ fitted }: OpenColumn): Pick<ColumnRow, "interval" | "set" | "temperature"> {
  if (fitted.kind === "number") return fitted.interval === undefined ? {} : { interval: fitted.interval };
  const { set, temperature } = fitted;
  return { ...(set === undefined ? {} : { set }), ...(temperature === undefined ? {} : { temperature }) };
}

function thresholdIn({ kind, fitted, coding }: OpenColumn): Pick<ColumnRow, "threshold"> {
  if (kind !== "words" || fitted.threshold === undefined) return {};
  return { threshold: { word: at(coding.words, 1), from: fitted.threshold } };
}

function missingOf(column: OpenColumn): ColumnRow["missing"] {
  if (column.kind === "words" || column.reading === null) return column.fitted.missing;
  const { missing } = column.fitted;
  return missing.fill === null ? missing : { ...missing, cell: column.reading.spell(missing.fill) };
}
