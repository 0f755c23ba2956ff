// What is asked about a target, and what its column then holds.

/** What a column holds. */
export type ColumnKind = "number" | "words";

/**
 * - `number`: any number
 * - `count`: a number of things, from 0
 * - `distribution`: numbers of several columns that are the shares of a whole, none below 0 and 1 in sum
 * - `direction`: numbers of several columns that are a vector of any length but 0
 * - `class`: one of some classes
 * - `ordinal`: one of some classes that are in an order
 * - `labels`: any of some classes, none and all of them too
 */
export type TargetKind = "number" | "count" | "distribution" | "direction" | "class" | "ordinal" | "labels";

const KINDS: { readonly [K in TargetKind]: ColumnKind } = {
  number: "number",
  count: "number",
  distribution: "number",
  direction: "number",
  class: "words",
  ordinal: "words",
  labels: "words",
};

export function columnKindOf(target: TargetKind): ColumnKind {
  return KINDS[target];
}
