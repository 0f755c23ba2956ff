// What is asked about a target, and what its column then holds.

/** What a column holds. */
export type ColumnKind = "number" | "words";

/**
 * - `number`: any number
 * - `count`: a number of things, from 0
 * - `class`: one of some classes
 * - `ordinal`: one of some classes that are in an order
 * - `labels`: any of some classes, none and all of them too
 */
export type TargetKind = "number" | "count" | "class" | "ordinal" | "labels";

const KINDS: { readonly [K in TargetKind]: ColumnKind } = {
  number: "number",
  count: "number",
  class: "words",
  ordinal: "words",
  labels: "words",
};

export function columnKindOf(target: TargetKind): ColumnKind {
  return KINDS[target];
}
