// The values of an iota, written out: it becomes a constant.

import { type Attributes, at, sizeOf } from "@netwright/ir";

export function iotaValues({ type, dimension }: Attributes["iota"]): number[] {
  const below = sizeOf(type.shape.slice(dimension + 1));
  const size = at(type.shape, dimension);
  return Array.from({ length: sizeOf(type.shape) }, (_, i) => Math.floor(i / below) % size);
}
