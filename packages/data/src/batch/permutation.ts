// The order in which an epoch visits the rows.

import { type RandomBelow, randomStream } from "../random/random-stream.ts";

/**
 * The numbers 0 to `rows` - 1 in an order that depends on seed and epoch alone; every order is equally likely.
 * Fisher and Yates's shuffle, in Durstenfeld's form (Algorithm 235, CACM 7, 1964).
 */
export function permutation(rows: number, seed: number, epoch: number): Uint32Array {
  return shuffled(rows, randomStream(seed, "shuffle", epoch));
}

/** The same by numbers that are drawn for another purpose. */
export function shuffled(rows: number, below: RandomBelow): Uint32Array {
  const order = new Uint32Array(rows);
  for (let row = 1; row < rows; row++) order[row] = row;
  for (let last = rows - 1; last > 0; last--) {
    const other = below(last + 1);
    const held = order[last] ?? 0;
    order[last] = order[other] ?? 0;
    order[other] = held;
  }
  return order;
}
