// One fold of several: each row is a test row in exactly one of them.

import { at, int32At, integer, type Shares, splitParams } from "@netwright/definitions";
import { randomStream } from "../random/random-stream.ts";
import { dealGroups } from "./deal-groups.ts";
import { renumbered } from "./renumbered.ts";
import { splitRows } from "./split-rows.ts";
import { splitSizes } from "./split-sizes.ts";
import { defineSplitter } from "./splitter.ts";

export const fold = defineSplitter({
  name: "fold",
  doc: "All rows are dealt out to `of` folds of one size, the same for every `index`: fold `index` is the test split, and the rest becomes training and validation in the proportion of `train` and `validation`. Equal rows are in one fold.",
  formula: "test = fold index; train : validation as their shares",
  example: "split: fold(0, 5)",
  source: "scikit-learn, `GroupKFold` with `shuffle=True`, with equal rows as groups",
  params: {
    index: integer({ doc: "The fold that is tested on, from 0.", min: 0 }),
    of: integer({ doc: "How many folds there are.", min: 2 }),
    train: splitParams.train,
    validation: splitParams.validation,
    seed: splitParams.seed,
  },
  shares({ of, ...asked }) {
    const { train, validation } = ofTheRest(asked);
    return { train: train * (1 - 1 / of), validation: validation * (1 - 1 / of), test: 1 / of };
  },
  conflict: ({ index, of }) =>
    index < of ? null : { problem: `there is no fold ${index} of ${of}`, note: "Folds count from 0." },
  sizes(rows, _, { of, ...asked }) {
    const test = Math.floor(rows / of);
    return { ...splitSizes(rows - Math.ceil(rows / of), ofTheRest(asked)), test };
  },
  deal({ groups }, { index, of, seed, ...asked }) {
    const folds = dealGroups(groups, foldSizes(groups.length, of), randomStream(seed, "fold"));
    // Where one fold is empty, that is said of all, and not when it is its turn.
    const test = folds.some((rows) => rows.length === 0) ? new Int32Array(0) : at(folds, index);
    const rest = without(groups.length, test);
    const positions = splitRows(
      renumbered(rest.map((position) => int32At(groups, position))),
      ofTheRest(asked),
      randomStream(seed, "fold", index + 1),
    );
    const rowsOf = (own: Int32Array) => own.map((position) => int32At(rest, position));
    return { train: rowsOf(positions.train), validation: rowsOf(positions.validation), test };
  },
});

/** Of one size, or one more for the first of them. */
function foldSizes(rows: number, of: number) {
  return Array.from({ length: of }, (_, i) => ({
    size: Math.floor(rows / of) + (i < rows % of ? 1 : 0),
    takes: true,
  }));
}

function ofTheRest({ train, validation }: Pick<Shares, "train" | "validation">): Shares {
  const both = train + validation;
  return { train: train / both, validation: validation / both, test: 0 };
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
