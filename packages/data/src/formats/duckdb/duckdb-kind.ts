// What a column of a result of DuckDB holds, and how one of its values becomes a number or a word, as a column of the same
// type in a Parquet file does. Types by their number in DuckDB's C interface, values as its library for Node gives them:
// https://duckdb.org/docs/stable/clients/node_neo/overview

import { dateText, timestampText, timeText } from "../date-text.ts";
import { decimalNumber, isExact, isExactDecimal } from "../exact.ts";

/** A type of a result; lists have one of their items, decimals a scale. */
export interface DuckDbType {
  readonly typeId: number;
  readonly scale?: number;
  readonly valueType?: DuckDbType;
  /** As SQL writes it. */
  readonly toString: () => string;
}

export type DuckDbKind =
  | {
      readonly kind: "number";
      readonly read: (value: unknown) => number;
      readonly exact: (value: unknown) => boolean;
    }
  | {
      readonly kind: "word";
      readonly read: (value: unknown) => string;
      /** Of lists, whether all of their numbers are. */
      readonly exact?: (value: unknown) => boolean;
    }
  | { readonly kind: "other"; readonly what: string };

const number: DuckDbKind = { kind: "number", read: Number, exact: isExact };
const text: DuckDbKind = { kind: "word", read: String };

export function duckDbKind(type: DuckDbType): DuckDbKind {
  const known = KINDS[type.typeId];
  return known === undefined ? other(type) : known(type);
}

const KINDS: Readonly<Record<number, (type: DuckDbType) => DuckDbKind>> = {
  1: () => text, // BOOLEAN
  2: () => number, // TINYINT
  3: () => number, // SMALLINT
  4: () => number, // INTEGER
  5: () => number, // BIGINT
  6: () => number, // UTINYINT
  7: () => number, // USMALLINT
  8: () => number, // UINTEGER
  9: () => number, // UBIGINT
  10: () => number, // FLOAT
  11: () => number, // DOUBLE
  12: () => timestamps("micros", 1000n, false), // TIMESTAMP
  13: () => ({ kind: "word", read: (value) => dateText(Number(partOf(value, "days"))) }), // DATE
  14: () => times("micros", 1000n), // TIME
  15: () => ({ kind: "other", what: "spans of time (INTERVAL)" }),
  16: () => number, // HUGEINT
  17: () => text, // VARCHAR, JSON
  18: () => ({ kind: "other", what: "bytes (BLOB)" }),
  19: decimals,
  20: () => timestamps("seconds", 1_000_000_000n, false), // TIMESTAMP_S
  21: () => timestamps("millis", 1_000_000n, false), // TIMESTAMP_MS
  22: () => timestamps("nanos", 1n, false), // TIMESTAMP_NS
  23: () => text, // ENUM
  24: lists, // LIST
  25: () => ({ kind: "other", what: "values of several parts (STRUCT)" }),
  26: () => ({ kind: "other", what: "maps (MAP)" }),
  27: () => text, // UUID
  31: () => timestamps("micros", 1000n, true), // TIMESTAMP WITH TIME ZONE
  32: () => number, // UHUGEINT
  33: lists, // ARRAY
  36: () => ({ kind: "number", read: () => Number.NaN, exact: () => true }), // NULL
  39: () => times("nanos", 1n), // TIME_NS
};

function other(type: DuckDbType): DuckDbKind {
  return { kind: "other", what: `values of type ${type}` };
}

function decimals({ scale = 0 }: DuckDbType): DuckDbKind {
  return {
    kind: "number",
    read: (value) => decimalNumber(partOf(value, "value"), scale),
    exact: (value) => isExactDecimal(partOf(value, "value"), scale),
  };
}

function timestamps(part: string, nanoseconds: bigint, isUtc: boolean): DuckDbKind {
  return { kind: "word", read: (value) => timestampText(bigPart(value, part) * nanoseconds, isUtc) };
}

function times(part: string, nanoseconds: bigint): DuckDbKind {
  return { kind: "word", read: (value) => timeText(bigPart(value, part) * nanoseconds) };
}

/** Of numbers, written as a column of `numbers` reads them; nothing stands for an item that is missing. */
function lists(type: DuckDbType): DuckDbKind {
  const items = type.valueType === undefined ? undefined : duckDbKind(type.valueType);
  if (items?.kind !== "number") return { kind: "other", what: `lists of what are no numbers (${type})` };
  const { read, exact } = items;
  return {
    kind: "word",
    read: (value) =>
      `[${itemsOf(value)
        .map((item) => (item === null ? "" : read(item)))
        .join(", ")}]`,
    exact: (value) => itemsOf(value).every((item) => item === null || exact(item)),
  };
}

function itemsOf(value: unknown): readonly unknown[] {
  const items = partOf(value, "items");
  return Array.isArray(items) ? items : [];
}

function bigPart(value: unknown, part: string): bigint {
  const found = partOf(value, part);
  return typeof found === "bigint" ? found : BigInt(Number(found));
}

function partOf(value: unknown, part: string): unknown {
  return typeof value === "object" && value !== null
    ? Object.getOwnPropertyDescriptor(value, part)?.value
    : undefined;
}
