// The encoded rows of a split, put on a disk a piece at a time: of each column, which may be more than a good part of memory,
// no more is taken than that.

import { type Field, type FieldData, layoutOf, type RowStore } from "../batch/row-store.ts";
import type { Place } from "../preprocess/encoder.ts";
import type { Storage } from "../storage/storage.ts";
import { PIECE } from "./piece.ts";
import type { RowsWriter } from "./rows-writer.ts";

/** Numbers of rows that are in memory at once, where they are not those of one row. */
const MOST_NUMBERS = 1 << 23;

/** An input as it lies. */
export interface LyingInput extends RowsWriter {
  readonly name: string;
}

/** `rows` are indices from 0; `known` are the fields of what is in memory, as targets are. */
export function storeRows(
  rows: Int32Array,
  inputs: readonly LyingInput[],
  known: readonly Field[],
  storage: Storage,
): RowStore {
  const layout = [
    ...inputs.map(({ name, width, array }) => ({ name, width, array })),
    ...known.map(layoutOf),
  ];
  const writer = storage.rows(layout);
  const width = layout.reduce((sum, field) => sum + field.width, 0);
  const most = Math.max(1, Math.min(PIECE, Math.floor(MOST_NUMBERS / width)));
  // The same numbers, as each field has them.
  const words = new Uint32Array(most * width);
  const [floats, integers] = [new Float32Array(words.buffer), new Int32Array(words.buffer)];
  const as = { Float32Array: floats, Int32Array: integers, Uint32Array: words };
  for (let start = 0; start < rows.length; start += most) {
    const piece = rows.subarray(start, start + most);
    let at = 0;
    for (const input of inputs) {
      input.write(piece, start, { into: as[input.array], at, width });
      at += input.width;
    }
    for (const { data, width: own } of known) {
      const part = data.subarray(start * own, (start + piece.length) * own);
      writeField(part, own, { into: as[data[Symbol.toStringTag]], at, width });
      at += own;
    }
    writer.append(words.subarray(0, piece.length * width));
  }
  return writer.finish();
}

function writeField(data: FieldData, own: number, { into, at, width }: Place): void {
  for (let from = 0, place = at; from < data.length; from += own, place += width)
    for (let i = 0; i < own; i++) into[place + i] = data[from + i] ?? Number.NaN;
}
