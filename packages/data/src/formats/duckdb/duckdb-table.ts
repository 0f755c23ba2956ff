// A result of DuckDB as a table, column by column while its parts arrive: no row is ever an object.

import { quote } from "@netwright/definitions";
import { type DataProblem, error } from "../../problem/problem.ts";
import { larger } from "../../scan/word-list.ts";
import type { BytesOnDisk } from "../../storage/storage.ts";
import { unclearNames } from "../../table/csv-problems.ts";
import { type NumberFormat, PLAIN_NUMBERS } from "../../table/number-text.ts";
import type { ReadSettings } from "../../table/read-settings.ts";
import type { Column, InexactColumn } from "../../table/table.ts";
import { leftOut, lostDigits, noDates } from "../cannot-read.ts";
import type { FormatOptions, FormatResult } from "../format.ts";
import { numberColumn } from "../number-column.ts";
import { meaningless } from "../read-format.ts";
import { WordCells } from "../word-cells.ts";
import { type DuckDbKind, type DuckDbType, duckDbKind } from "./duckdb-kind.ts";

export interface DuckDbColumn {
  readonly name: string;
  readonly type: DuckDbType;
}

/** Settings of a `data` section that say how a table in text is written, or which sheet or file its rows are from. */
export function unfitForQuery(name: string, settings: ReadSettings): DataProblem[] {
  const { separator, decimal, thousands, header, skip, sheet, fileColumn, folderColumn } = settings;
  const ofFiles = { file_column: fileColumn, folder_column: folderColumn };
  const unfit = { separator, decimal, thousands, header, skip, sheet, ...ofFiles };
  return meaningless(unfit, quote(name), "a database");
}

export class DuckDbTable {
  readonly #name: string;
  readonly #storage: FormatOptions["storage"];
  readonly #numbers: NumberFormat;
  readonly #columns: readonly GrowingColumn[];
  #rows = 0;

  constructor(
    columns: readonly DuckDbColumn[],
    { name, missingWords, storage }: Pick<FormatOptions, "name" | "missingWords" | "storage">,
  ) {
    this.#name = name;
    this.#storage = storage;
    this.#numbers = { ...PLAIN_NUMBERS, missingWords };
    this.#columns = columns.map(({ name, type }) => growing(name, duckDbKind(type)));
  }

  /** The next `rows` rows: `values` gives those of a column, `null` where one is missing, and is asked for what is read. */
  add(rows: number, values: (column: number) => Iterable<unknown>): void {
    this.#rows += rows;
    for (const [i, column] of this.#columns.entries()) column.add?.(values(i));
  }

  result(): FormatResult {
    const columns: Column[] = [];
    const warnings: DataProblem[] = [];
    const inexact: InexactColumn[] = [];
    const storage = this.#storage;
    const isLarge = storage !== undefined && 8 * this.#rows * this.#columns.length > storage.most;
    const disk = isLarge ? storage.bytes : undefined;
    for (const column of this.#columns) {
      if ("what" in column) {
        warnings.push(leftOut(this.#name, column.name, column.what));
        continue;
      }
      const { read, lost, unwritten } = column.end(this.#numbers, disk);
      columns.push(read);
      if (unwritten) warnings.push(noDates(this.#name, column.name));
      if (lost > 0) {
        inexact.push({ name: column.name, rows: lost });
        warnings.push(lostDigits(this.#name, column.name, lost));
      }
    }
    const names = this.#columns.map(({ name }) => name);
    const problems = unclearNames(this.#name, names);
    if (this.#rows === 0) problems.push(noRows(this.#name));
    if (problems.length > 0) return { problems };
    const table = {
      name: this.#name,
      rows: this.#rows,
      columns,
      lines: null,
      numbers: this.#numbers,
      inexact,
    };
    return { table, warnings };
  }
}

function noRows(name: string): DataProblem {
  return error("NW0621", `The query of ${quote(name)} gives no rows.`, {
    notes: ["A network is trained on the rows of its result."],
    setting: "source.query",
  });
}

type GrowingColumn =
  | { readonly name: string; readonly what: string; readonly add?: undefined }
  | {
      readonly name: string;
      readonly add: (values: Iterable<unknown>) => void;
      readonly end: (numbers: NumberFormat, disk?: BytesOnDisk) => EndedColumn;
    };

interface EndedColumn {
  readonly read: Column;
  /** How many of its values have more digits than are exact. */
  readonly lost: number;
  /** Whether a date has no word. */
  readonly unwritten: boolean;
}

function growing(name: string, kind: DuckDbKind): GrowingColumn {
  if (kind.kind === "other") return { name, what: kind.what };
  return kind.kind === "number" ? growingNumbers(name, kind) : growingWords(name, kind);
}

function growingNumbers(name: string, kind: Extract<DuckDbKind, { kind: "number" }>): GrowingColumn {
  let all = new Float64Array(64);
  let [rows, lost] = [0, 0];
  return {
    name,
    add: (values) => {
      for (const value of values) {
        if (rows >= all.length) all = larger(all, Float64Array, rows + 1);
        all[rows++] = value === null ? Number.NaN : kind.read(value);
        if (value !== null && !kind.exact(value)) lost++;
      }
    },
    end: (numbers, disk) => {
      const values = disk === undefined ? all.slice(0, rows) : all.subarray(0, rows);
      return { read: numberColumn(name, values, numbers, disk), lost, unwritten: false };
    },
  };
}

function growingWords(name: string, kind: Extract<DuckDbKind, { kind: "word" }>): GrowingColumn {
  const words = new WordCells(64);
  let lost = 0;
  return {
    name,
    add: (values) => {
      for (const value of values) {
        words.put(value, kind.read);
        if (value !== null && kind.exact?.(value) === false) lost++;
      }
    },
    end: (numbers, disk) => ({ read: words.column(name, numbers, disk), lost, unwritten: words.unwritten }),
  };
}
