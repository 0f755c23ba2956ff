// One array of NumPy, as `numpy.save` writes it: a header in the syntax of Python, then the numbers as they lie in memory.
// Format: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html, versions 1 to 3.

import { count } from "@netwright/definitions";
import { CannotRead } from "../cannot-read.ts";
import { isExact } from "../exact.ts";
import { halfOf } from "../half.ts";

export interface NpyArray {
  readonly rows: number;
  /** Of a row; of an array of one dimension 1, of one of several all the numbers behind the first, the last running fastest. */
  readonly columns: number;
  /** The values of a column, one a row. */
  readonly column: (index: number) => NpyValues;
}

export type NpyValues =
  | { readonly texts: readonly string[] }
  /** `lost` of the numbers have more digits than are exact. */
  | { readonly texts?: undefined; readonly numbers: Float64Array; readonly lost: number };

/** @throws CannotRead for what is damaged or no array of numbers or texts */
export function npyArray(bytes: Uint8Array): NpyArray {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { descr, fortran, shape, start } = headerOf(bytes, view);
  const kind = kindOf(descr);
  const [rows = 1, ...inner] = shape;
  const columns = inner.reduce((product, size) => product * size, 1);
  // Of none, any number of the others takes no bytes.
  if (rows === 0 || columns === 0)
    throw new CannotRead(
      `holds no value: its array has ${count(rows, "row")} of ${count(columns, "column")}`,
    );
  if (kind.size === 0) throw new CannotRead(`holds texts without a character (\`${descr}\`)`);
  if (!(bytes.length - start >= rows * columns * kind.size)) throw new CannotRead("is cut short");
  const placeOf = (row: number, column: number) =>
    start + (fortran ? placeIn(inner, column) * rows + row : row * columns + column) * kind.size;
  return {
    rows,
    columns,
    column: (index) => {
      if (kind.read === null) {
        return { texts: Array.from({ length: rows }, (_, row) => textAt(view, placeOf(row, index), kind)) };
      }
      let lost = 0;
      const numbers = new Float64Array(rows);
      for (let row = 0; row < rows; row++) {
        const value = kind.read(view, placeOf(row, index), kind.little);
        numbers[row] = Number(value);
        if (!isExact(value)) lost++;
      }
      return { numbers, lost };
    },
  };
}

/** Where a number stands among those of a row whose first dimension runs fastest, from where it stands with the last. */
function placeIn(sizes: readonly number[], index: number): number {
  let rest = index;
  let stride = sizes.reduce((product, size) => product * size, 1);
  let place = 0;
  for (const size of sizes.toReversed()) {
    stride /= size;
    place += (rest % size) * stride;
    rest = Math.floor(rest / size);
  }
  return place;
}

interface Header {
  readonly descr: string;
  readonly fortran: boolean;
  readonly shape: readonly number[];
  /** Where the numbers begin. */
  readonly start: number;
}

function headerOf(bytes: Uint8Array, view: DataView): Header {
  if (bytes.length < 12) throw new CannotRead("is cut short");
  const version = bytes[6] ?? 0;
  if (version < 1 || version > 3) throw new CannotRead(`is of version ${version}, which is not known`);
  const [length, from] = version === 1 ? [view.getUint16(8, true), 10] : [view.getUint32(8, true), 12];
  if (from + length > bytes.length) throw new CannotRead("is cut short");
  const text = new TextDecoder(version === 3 ? "utf-8" : "latin1").decode(
    bytes.subarray(from, from + length),
  );
  const descr = /'descr': *(?:'([^']*)'|\[)/.exec(text);
  const fortran = /'fortran_order': *(True|False)/.exec(text)?.[1];
  const shape = /'shape': *\(([\d, ]*)\)/.exec(text)?.[1];
  if (descr === null || fortran === undefined || shape === undefined)
    throw new CannotRead("has a damaged header");
  if (descr[1] === undefined) {
    throw new CannotRead("holds a structured array", [
      "Write its fields as columns, by `pandas.DataFrame(array).to_parquet(...)`.",
    ]);
  }
  return {
    descr: descr[1],
    fortran: fortran === "True",
    shape: shape.split(",").flatMap((size) => (size.trim() === "" ? [] : [Number(size)])),
    start: from + length,
  };
}

interface Kind {
  /** Bytes of a value. */
  readonly size: number;
  readonly little: boolean;
  /** `null` for texts. */
  readonly read: ((view: DataView, at: number, little: boolean) => number | bigint) | null;
}

const NUMBERS: Readonly<Record<string, NonNullable<Kind["read"]>>> = {
  b1: (view, at) => view.getUint8(at),
  i1: (view, at) => view.getInt8(at),
  u1: (view, at) => view.getUint8(at),
  i2: (view, at, little) => view.getInt16(at, little),
  u2: (view, at, little) => view.getUint16(at, little),
  i4: (view, at, little) => view.getInt32(at, little),
  u4: (view, at, little) => view.getUint32(at, little),
  i8: (view, at, little) => view.getBigInt64(at, little),
  u8: (view, at, little) => view.getBigUint64(at, little),
  f2: (view, at, little) => halfOf(view.getUint16(at, little)),
  f4: (view, at, little) => view.getFloat32(at, little),
  f8: (view, at, little) => view.getFloat64(at, little),
};

/** Of what cannot be read, by the letter of its kind. */
const OTHERS: Readonly<Record<string, string>> = {
  c: "complex numbers",
  f: "floating-point numbers of another size than 16, 32 and 64 bits",
  S: "bytes",
  V: "raw data",
  O: "objects of Python",
  M: "dates",
  m: "spans of time",
};

function kindOf(descr: string): Kind {
  const little = !descr.startsWith(">");
  const kind = descr.slice(1);
  const read = Object.hasOwn(NUMBERS, kind) ? NUMBERS[kind] : undefined;
  if (read !== undefined) return { size: Number(kind.slice(1)), little, read };
  const texts = /^U(\d+)$/.exec(kind)?.[1];
  if (texts !== undefined) return { size: 4 * Number(texts), little, read: null };
  const what = OTHERS[kind[0] ?? ""] ?? "values of a kind that is not known";
  throw new CannotRead(`holds ${what} (\`${descr}\`)`, [
    "Expected numbers (`f2`, `f4`, `f8`, `i1` to `i8`, `u1` to `u8`), `bool` or text (`U`): convert it with `array.astype(...)`.",
  ]);
}

/** Characters of four bytes, up to the zeros behind them. */
function textAt(view: DataView, start: number, { size, little }: Kind): string {
  let text = "";
  let zeros = 0;
  for (let at = start; at < start + size; at += 4) {
    const code = view.getUint32(at, little);
    if (code === 0) zeros++;
    else {
      text += "\0".repeat(zeros) + (code <= 0x10ffff ? String.fromCodePoint(code) : "\ufffd");
      zeros = 0;
    }
  }
  return text;
}
