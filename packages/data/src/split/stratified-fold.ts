// One fold of several, each with the classes in the proportion of the table.

import { at, int32At } from "@netwright/definitions";
import { randomStream } from "../random/random-stream.ts";
import { dealGroups } from "./deal-groups.ts";
import { foldConflict, foldParams, foldShares, foldSplitSizes, ofTheRest, testOn } from "./folds.ts";
import { renumbered } from "./renumbered.ts";
import { rowsByClass, splitClasses } from "./split-classes.ts";
import { defineSplitter } from "./splitter.ts";

export const stratifiedFold = defineSplitter({
  name: "stratified_fold",
  doc: "The rows of each class are dealt out to `of` folds, the same for every `index`, so that neither a class nor the folds differ by more than one row: fold `index` is the test split, and the rest becomes training and validation, class by class, in the proportion of `train` and `validation`. Equal rows are in one fold. For a target of classes.",
  formula: "test = fold index; of each class rows / of in a fold",
  example: "split: stratified_fold(0, 5)",
  source: "scikit-learn, `StratifiedKFold` with `shuffle=True`, with equal rows as groups",
  params: foldParams,
  needsClasses: true,
  scatters: true,
  shares: foldShares,
  conflict: foldConflict,
  sizes: foldSplitSizes,
  deal({ groups, classes }, { index, of, seed, ...asked }) {
    const known = classes ?? new Int32Array(groups.length);
    const folds = foldsOf(groups, known, of, seed);
    return testOn(index, folds, groups.length, (rest) => {
      const own = renumbered(rest.map((position) => int32At(groups, position)));
      const ownClasses = rest.map((position) => int32At(known, position));
      return splitClasses(own, ownClasses, ofTheRest(asked), (one) =>
        randomStream(seed, "stratified", (index + 1) * CLASSES + one),
      );
    });
  },
});

/** Streams of a fold come after those of the folds before; more classes than this would share some. */
const CLASSES = 2 ** 16;

/** What does not divide goes to the folds that have fewest rows so far. */
function foldsOf(groups: Int32Array, classes: Int32Array, of: number, seed: number): readonly Int32Array[] {
  const folds = Array.from({ length: of }, (): number[] => []);
  for (const [one, rows] of rowsByClass(classes).entries()) {
    const fewest = [...folds.keys()].sort((a, b) => at(folds, a).length - at(folds, b).length || a - b);
    const more = new Set(fewest.slice(0, rows.length % of));
    const parts = folds.map((_, fold) => ({
      size: Math.floor(rows.length / of) + (more.has(fold) ? 1 : 0),
      takes: true,
    }));
    const own = renumbered(rows.map((row) => int32At(groups, row)));
    for (const [fold, places] of dealGroups(
      own,
      parts,
      randomStream(seed, "stratified_fold", one),
    ).entries()) {
      for (const place of places) at(folds, fold).push(int32At(rows, place));
    }
  }
  return folds.map((rows) => Int32Array.from(rows).sort());
}
