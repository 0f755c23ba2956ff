// Constant vectors of one kernel, by the number in their lanes.

import type { FunctionBuilder, Local } from "../wasm/function-builder.ts";

export interface ConstantPool {
  readonly f32: (value: number) => Local;
  readonly i32: (bits: number) => Local;
}

const bitsOf = (value: number): number => new Int32Array(Float32Array.of(value).buffer)[0] ?? 0;

export function constantPool(fn: FunctionBuilder): ConstantPool {
  return {
    f32: (value) => fn.constantLanes(bitsOf(value)),
    i32: (bits) => fn.constantLanes(bits),
  };
}
