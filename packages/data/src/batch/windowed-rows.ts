// Windows of series as rows of a store: the rows that lie one behind the other are taken together when a batch is gathered, so
// that each of them lies once, in memory or on a disk, and not once for each window that it is in.

import { int32At } from "@netwright/definitions";
import { type Field, type FieldData, type RowStore, rowStore } from "./row-store.ts";

export interface WindowPlaces {
  /** Rows of a window. */
  readonly length: number;
  /** Of each window the row in the store that is its first. */
  readonly first: Int32Array;
}

/** `beside` are fields of the windows themselves, as targets are. */
export function windowedRows(
  lying: RowStore,
  { length, first }: WindowPlaces,
  beside: readonly Field[],
): RowStore {
  const rows = first.length;
  const own = rowStore(rows, beside);
  const names = new Set(beside.map(({ name }) => name));
  return {
    rows,
    fields: [...lying.fields.map((field) => ({ ...field, width: length * field.width })), ...own.fields],
    gather(order, start, count, into) {
      const inside = new Map<string, FieldData>();
      const outside = new Map<string, FieldData>();
      for (const [name, to] of into) (names.has(name) ? outside : inside).set(name, to);
      own.gather(order, start, count, outside);
      if (inside.size === 0) return;
      const places = new Uint32Array(count * length);
      for (let i = 0; i < count; i++) {
        const from = int32At(first, order === null ? start + i : (order[start + i] ?? -1));
        for (let step = 0; step < length; step++) places[i * length + step] = from + step;
      }
      lying.gather(places, 0, places.length, inside);
    },
  };
}
