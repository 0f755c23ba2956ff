// Rows by chance, as many for each split as its share says.

import { randomStream } from "../random/random-stream.ts";
import { splitRows } from "./split-rows.ts";
import { splitSizes } from "./split-sizes.ts";
import { defineSplitter } from "./splitter.ts";

export const random = defineSplitter({
  name: "random",
  doc: "Rows by chance, as many for each split as its share says. Equal rows are in one split.",
  formula: "sizes by the largest remainders of rows * share",
  example: "split: { train: 70%, validation: 15%, test: 15%, seed: 0 }",
  source: "scikit-learn, `GroupShuffleSplit`, with equal rows as groups",
  params: {},
  shares: (asked) => asked,
  sizes: splitSizes,
  deal: (groups, asked, seed) => splitRows(groups, asked, randomStream(seed, "split")),
});
