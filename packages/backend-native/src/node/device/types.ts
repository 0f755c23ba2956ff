// Element types of the IR as the numbers by which the addon knows TensorFlow's.

import type { ElementType } from "@netwright/ir";
import type { Binding } from "./binding.ts";

const TYPES = {
  f32: "TF_FLOAT",
  i32: "TF_INT32",
  // TensorFlow's unsigned types have few kernels; only host kernels look at the bits.
  u32: "TF_INT32",
  pred: "TF_BOOL",
} as const satisfies { readonly [K in ElementType]: keyof Binding };

export function dtypeOf(binding: Binding, dtype: ElementType): number {
  return binding[TYPES[dtype]];
}
