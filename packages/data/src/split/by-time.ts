// Rows in the order of time: what comes later is predicted from what came before.

import { columnName, int32At, sharesConflict, splitNames, splitParams } from "@netwright/definitions";
import { splitSizes } from "./split-sizes.ts";
import { defineSplitter } from "./splitter.ts";
import { timesOf } from "./times-of.ts";

const { seed: _, ...shares } = splitParams;

export const byTime = defineSplitter({
  name: "by_time",
  doc: "The first rows by `column` are for training, the next for validation, the last for the test, as many for each as its share says: rows of one time stay together, with the earlier split. The column has numbers, or words in whose order they are, such as `2026-01-31`; it is a feature only where `features` names it.",
  formula: "train before validation before test; sizes by the largest remainders of rows * share",
  example: "split: by_time(Age, train: 60%, validation: 20%, test: 20%)",
  source: "scikit-learn, `TimeSeriesSplit`, by shares and for one split",
  params: { column: columnName({ doc: "The column that says when." }), ...shares },
  shares: ({ train, validation, test }) => ({ train, validation, test }),
  conflict: sharesConflict,
  hasFolds: false,
  deal(rows, { column, ...asked }) {
    const needed = splitNames.filter((name) => asked[name] > 0).length;
    const found = timesOf(rows, column, needed);
    if ("problem" in found) return found.problem;
    const { times } = found;
    const order = Int32Array.from(times.keys()).sort(
      (a, b) => int32At(times, a) - int32At(times, b) || a - b,
    );
    const sizes = splitSizes(order.length, asked);
    /** From that place on, but not within the rows of one time. */
    const cut = (place: number): number => {
      let next = place;
      while (next > 0 && next < order.length && timeAt(next) === timeAt(next - 1)) next++;
      return next;
    };
    const timeAt = (place: number) => int32At(times, int32At(order, place));
    const first = cut(sizes.train);
    const second = Math.max(first, cut(sizes.train + sizes.validation));
    return {
      train: order.slice(0, first).sort(),
      validation: order.slice(first, second).sort(),
      test: order.slice(second).sort(),
    };
  },
});
