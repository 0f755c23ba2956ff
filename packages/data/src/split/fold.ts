// One fold of several: each row is a test row in exactly one of them.

import { int32At } from "@netwright/definitions";
import { randomStream } from "../random/random-stream.ts";
import { dealGroups } from "./deal-groups.ts";
import {
  foldConflict,
  foldParams,
  foldShares,
  foldSizes,
  foldSplitSizes,
  ofTheRest,
  testOn,
} from "./folds.ts";
import { renumbered } from "./renumbered.ts";
import { splitRows } from "./split-rows.ts";
import { defineSplitter } from "./splitter.ts";

export const fold = defineSplitter({
  name: "fold",
  doc: "All rows are dealt out to `of` folds of one size, the same for every `index`: fold `index` is the test split, and the rest becomes training and validation in the proportion of `train` and `validation`. Equal rows are in one fold.",
  formula: "test = fold index; train : validation as their shares",
  example: "split: fold(0, 5)",
  source: "scikit-learn, `GroupKFold` with `shuffle=True`, with equal rows as groups",
  params: foldParams,
  scatters: true,
  shares: foldShares,
  conflict: foldConflict,
  sizes: foldSplitSizes,
  deal({ groups }, { index, of, seed, ...asked }) {
    const folds = dealGroups(groups, foldSizes(groups.length, of), randomStream(seed, "fold"));
    return testOn(index, folds, groups.length, (rest) =>
      splitRows(
        renumbered(rest.map((position) => int32At(groups, position))),
        ofTheRest(asked),
        randomStream(seed, "fold", index + 1),
      ),
    );
  },
});
