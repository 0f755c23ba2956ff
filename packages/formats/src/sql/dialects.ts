// Four databases: how each spells numbers, texts and names, and how much it holds. Measured with Postgres 15, DuckDB 1.4 to 2.0,
// SQLite 3.40 and ClickHouse 26.9.

import type { Arithmetic } from "../dense/arithmetic.ts";
import type { DialectName } from "./dialect-names.ts";

export interface Dialect {
  readonly title: string;
  readonly number: (value: number) => string;
  readonly text: (value: string) => string;
  readonly name: (value: string) => string;
  readonly infinity: string;
  /** A cell of a column of numbers, NULL where it is missing: NaN and, of texts, the empty one are. What is no number is infinite, or an error. */
  readonly numberCell: (column: string) => string;
  readonly textCell: (column: string) => string;
  /** Whether a step takes all columns before it along, as where a query that is used twice is run twice. */
  readonly takesAlong: boolean;
  /** Behind the name of each step: a database that would put the step into the next one computes the first layer once for each path to the last. */
  readonly as: string;
  readonly greatest: string;
  /** Of columns that may be NULL. */
  readonly numberType: string;
  readonly textType: string;
  /** Behind the columns of a table. */
  readonly tableEnd: string;
  readonly hasErf: boolean;
  /** Of the largest step; what happens beyond. */
  readonly widest: { readonly width: number; readonly because: string };
  /** Of the whole query, in bytes; null for no limit that matters. */
  readonly longest: number | null;
  /** Bytes of a name; null for no limit that matters. */
  readonly longestName: number | null;
}

/** Every dialect takes it as a double, SQLite for its exponent. */
function withExponent(value: number): string {
  const text = String(value);
  const told = text.includes("e") ? text : `${text}e0`;
  return value < 0 ? `(${told})` : told;
}

const quoted = (value: string): string => `'${value.replaceAll("'", "''")}'`;
const named = (value: string): string => `"${value.replaceAll('"', '""')}"`;
const escaped = (value: string): string => value.replaceAll("\\", "\\\\");

export const DIALECTS = {
  postgres: {
    title: "PostgreSQL",
    number: (value) => `'${value}'::float8`,
    text: quoted,
    name: named,
    infinity: "'Infinity'::float8",
    numberCell: (column) => `nullif(cast(${column} as float8), 'NaN')`,
    textCell: (column) => `cast(${column} as text)`,
    takesAlong: false,
    as: "as materialized",
    greatest: "greatest",
    numberType: "float8",
    textType: "text",
    tableEnd: "",
    hasErf: false,
    widest: { width: 1600, because: "PostgreSQL has 1,664 columns in a step" },
    longest: null,
    longestName: 63,
  },
  duckdb: {
    title: "DuckDB",
    number: withExponent,
    text: quoted,
    name: named,
    infinity: "cast('inf' as double)",
    numberCell: (column) => `nullif(cast(${column} as double), cast('nan' as double))`,
    textCell: (column) => `cast(${column} as varchar)`,
    takesAlong: false,
    as: "as materialized",
    greatest: "greatest",
    numberType: "double",
    textType: "varchar",
    tableEnd: "",
    hasErf: false,
    widest: { width: 256, because: "no wider step has been tried in DuckDB" },
    longest: null,
    longestName: null,
  },
  sqlite: {
    title: "SQLite",
    number: withExponent,
    text: quoted,
    name: named,
    infinity: "9e999",
    // A CSV that is imported is text in all columns. A text that is no number would count as 0 in a cast: beside a number it is
    // compared as one where it is one as a whole, and lies above all numbers where it is not.
    numberCell: (column) =>
      `case when typeof(${column}) in ('integer', 'real') then cast(${column} as real) when trim(coalesce(${column}, '')) = '' then null when typeof(${column}) = 'text' and ${column} <= cast(9e999 as real) then cast(${column} as real) else 9e999 end`,
    // Joined to a text, so that the order of texts of the column, which may know no case, is left behind.
    textCell: (column) => `cast(${column} as text) || ''`,
    takesAlong: false,
    as: "as materialized",
    greatest: "max",
    numberType: "real",
    textType: "text",
    tableEnd: "",
    hasErf: false,
    widest: { width: 128, because: "SQLite takes minutes for wider steps" },
    longest: null,
    longestName: null,
  },
  clickhouse: {
    title: "ClickHouse",
    number: withExponent,
    text: (value) => quoted(escaped(value)),
    name: (value) => named(escaped(value)),
    infinity: "inf",
    numberCell: (column) =>
      `if(isNaN(cast(${column} as Nullable(Float64))), null, cast(${column} as Nullable(Float64)))`,
    textCell: (column) => `cast(${column} as Nullable(String))`,
    takesAlong: true,
    as: "as",
    greatest: "greatest",
    numberType: "Nullable(Float64)",
    textType: "Nullable(String)",
    tableEnd: " engine = Memory",
    hasErf: true,
    widest: { width: 64, because: "ClickHouse plans 64 x 2 for 17 seconds, and wider steps for longer" },
    longest: 262_144,
    longestName: null,
  },
} as const satisfies Readonly<Record<DialectName, Dialect>>;

export function arithmeticOf({ number, hasErf }: Dialect): Arithmetic<string> {
  const binary = (op: string) => (a: string, b: string) => `(${a} ${op} ${b})`;
  const call = (name: string) => (x: string) => `${name}(${x})`;
  return {
    number,
    add: binary("+"),
    subtract: binary("-"),
    multiply: binary("*"),
    divide: binary("/"),
    when: (a, comparison, b, then, otherwise) =>
      `case when ${a} ${comparison} ${b} then ${then} else ${otherwise} end`,
    exponential: call("exp"),
    logarithm: call("ln"),
    tanh: call("tanh"),
    root: call("sqrt"),
    erf: hasErf ? call("erf") : null,
  };
}
