// What a column of a Parquet file holds, and how a value of its physical type becomes a number or a word. The library is
// asked for physical values, as its own conversions cut times to milliseconds toward 0 and lose digits without a word.
// Types: https://github.com/apache/parquet-format/blob/master/LogicalTypes.md

import type { SchemaElement } from "hyparquet";
import { dateText, timestampText, timeText } from "../date-text.ts";
import { decimalNumber, isExact, isExactDecimal } from "../exact.ts";
import { halfOf } from "../half.ts";

export type ParquetKind =
  | {
      readonly kind: "number";
      /** Set where a number of the physical type is the number, so that none has to be read. */
      readonly asItLies?: true;
      readonly read: (value: unknown) => number;
      readonly exact?: (value: unknown) => boolean;
    }
  /** `decoded`: the library makes texts of the bytes, each of a dictionary once. */
  | { readonly kind: "word"; readonly decoded?: true; readonly read: (value: unknown) => string }
  | { readonly kind: "other"; readonly what: string };

const TEXTS = new Set(["UTF8", "ENUM", "JSON"]);
const LOGICAL_TEXTS = new Set(["STRING", "ENUM", "JSON"]);
const UNITS = { MILLIS: 1_000_000n, MICROS: 1_000n, NANOS: 1n } as const;

export function kindOf(element: SchemaElement): ParquetKind {
  const { type, converted_type: converted, logical_type: logical } = element;
  if ((element.num_children ?? 0) > 0 || element.repetition_type === "REPEATED")
    return other(nestedWhat(element));
  if (TEXTS.has(converted ?? "") || LOGICAL_TEXTS.has(logical?.type ?? "")) {
    return { kind: "word", decoded: true, read: String };
  }
  if (logical?.type === "TIMESTAMP") return timestamps(UNITS[logical.unit], logical.isAdjustedToUTC);
  if (converted === "TIMESTAMP_MILLIS") return timestamps(UNITS.MILLIS, false);
  if (converted === "TIMESTAMP_MICROS") return timestamps(UNITS.MICROS, false);
  if (type === "INT96") return timestamps(1n, false);
  if (logical?.type === "TIME") return times(UNITS[logical.unit]);
  if (converted === "TIME_MILLIS") return times(UNITS.MILLIS);
  if (converted === "TIME_MICROS") return times(UNITS.MICROS);
  if (converted === "DATE" || logical?.type === "DATE") {
    return { kind: "word", read: (days) => dateText(Number(days)) };
  }
  if (converted === "DECIMAL" || logical?.type === "DECIMAL") return decimals(element);
  if (logical?.type === "UUID") return { kind: "word", read: uuidOf };
  if (logical?.type === "FLOAT16") return { kind: "number", read: halfOfBytes };
  if (logical?.type === "NULL") return { kind: "number", read: () => Number.NaN };
  if (converted === "INTERVAL") return other("spans of time in months, days and milliseconds (INTERVAL)");
  if (logical !== undefined && logical.type !== "INTEGER") return other(`values of type ${logical.type}`);
  if (converted === "BSON") return other("values of type BSON");
  const bits =
    logical?.type === "INTEGER" ? logical.bitWidth : Number(/^UINT_(\d+)$/.exec(converted ?? "")?.[1]);
  const unsigned = logical?.type === "INTEGER" ? !logical.isSigned : (converted ?? "").startsWith("UINT");
  return physical(element, unsigned ? bits : null);
}

function other(what: string): ParquetKind {
  return { kind: "other", what };
}

function nestedWhat({ converted_type: converted, logical_type: logical }: SchemaElement): string {
  if (converted === "LIST" || logical?.type === "LIST") return "lists";
  if (converted === "MAP" || converted === "MAP_KEY_VALUE" || logical?.type === "MAP") return "maps";
  return logical?.type === "VARIANT" ? "values of type VARIANT" : "values of several parts (a struct)";
}

function physical({ type, type_length: length }: SchemaElement, unsignedBits: number | null): ParquetKind {
  switch (type) {
    case "BOOLEAN":
      return { kind: "word", read: String };
    case "INT32":
      return unsignedBits === null
        ? { kind: "number", asItLies: true, read: Number }
        : { kind: "number", read: (value) => Number(value) >>> 0 };
    case "INT64":
      return unsignedBits === null
        ? { kind: "number", read: Number, exact: isExact }
        : {
            kind: "number",
            read: (value) => Number(BigInt.asUintN(64, bigOf(value))),
            exact: (value) => isExact(BigInt.asUintN(64, bigOf(value))),
          };
    case "FLOAT":
    case "DOUBLE":
      return { kind: "number", asItLies: true, read: Number };
    case "BYTE_ARRAY":
      return other("bytes that are not said to be text");
    case "FIXED_LEN_BYTE_ARRAY":
      return other(`${length} bytes each, as whole numbers of 128 bits are written`);
    default:
      return other(`values of type ${type}`);
  }
}

function bigOf(value: unknown): bigint {
  if (typeof value === "bigint") return value;
  return BigInt(Number(value));
}

function timestamps(nanoseconds: bigint, isUtc: boolean): ParquetKind {
  return { kind: "word", read: (value) => timestampText(bigOf(value) * nanoseconds, isUtc) };
}

function times(nanoseconds: bigint): ParquetKind {
  return { kind: "word", read: (value) => timeText(bigOf(value) * nanoseconds) };
}

function decimals({ scale = 0 }: SchemaElement): ParquetKind {
  const unscaled = (value: unknown) => (isBytes(value) ? signedOf(value) : value);
  return {
    kind: "number",
    read: (value) => decimalNumber(unscaled(value), scale),
    exact: (value) => isExactDecimal(unscaled(value), scale),
  };
}

/** Two's complement, the first byte the highest. */
function signedOf(bytes: Uint8Array): bigint {
  let value = 0n;
  for (const byte of bytes) value = value * 256n + BigInt(byte);
  return BigInt.asIntN(8 * bytes.length, value);
}

function isBytes(value: unknown): value is Uint8Array {
  return ArrayBuffer.isView(value);
}

function uuidOf(value: unknown): string {
  if (!isBytes(value)) return "";
  const hex = Array.from(value, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

function halfOfBytes(value: unknown): number {
  return isBytes(value) ? halfOf((value[0] ?? 0) | ((value[1] ?? 0) << 8)) : Number.NaN;
}
