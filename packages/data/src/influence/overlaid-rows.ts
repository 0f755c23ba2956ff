// Rows in which the numbers of one column are those of other rows: what a model makes of them tells what the column does.

import { at } from "@netwright/definitions";
import { shuffled } from "../batch/permutation.ts";
import { type RowStore, rowsAsTheyLie } from "../batch/row-store.ts";
import { randomStream } from "../random/random-stream.ts";
import type { Block } from "./column-block.ts";

/** Where the numbers of the column are taken from. */
export interface Overlay {
  readonly store: RowStore;
  /** Where the column stands in it. */
  readonly block: Block;
  /** [rows]: which row of it each row takes them from, counted from 0. */
  readonly order: Uint32Array;
}

/**
 * `block` is where the column stands in `store`, with as many numbers as in the overlay; what stands once there is put into
 * all rows of a window.
 * @throws RangeError for a field that one of them has not
 */
export function overlaid(store: RowStore, block: Block, from: Overlay): RowStore {
  const { width } = layoutIn(store, block.field);
  const layout = layoutIn(from.store, from.block.field);
  return {
    rows: store.rows,
    fields: store.fields,
    gather(order, start, count, into) {
      store.gather(order, start, count, into);
      const to = into.get(block.field);
      if (to === undefined) return;
      const rows = new Uint32Array(count);
      for (let i = 0; i < count; i++) rows[i] = from.order[order?.[start + i] ?? start + i] ?? Number.NaN;
      const taken = {
        ...from.store,
        gather: (_: unknown, first: number, many: number, fields: Parameters<RowStore["gather"]>[3]) =>
          from.store.gather(rows, first, many, fields),
      };
      const own = rowsAsTheyLie(taken, 0, count, [layout]).get(layout.name);
      for (let i = 0; own !== undefined && i < count; i++) {
        for (let step = 0; step < block.steps; step++) {
          const first = i * layout.width + from.block.start + (step % from.block.steps) * from.block.stride;
          const place = i * width + block.start + step * block.stride;
          to.set(own.subarray(first, first + block.size), place);
        }
      }
    },
  };
}

function layoutIn({ fields }: RowStore, name: string) {
  const place = fields.findIndex((field) => field.name === name);
  if (place < 0) throw new RangeError(`there is no field ${name}`);
  return at(fields, place);
}

/** More of them would take up the numbers of the next column. */
const MOST_REPEATS = 65_536;

/** The rows in an order that depends on the seed, the place of the column and the repeat alone; every order is equally likely. */
export function permutedRows(rows: number, seed: number, column: number, repeat: number): Uint32Array {
  return shuffled(rows, randomStream(seed, "permute", column * MOST_REPEATS + repeat));
}
