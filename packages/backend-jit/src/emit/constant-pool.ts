// Constant vectors of one kernel, by the number in their lanes.

import { at } from "@netwright/ir";
import type { FunctionBuilder, Local } from "../wasm/function-builder.ts";

export interface ConstantPool {
  readonly f32: (value: number) => Local;
  readonly i32: (value: number) => Local;
}

const number = new Float32Array(1);
const bits = new Int32Array(number.buffer);

function bitsOf(value: number): number {
  number[0] = value;
  return at(bits, 0);
}

export function constantPool(fn: FunctionBuilder): ConstantPool {
  return {
    f32: (value) => fn.constantLanes(bitsOf(value)),
    i32: (value) => fn.constantLanes(value),
  };
}
