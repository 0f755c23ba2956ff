// What splitters that test on one fold of several have in common: their arguments, sizes, and what becomes of the rest.

import { at, int32At, integer, type Shares, splitParams } from "@netwright/definitions";
import type { RowSplits } from "./split-rows.ts";
import { type SplitSizes, splitSizes } from "./split-sizes.ts";

export const foldParams = {
  index: integer({ doc: "The fold that is tested on, from 0.", min: 0 }),
  of: integer({ doc: "How many folds there are.", min: 2 }),
  train: splitParams.train,
  validation: splitParams.validation,
  seed: splitParams.seed,
};

type RestShares = Pick<Shares, "train" | "validation">;

export function foldShares({ of, ...asked }: RestShares & { readonly of: number }): Shares {
  const { train, validation } = ofTheRest(asked);
  return { train: train * (1 - 1 / of), validation: validation * (1 - 1 / of), test: 1 / of };
}

export function foldConflict({ index, of }: { readonly index: number; readonly of: number }) {
  return index < of ? null : { problem: `there is no fold ${index} of ${of}`, note: "Folds count from 0." };
}

export function foldSplitSizes(
  rows: number,
  _: Shares,
  { of, ...asked }: RestShares & { readonly of: number },
): SplitSizes {
  const test = Math.floor(rows / of);
  return { ...splitSizes(rows - Math.ceil(rows / of), ofTheRest(asked)), test };
}

/** Of one size, or one more for the first of them. */
export function foldSizes(rows: number, of: number) {
  return Array.from({ length: of }, (_, i) => ({
    size: Math.floor(rows / of) + (i < rows % of ? 1 : 0),
    takes: true,
  }));
}

/** The shares of training and validation alone. */
export function ofTheRest({ train, validation }: RestShares): Shares {
  const both = train + validation;
  return { train: train / both, validation: validation / both, test: 0 };
}

/** `splitRest` deals the positions out that are in no test fold: it gives places in that list. */
export function testOn(
  index: number,
  folds: readonly Int32Array[],
  rows: number,
  splitRest: (rest: Int32Array) => RowSplits,
): RowSplits {
  // Where one fold is empty, that is said of all, and not when it is its turn.
  const test = folds.some((own) => own.length === 0) ? new Int32Array(0) : at(folds, index);
  const rest = without(rows, test);
  const places = splitRest(rest);
  const rowsOf = (own: Int32Array) => own.map((place) => int32At(rest, place));
  return { train: rowsOf(places.train), validation: rowsOf(places.validation), test };
}

/** `taken` is ascending. */
function without(rows: number, taken: Int32Array): Int32Array {
  const rest = new Int32Array(rows - taken.length);
  let next = 0;
  for (let row = 0, other = 0; row < rows; row++) {
    if (taken[other] === row) other++;
    else rest[next++] = row;
  }
  return rest;
}
