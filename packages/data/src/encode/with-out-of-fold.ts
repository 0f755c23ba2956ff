// The training rows with what folds tell of them in the place of what their columns make of them.

import { isPlain } from "@netwright/definitions";
import type { OpenColumn } from "../fitted/open-encoders.ts";
import { coded, sizeOf } from "./inputs.ts";
import type { Split } from "./split-data.ts";

/** `outOfFold` and `features` go together: [rows x numbers] for a column that is coded by folds, all plain numbers. */
export function withOutOfFold(
  split: Split,
  features: readonly OpenColumn[],
  outOfFold: readonly (Float32Array | null)[],
): Split {
  if (outOfFold.every((one) => one === null)) return split;
  const x = split.x.slice();
  const width = split.rows === 0 ? 0 : x.length / split.rows;
  let at = 0;
  for (const [i, column] of features.entries()) {
    const own = outOfFold[i] ?? null;
    const { type } = coded(column);
    if (own !== null) {
      const size = own.length / split.rows;
      for (let row = 0; row < split.rows; row++)
        x.set(own.subarray(row * size, (row + 1) * size), row * width + at);
    }
    if (isPlain({ type })) at += sizeOf(type);
  }
  return { ...split, x };
}
