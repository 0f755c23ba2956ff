// Intervals that were learned of all models of a study together, as its record has them: they may be a stranger's.

import { intervalsOf, type OpenEncoders, type SavedInterval } from "@netwright/data";
import { at } from "@netwright/definitions";

/**
 * What the targets are held within is what the models have learned of them, whatever the record says. Null where the intervals are of
 * other targets than those of the models, or of another share of rows.
 */
export function jointIntervals(
  saved: readonly SavedInterval[],
  encoders: OpenEncoders,
): readonly SavedInterval[] | null {
  const own = intervalsOf(encoders);
  if (own === null || own.length !== saved.length) return null;
  if (saved.some(({ share }, j) => share !== at(own, j).share)) return null;
  return saved.map((one, j) => ({ ...one, min: at(own, j).min, max: at(own, j).max }));
}
