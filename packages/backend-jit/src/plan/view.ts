// Values as a plan sees them: most are a buffer, element by element; broadcasts, reshapes and filled constants
// stay views of something else until a kernel needs them in memory.

import type { ElementType, TensorType } from "@netwright/ir";
import type { PointwiseInput } from "../kernels/body.ts";
import type { MovedBox } from "../kernels/move.ts";
import type { BufferId } from "../kernels/rule.ts";
import { type Access, FULL } from "./access.ts";

export type View =
  | { readonly kind: "constant"; readonly dtype: ElementType; readonly value: number }
  | {
      readonly kind: "buffer";
      readonly dtype: ElementType;
      readonly buffer: BufferId;
      readonly access: Access;
    };

export function wholeBuffer(buffer: BufferId, { dtype }: TensorType): View {
  return { kind: "buffer", dtype, buffer, access: FULL };
}

export function inputOf(view: View): PointwiseInput {
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
