// Rows as simple models take them: the numbers of a row that are not 0. Of words coded one by one, and of texts, most are.

import {
  type FieldData,
  networkInputs,
  type OpenEncoders,
  type RowStore,
  rowsAsTheyLie,
} from "@netwright/data";
import { at, int32At } from "@netwright/definitions";

/** [rows x width]: numbers `starts[i]` to `starts[i + 1] - 1` are those of row i, each with its place in the row, ascending. */
export interface SparseRows {
  readonly rows: number;
  readonly width: number;
  readonly starts: Int32Array;
  readonly places: Int32Array;
  readonly values: Float32Array;
}

/** An input of the network: numbers as they are, or indices, of which is counted how often each stands in the row. */
interface Span {
  readonly name: string;
  /** Where it begins in a row. */
  readonly from: number;
  /** Numbers that the store holds for a row. */
  readonly held: number;
  readonly isIndex: boolean;
}

export interface RowLayout {
  readonly width: number;
  readonly spans: readonly Span[];
}

/** What the network of these encoders reads, side by side. */
export function layoutOfRows(encoders: Pick<OpenEncoders, "features" | "fitted">): RowLayout {
  const spans: Span[] = [];
  let width = 0;
  for (const { name, type } of networkInputs(encoders)) {
    const held = type.shape.reduce((product, size) => product * size, 1);
    spans.push({ name, from: width, held, isIndex: type.kind === "index" });
    width += type.kind === "index" ? type.of : held;
  }
  return { width, spans };
}

/** Rows from place `start` of `order` on, or as they lie where it is null. */
export function sparseRows(
  store: RowStore,
  layout: RowLayout,
  order: Uint32Array | null,
  start: number,
  count: number,
): SparseRows {
  const fields = store.fields.filter(({ name }) => layout.spans.some((span) => span.name === name));
  const into =
    order === null
      ? rowsAsTheyLie(store, start, count, fields)
      : gathered(store, order, start, count, fields);
  const spans = layout.spans.map((span) => ({ ...span, data: into.get(span.name) ?? new Float32Array(0) }));
  const starts = new Int32Array(count + 1);
  const places: number[] = [];
  const values: number[] = [];
  for (let row = 0; row < count; row++) {
    for (const { data, from, held, isIndex } of spans) {
      const own = data.subarray(row * held, (row + 1) * held);
      if (isIndex) countIndices(own, from, places, values);
      else {
        for (let i = 0; i < held; i++) {
          const value = own[i] ?? 0;
          if (value === 0) continue;
          places.push(from + i);
          values.push(value);
        }
      }
    }
    starts[row + 1] = places.length;
  }
  const { width } = layout;
  return { rows: count, width, starts, places: Int32Array.from(places), values: Float32Array.from(values) };
}

function countIndices(indices: FieldData, from: number, places: number[], values: number[]): void {
  const sorted = indices.slice().sort();
  for (let i = 0; i < sorted.length; ) {
    const index = at(sorted, i);
    let end = i + 1;
    while (end < sorted.length && sorted[end] === index) end++;
    places.push(from + index);
    values.push(end - i);
    i = end;
  }
}

function gathered(
  store: RowStore,
  order: Uint32Array,
  start: number,
  count: number,
  fields: RowStore["fields"],
): ReadonlyMap<string, FieldData> {
  const into = new Map(
    fields.map(({ name, width, array }): [string, FieldData] => {
      const size = width * count;
      if (array === "Float32Array") return [name, new Float32Array(size)];
      return [name, array === "Int32Array" ? new Int32Array(size) : new Uint32Array(size)];
    }),
  );
  store.gather(order, start, count, into);
  return into;
}

/** One below the other; all are as wide. */
export function stacked(parts: readonly SparseRows[], width: number): SparseRows {
  const rows = parts.reduce((sum, part) => sum + part.rows, 0);
  const size = parts.reduce((sum, part) => sum + part.places.length, 0);
  const starts = new Int32Array(rows + 1);
  const places = new Int32Array(size);
  const values = new Float32Array(size);
  let [row, filled] = [0, 0];
  for (const part of parts) {
    places.set(part.places, filled);
    values.set(part.values, filled);
    for (let i = 1; i <= part.rows; i++) starts[row + i] = filled + int32At(part.starts, i);
    row += part.rows;
    filled += part.places.length;
  }
  return { rows, width, starts, places, values };
}

/** Its first rows. */
export function firstRows({ width, starts, places, values }: SparseRows, rows: number): SparseRows {
  const end = int32At(starts, rows);
  return {
    rows,
    width,
    starts: starts.subarray(0, rows + 1),
    places: places.subarray(0, end),
    values: values.subarray(0, end),
  };
}
