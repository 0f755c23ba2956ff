// Rows by chance, as many for each split as its share says.

import { sharesConflict, splitParams } from "@netwright/definitions";
import { randomStream } from "../random/random-stream.ts";
import { splitRows } from "./split-rows.ts";
import { defineSplitter } from "./splitter.ts";

export const random = defineSplitter({
  name: "random",
  doc: "Rows by chance, as many for each split as its share says. Equal rows are in one split. It is what settings in braces alone mean.",
  formula: "sizes by the largest remainders of rows * share",
  example: "split: random(train: 80%, validation: 10%, test: 10%)",
  source: "scikit-learn, `GroupShuffleSplit`, with equal rows as groups",
  params: splitParams,
  scatters: true,
  shares: ({ train, validation, test }) => ({ train, validation, test }),
  conflict: sharesConflict,
  deal: ({ groups }, args) => splitRows(groups, args, randomStream(args.seed, "split")),
});
