// A scaling that a file of another tool states, as that of a column.

import { at } from "@netwright/definitions";
import type { Scaling } from "@netwright/formats";

/** Of the number in that place; null where it stays as it is. */
export function scaleText(scaled: Scaling | null, i: number): string | null {
  if (scaled === null) return null;
  const of = (values: readonly number[]) => digits(at(values, i % values.length));
  const [by, centre] = [of(scaled.by), of(scaled.centre)];
  if (by === 1 && centre === 0) return null;
  return centre === 0 ? `rescaling(${by})` : `rescaling(${by}, centre: ${centre})`;
}

/** f32 has seven digits; more than nine would only show how it rounds. */
export function digits(value: number): number {
  return Number(value.toPrecision(9));
}
