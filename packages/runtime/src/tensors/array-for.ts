// The arrays of the backend contract, by element type.

import type { ElementType } from "@netwright/ir";
import type { TensorData } from "../backend/backend.ts";

const arrays: { readonly [D in ElementType]: ((size: number) => TensorData) | undefined } = {
  f32: (size) => new Float32Array(size),
  i32: (size) => new Int32Array(size),
  u32: (size) => new Uint32Array(size),
  pred: undefined,
};

/** Zeros; nothing for pred, which cannot leave a program. */
export function arrayFor(dtype: ElementType, size: number): TensorData | undefined {
  return arrays[dtype]?.(size);
}
