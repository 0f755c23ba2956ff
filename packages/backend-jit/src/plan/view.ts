// Values as a plan sees them: most are a buffer, element by element; broadcasts, reshapes, transposes and filled constants
// stay views of something else until a kernel needs them in memory.

import { at, type ElementType, type TensorType } from "@netwright/ir";
import type { PointwiseInput } from "../kernels/body.ts";
import type { MovedBox } from "../kernels/move.ts";
import type { BufferId } from "../kernels/rule.ts";
import { type Access, FULL } from "./access.ts";
import { mergedRuns, type Run } from "./strides.ts";

export type View =
  | { readonly kind: "constant"; readonly dtype: ElementType; readonly value: number }
  | {
      readonly kind: "buffer";
      readonly dtype: ElementType;
      readonly buffer: BufferId;
      readonly access: Access;
    }
  | PermutedView;

/** All elements of a buffer in another order, which products and reductions read where they lie. */
export interface PermutedView extends Laid {
  readonly kind: "permuted";
  readonly dtype: ElementType;
}

/** An array in memory: where each of its dimensions goes, which may be several runs, the last of which varies fastest. */
export interface Laid {
  readonly buffer: BufferId;
  readonly dimensions: readonly (readonly Run[])[];
}

/** The runs of some dimensions, in the order given. */
export function runsOf({ dimensions }: Laid, which: readonly number[]): Run[] {
  return which.flatMap((d) => at(dimensions, d));
}

/** In which order its elements lie, whatever its shape: equal for those in the same order. */
export function orderOf({ dimensions }: Laid): string {
  const [runs = []] = mergedRuns(dimensions.flat());
  return runs.map(({ size, stride }) => `${size}:${stride}`).join(" ");
}

export function wholeBuffer(
  buffer: BufferId,
  { dtype }: Pick<TensorType, "dtype">,
): Extract<View, { kind: "buffer" }> {
  return { kind: "buffer", dtype, buffer, access: FULL };
}

export function inputOf(view: Exclude<View, PermutedView>): PointwiseInput {
  return view.kind === "constant"
    ? view
    : { kind: "buffer", buffer: view.buffer, dtype: view.dtype, access: view.access };
}

/** The copies that write a repeated buffer in full, `size` elements. */
export function repeatBox(buffer: BufferId, { kind, columns }: Access, size: number): MovedBox {
  const width = columns === 0 ? size : columns;
  const strides = { full: [width, 1], row: [0, 1], column: [1, 0], scalar: [0, 0] } as const;
  return {
    source: buffer,
    shape: [width === 0 ? 0 : size / width, width],
    sourceStart: 0,
    sourceStrides: strides[kind],
    targetStart: 0,
    targetStrides: [width, 1],
  };
}
