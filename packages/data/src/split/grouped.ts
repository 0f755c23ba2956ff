// Rows by chance, group by group: what is told of one patient is never asked about the same one.

import { columnNames, sharesConflict, splitNames, splitParams } from "@netwright/definitions";
import { randomStream } from "../random/random-stream.ts";
import { groupsBy } from "./groups-by.ts";
import { splitGroups } from "./split-rows.ts";
import { defineSplitter } from "./splitter.ts";

export const grouped = defineSplitter({
  name: "grouped",
  doc: "Groups of rows by chance, about as many rows for each split as its share says: rows with the same word or number in `by` are in one split. Equal rows are in one group. The columns of `by` are features only where `features` names them.",
  formula:
    "no group in two splits; sizes by the largest remainders of rows * share, off by less than a group",
  example: "split: grouped(by: Rooms, train: 60%, validation: 20%, test: 20%)",
  source: "scikit-learn, `GroupShuffleSplit`, by shares of the rows",
  params: {
    by: columnNames({ doc: "The column that tells groups apart, or several that do so together." }),
    ...splitParams,
  },
  shares: ({ train, validation, test }) => ({ train, validation, test }),
  conflict: sharesConflict,
  deal(rows, { by, seed, ...shares }) {
    const needed = splitNames.filter((name) => shares[name] > 0).length;
    const found = groupsBy(rows, by, { what: "split", needed });
    if ("problem" in found) return found.problem;
    const { groups } = found;
    return splitGroups(groups, shares, randomStream(seed, "grouped"));
  },
});
