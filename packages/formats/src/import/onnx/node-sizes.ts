// Sizes that nodes are told, as attributes or as constants: what a slice takes, what a reshape makes.

import { at } from "@netwright/definitions";
import { sizeOf } from "@netwright/ir";
import { type Constant, wholes } from "./constant.ts";
import { axisIn } from "./constant-shapes.ts";
import { misfit, type NodeContext, sizesOf } from "./node-context.ts";

export interface Steps {
  readonly start: number;
  readonly step: number;
  readonly count: number;
}

/** What a slice takes of each dimension. */
export function slicesOf(c: NodeContext, shape: readonly number[]): readonly Steps[] {
  const starts = c.intsOf("starts", 1) ?? [];
  const ends = c.intsOf("ends", 2) ?? [];
  const axes = c.intsOf("axes", 3) ?? starts.map((_, i) => i);
  const steps = c.optional(4)?.data ?? null;
  if ([starts, ends, steps ?? axes].some(({ length }) => length !== axes.length))
    misfit(`takes ${starts.length} starts, ${ends.length} ends and ${axes.length} axes`);
  const all: Steps[] = shape.map((size) => ({ start: 0, step: 1, count: size }));
  for (const [i, axis] of axes.entries()) {
    const d = axisIn(axis, shape.length);
    const size = shape[d] ?? misfit("takes a part of a single number");
    const step = steps?.[i] ?? 1;
    if (step === 0) misfit("takes steps of 0");
    const held = (value: number, least: number, most: number) =>
      Math.min(Math.max(value < 0 ? value + size : value, least), most);
    const start = step > 0 ? held(at(starts, i), 0, size) : held(at(starts, i), 0, size - 1);
    const end = step > 0 ? held(at(ends, i), 0, size) : held(at(ends, i), -1, size - 1);
    all[d] = { start, step, count: Math.max(0, Math.ceil((end - start) / step)) };
  }
  return all;
}

/** The sizes that a reshape asks for, of a value with these. */
export function targetOf(c: NodeContext, shape: readonly number[]): readonly number[] {
  const asked = Array.from(c.optional(1)?.data ?? c.ints("shape") ?? []);
  const keepsZero = c.int("allowzero", 0) === 1;
  const sizes = asked.map((size, d) => (size === 0 && !keepsZero ? (shape[d] ?? 1) : size));
  const known = sizeOf(sizes.filter((size) => size !== -1));
  return sizes.map((size) => (size === -1 ? sizeOf(shape) / known : size));
}

export function squeezedPlaces(c: NodeContext, shape: readonly number[]): readonly number[] {
  const stated = c.intsOf("axes", 1);
  if (stated === null) return shape.flatMap((size, d) => (size === 1 ? [d] : []));
  return stated.map((axis) => axisIn(axis, shape.length));
}

export function widenedPlaces(c: NodeContext, rank: number): readonly number[] {
  const stated = c.intsOf("axes", 1) ?? misfit("is told no sizes");
  return stated.map((axis) => axisIn(axis, rank + stated.length)).toSorted((a, b) => a - b);
}

/** The sizes of a value, or those between two places. */
export function shapeSlice(c: NodeContext, shape: readonly number[]): Constant {
  const held = (place: number) =>
    Math.min(Math.max(place < 0 ? place + shape.length : place, 0), shape.length);
  return wholes(shape.slice(held(c.int("start", 0)), held(c.int("end", shape.length))));
}

export function shapeConstant(c: NodeContext): Constant {
  const value = c.value(0);
  const shape = value === null ? null : sizesOf(value);
  return shape === null ? misfit("asks for sizes that are not known") : shapeSlice(c, shape);
}
