// Rows by chance, class by class: each split has the classes in the proportion of the table.

import { sharesConflict, splitParams } from "@netwright/definitions";
import { randomStream } from "../random/random-stream.ts";
import { splitClasses } from "./split-classes.ts";
import { defineSplitter } from "./splitter.ts";

export const stratified = defineSplitter({
  name: "stratified",
  doc:
    "Rows by chance, of each class as many for each split as its share says: a rare class is not left to luck, and has " +
    "a row to train on. Equal rows are in one split. For a target of classes.",
  formula:
    "of each class rows * share, rounded so that what one class gets too much, another gets too little",
  example: "split: stratified(train: 80%, validation: 10%, test: 10%)",
  source: "scikit-learn, `StratifiedGroupKFold`, by shares and with equal rows as groups",
  params: splitParams,
  needsClasses: true,
  scatters: true,
  shares: ({ train, validation, test }) => ({ train, validation, test }),
  conflict: sharesConflict,
  deal: ({ groups, classes }, { seed, ...shares }) =>
    splitClasses(groups, classes ?? new Int32Array(groups.length), shares, (one) =>
      randomStream(seed, "stratified", one),
    ),
});
