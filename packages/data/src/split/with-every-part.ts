// A part that chance has left without positions gets the smallest group of the part that has most groups.

import { at, int32At } from "@netwright/definitions";
import { groupSizes, type Part } from "./deal-groups.ts";

/** As dealt, where no part that takes groups is empty; there are as many groups as such parts, at the least. */
export function withEveryPart(
  dealt: readonly Int32Array[],
  groups: Int32Array,
  parts: readonly Pick<Part, "takes">[],
): readonly Int32Array[] {
  const sizes = groupSizes(groups);
  const filled = [...dealt];
  for (const [part, { takes }] of parts.entries()) {
    if (!takes || at(filled, part).length > 0) continue;
    const own = filled.map((positions) => [
      ...new Set(positions.map((position) => int32At(groups, position))),
    ]);
    const most = own.reduce((best, { length }, one) => (length > at(own, best).length ? one : best), 0);
    const [first, ...others] = at(own, most);
    if (first === undefined || others.length === 0) continue;
    const smallest = others.reduce((a, b) => (int32At(sizes, b) < int32At(sizes, a) ? b : a), first);
    const from = at(filled, most);
    filled[part] = from.filter((position) => groups[position] === smallest);
    filled[most] = from.filter((position) => groups[position] !== smallest);
  }
  return filled;
}
