// The slice layer: a part of one size of a row.

import { integer, optional, type Shape } from "@netwright/definitions";
import type { Builder, Value } from "@netwright/ir";
import { axis, axisProblem, dimensionsOf, isLast, placesOf } from "./axes.ts";
import { defineLayer, plainParts } from "./layer.ts";

export const slice = defineLayer({
  name: "slice",
  doc: "Gives a part of its input: what lies from a place on up to another, of one size.",
  formula: "y[i] = x[start + i], i < end - start",
  example: "slice(0, 4)",
  source: "NumPy, `x[..., start:end]`",
  params: {
    start: integer({ doc: "The first place, counted from 0; a negative one from the end.", default: 0 }),
    end: optional(
      integer({
        doc: "The place behind the last; a negative one is counted from the end, and `none` is the end.",
      }),
    ),
    axis: axis("The size of which it is a part"),
  },
  // Indices stay indices.
  output: ([type], args) => {
    const { shape } = type;
    const problem = axisProblem("slice", args.axis, shape);
    if (problem !== undefined) return problem;
    const [place = 0] = placesOf(args.axis, shape);
    const size = shape[place] ?? 1;
    const { from, to } = bounds(size, args);
    if (from < 0 || to > size || from >= to) {
      const end = args.end === null ? "to the end" : `up to ${args.end}`;
      return {
        problem: `slice takes what lies from ${args.start} ${end} of ${size}, and there is no such part`,
        note: "Places are counted from 0, and the last is not among them: `slice(0, 4)` gives four numbers.",
      };
    }
    return { ...type, shape: shape.map((own, at) => (at === place ? to - from : own)) };
  },
  parts: (args) => ({
    ...plainParts,
    sees: "place",
    padding: "keeps",
    ...(isLast(args.axis) ? { apart: true } : {}),
  }),
  // Of steps that are cut off, the mask is as well.
  mask: ({ b, masks: [mask] }, [x], args) => {
    if (mask === null) return null;
    const [dimension = 0] = dimensionsOf(args.axis, x.type.shape.slice(1));
    return dimension === 1 ? partOf(b, mask, dimension, args) : mask;
  },
  build: ({ b }, [x], args) => {
    const [dimension = 0] = dimensionsOf(args.axis, x.type.shape.slice(1));
    return partOf(b, x, dimension, args);
  },
});

interface Part {
  readonly start: number;
  readonly end: number | null;
}

function partOf(b: Builder, x: Value, dimension: number, part: Part): Value {
  const { shape } = x.type;
  const { from, to } = bounds(shape[dimension] ?? 1, part);
  const at = (here: number, others: Shape) => others.map((own, d) => (d === dimension ? here : own));
  return b.slice(
    x,
    at(
      from,
      shape.map(() => 0),
    ),
    at(to, shape),
  );
}

function bounds(size: number, { start, end }: Part) {
  const counted = (place: number) => (place < 0 ? place + size : place);
  return { from: counted(start), to: end === null ? size : counted(end) };
}
