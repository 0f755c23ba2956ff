// What a column of an Arrow file holds, and how its values become numbers or words. The library is asked for whole numbers
// as they lie, as what it makes of them loses nanoseconds and digits.

import { type DataType, TimeUnit, Type } from "@uwdata/flechette";
import { dateText, timestampText, timeText } from "../date-text.ts";
import { decimalNumber, isExact, isExactDecimal } from "../exact.ts";

export type ArrowKind =
  | {
      readonly kind: "number";
      readonly read: (value: unknown) => number;
      readonly exact?: (value: unknown) => boolean;
    }
  | { readonly kind: "word"; readonly read: (value: unknown) => string }
  | { readonly kind: "other"; readonly what: string };

const NANOSECONDS: Readonly<Record<number, bigint>> = {
  [TimeUnit.SECOND]: 1_000_000_000n,
  [TimeUnit.MILLISECOND]: 1_000_000n,
  [TimeUnit.MICROSECOND]: 1_000n,
  [TimeUnit.NANOSECOND]: 1n,
};

const OTHERS: Readonly<Record<number, string>> = {
  [Type.Binary]: "bytes",
  [Type.LargeBinary]: "bytes",
  [Type.BinaryView]: "bytes",
  [Type.FixedSizeBinary]: "bytes",
  [Type.List]: "lists",
  [Type.LargeList]: "lists",
  [Type.ListView]: "lists",
  [Type.LargeListView]: "lists",
  [Type.FixedSizeList]: "lists",
  [Type.Struct]: "values of several parts (a struct)",
  [Type.Map]: "maps",
  [Type.Union]: "values of several types (a union)",
  [Type.Interval]: "spans of time in months, days and nanoseconds (an interval)",
};

export function kindOf(type: DataType): ArrowKind {
  switch (type.typeId) {
    case Type.Dictionary:
      return kindOf(type.dictionary);
    case Type.RunEndEncoded: {
      const values = type.children[1]?.type;
      return values === undefined ? { kind: "other", what: "runs of nothing" } : kindOf(values);
    }
    case Type.Null:
      return { kind: "number", read: () => Number.NaN };
    case Type.Int:
      return { kind: "number", read: Number, ...(type.bitWidth === 64 ? { exact: isExact } : {}) };
    case Type.Float:
      return { kind: "number", read: Number };
    case Type.Duration:
      return { kind: "number", read: Number, exact: isExact };
    case Type.Decimal: {
      const { scale } = type;
      return {
        kind: "number",
        read: (value) => (scale >= 0 ? decimalNumber(value, scale) : Number(`${value}e${-scale}`)),
        exact: (value) => isExactDecimal(value, scale),
      };
    }
    case Type.Bool:
    case Type.Utf8:
    case Type.LargeUtf8:
    case Type.Utf8View:
      return { kind: "word", read: String };
    case Type.Date:
      // Of both units it gives milliseconds.
      return { kind: "word", read: (value) => dateText(Number(value) / 86_400_000) };
    case Type.Time: {
      const unit = NANOSECONDS[type.unit] ?? 1n;
      return { kind: "word", read: (value) => timeText(bigOf(value) * unit) };
    }
    case Type.Timestamp: {
      const unit = NANOSECONDS[type.unit] ?? 1n;
      const zoned = type.timezone !== null && type.timezone !== undefined && type.timezone !== "";
      return { kind: "word", read: (value) => timestampText(bigOf(value) * unit, zoned) };
    }
    default:
      return { kind: "other", what: OTHERS[type.typeId] ?? "values of a type that is not known" };
  }
}

function bigOf(value: unknown): bigint {
  return typeof value === "bigint" ? value : BigInt(Number(value));
}
