// What a member of an ensemble draws of what a param may be: a number of the generator that all draw from, by the seed of the
// file, the places of member and param alone.

import type { Draw } from "@netwright/definitions";
import { exponentialWide, logWide, philox4x32 } from "@netwright/ir/numerics";
import { streams } from "./sampling.ts";

/** Of numbers in between four digits are drawn, so that they can be read and written. */
const DIGITS = 4;

export const drawn: Draw = (from, { seed, member, param }) => {
  const [word] = philox4x32([seed >>> 0, streams.draws], [member, param, 0, 0]);
  const u = word / 2 ** 32;
  if (from.kind === "list") return Math.floor(u * from.length);
  const { from: least, to: most, whole, log } = from;
  // Whole numbers have equal shares of the range, those at its ends too.
  const [a, b] = whole ? [least - (log ? 0.5 : 0), most + (log ? 0.5 : 1)] : [least, most];
  const inside = log ? exponentialWide(logWide(a) + u * (logWide(b) - logWide(a))) : a + u * (b - a);
  const rounded = whole
    ? log
      ? Math.round(inside)
      : Math.floor(inside)
    : Number(inside.toPrecision(DIGITS));
  return Math.min(most, Math.max(least, rounded));
};
