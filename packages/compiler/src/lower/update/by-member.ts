// Numbers of an update that are another one for each member of an ensemble: vectors, [members], where others are scalars.

import type { Builder, Value } from "@netwright/ir";

/** How many members it is for; undefined for a scalar. */
export function membersOfNumber({ type }: Value): number | undefined {
  return type.shape[0];
}

/** A scalar repeated, where `other` is a number for each member. */
export function asMany(b: Builder, value: Value, other: Value): Value {
  const { shape } = other.type;
  return shape.length === value.type.shape.length ? value : b.spread(value, shape);
}

/** Repeated to the shape of a weight, of which each member has its own: they are its first size. */
export function spreadOver(b: Builder, value: Value, shape: readonly number[]): Value {
  return b.broadcastInDim(value, shape, value.type.shape.length === 0 ? [] : [0]);
}

/** Each by itself, scalars. */
export function eachOf(b: Builder, value: Value): readonly Value[] {
  const count = membersOfNumber(value);
  if (count === undefined) return [value];
  return Array.from({ length: count }, (_, i) => b.reshape(b.slice(value, [i], [i + 1]), []));
}

/** Scalars together again. */
export function joined(b: Builder, each: readonly Value[]): Value {
  return b.concatenate(
    each.map((one) => b.reshape(one, [1])),
    0,
  );
}
