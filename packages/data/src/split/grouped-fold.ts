// One fold of several, with no group in two of them.

import { columnNames, int32At } from "@netwright/definitions";
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
import { groupsBy } from "./groups-by.ts";
import { renumbered } from "./renumbered.ts";
import { splitGroups } from "./split-rows.ts";
import { defineSplitter } from "./splitter.ts";
import { withEveryPart } from "./with-every-part.ts";

export const groupedFold = defineSplitter({
  name: "grouped_fold",
  doc: "Groups of rows, those with the same word or number in `by`, are dealt out to `of` folds of about one size, the same for every `index`: fold `index` is the test split, and the rest becomes training and validation, group by group, in the proportion of `train` and `validation`. The columns of `by` are features only where `features` names them.",
  formula: "test = fold index; no group in two splits",
  example: "split: grouped_fold(Rooms, index: 0, of: 3)",
  source: "scikit-learn, `GroupKFold` with `shuffle=True`",
  params: {
    by: columnNames({ doc: "The column that tells groups apart, or several that do so together." }),
    ...foldParams,
  },
  shares: foldShares,
  conflict: foldConflict,
  sizes: foldSplitSizes,
  deal(rows, { by, index, of, seed, ...asked }) {
    const found = groupsBy(rows, by, { what: "fold", needed: of });
    if ("problem" in found) return found.problem;
    const { groups } = found;
    const parts = foldSizes(groups.length, of);
    const folds = withEveryPart(dealGroups(groups, parts, randomStream(seed, "fold")), groups, parts);
    return testOn(index, folds, groups.length, (rest) =>
      splitGroups(
        renumbered(rest.map((position) => int32At(groups, position))),
        ofTheRest(asked),
        randomStream(seed, "fold", index + 1),
      ),
    );
  },
});
