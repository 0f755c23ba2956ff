// What one would predict without features: for numbers the mean of the training rows, for classes the one that is most
// frequent among them.

import { at } from "@netwright/definitions";
import type { OpenEncoders } from "../fitted/open-encoders.ts";
import { classesOf, labelSeparator } from "./decode-output.ts";

/** The same for every row. */
export interface Guess {
  /** One for each target: in original units, or the number of a class. */
  readonly prediction: readonly number[];
  /** The class and the share that each class has of the training rows; `null` where numbers are predicted. */
  readonly class: { readonly name: string; readonly shares: readonly number[] } | null;
}

/** Null for models that were saved without what it needs. */
export function guessOf(encoders: OpenEncoders): Guess | null {
  const classes = classesOf(encoders);
  const target = encoders.target.map(({ fitted }) => fitted);
  const [first] = target;
  if (classes !== null) {
    // Of labels there is no one guess that all would make.
    if (first?.kind !== "words" || first.seen === undefined || labelSeparator(encoders) !== null) return null;
    const { counts } = first.seen;
    const rows = counts.reduce((sum, count) => sum + count, 0);
    // Of several as frequent ones the first, as of several as likely ones.
    const most = counts.reduce((best, count, i) => (count > at(counts, best) ? i : best), 0);
    return {
      prediction: [most],
      class: { name: at(classes, most), shares: counts.map((count) => count / rows) },
    };
  }
  const means = target.flatMap((column) => (column.kind === "number" ? (column.seen?.mean ?? []) : []));
  return means.length < target.length ? null : { prediction: means, class: null };
}
