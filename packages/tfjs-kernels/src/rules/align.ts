// Shapes of elementwise operands that repeat each other, reduced to as few dimensions as tell them apart:
// [128,4,512] with [128,4,512] is [262144] twice, [128,512] with [512] stays, anything with [] too.

import { at, sizeOf } from "@netwright/ir";
import type { Ref } from "../plan/plan.ts";
import type { Planner } from "../plan/planner.ts";

export interface Aligned {
  /** The operands under shapes that tfjs kernels repeat as meant. */
  readonly operands: readonly Ref[];
  /** The shape of the result, of the full rank of the largest operand. */
  readonly shape: readonly number[];
}

/** XNNPACK and TensorFlow repeat operands quickly up to this number of dimensions. */
const MAX_RANK = 4;

export function align(refs: readonly Ref[], planner: Planner): Aligned {
  const rank = Math.max(...refs.map((ref) => ref.type.shape.length));
  const padded = refs.map(({ type }) => [
    ...new Array<number>(rank - type.shape.length).fill(1),
    ...type.shape,
  ]);
  const shape = Array.from({ length: rank }, (_, d) => Math.max(...padded.map((dims) => at(dims, d))));
  // Fixed shapes would have to be changed first.
  if (planner.hasFixedShapes) return { operands: refs, shape };
  const collapsed = collapse(padded, shape);
  if ((collapsed[0]?.length ?? 0) > MAX_RANK) {
    return {
      operands: refs.map((ref) => planner.reshape(planner.expand(ref, shape), [sizeOf(shape)])),
      shape,
    };
  }
  return { operands: refs.map((ref, i) => planner.reshape(ref, trim(collapsed[i] ?? []))), shape };
}

/** As `align`, with every operand either full or a scalar. */
export function alignForHost(refs: readonly Ref[], planner: Planner): Aligned {
  const { shape } = align(refs, planner);
  const operands = refs.map((ref) => {
    const size = sizeOf(ref.type.shape);
    if (size === 1) return planner.reshape(ref, []);
    return planner.reshape(planner.expand(ref, shape), [sizeOf(shape)]);
  });
  return { operands, shape };
}

/** Merges neighbouring dimensions in which the same operands repeat. */
function collapse(shapes: readonly (readonly number[])[], result: readonly number[]): number[][] {
  const collapsed = shapes.map((): number[] => []);
  let previous = "";
  for (const [d, size] of result.entries()) {
    if (size === 1) continue;
    const pattern = shapes.map((shape) => (shape[d] === size ? "1" : "0")).join("");
    for (const [i, shape] of shapes.entries()) {
      const dims = collapsed[i] ?? [];
      const own = at(shape, d);
      if (pattern === previous) dims.push((dims.pop() ?? 1) * own);
      else dims.push(own);
    }
    previous = pattern;
  }
  return collapsed;
}

function trim(shape: readonly number[]): readonly number[] {
  const first = shape.findIndex((size) => size !== 1);
  return first < 0 ? [] : shape.slice(first);
}
