// The interface that the elementary functions are written in, as SIMD instructions: each member appends its one
// instruction, so what is emitted has the bits of the formula on numbers.

import { at } from "@netwright/ir";
import type { Lanes } from "@netwright/ir/numerics";
import type { FunctionBuilder, Local, PlainName } from "../wasm/function-builder.ts";
import type { ConstantPool } from "./constant-pool.ts";

export type SimdLanes = Lanes<Local, Local, Local>;

/** Every result goes to a new local of the current scope. */
export function simdLanes(fn: FunctionBuilder, constants: ConstantPool): SimdLanes {
  const stored = (): Local => {
    const local = fn.local("v128");
    fn.set(local);
    return local;
  };
  const operation =
    (name: PlainName) =>
    (...inputs: readonly Local[]): Local => {
      for (let i = 0; i < inputs.length; i++) fn.get(at(inputs, i));
      fn.op(name);
      return stored();
    };
  const shift =
    (name: PlainName) =>
    (a: Local, count: number): Local => {
      fn.get(a).i32(count).op(name);
      return stored();
    };
  const bitselect = operation("v128.bitselect");
  return {
    f32: (value) => constants.f32(value),
    i32: (value) => constants.i32(value),
    add: operation("f32x4.add"),
    subtract: operation("f32x4.sub"),
    multiply: operation("f32x4.mul"),
    divide: operation("f32x4.div"),
    sqrt: operation("f32x4.sqrt"),
    abs: operation("f32x4.abs"),
    negate: operation("f32x4.neg"),
    floor: operation("f32x4.floor"),
    min: operation("f32x4.pmin"),
    max: operation("f32x4.pmax"),
    less: operation("f32x4.lt"),
    equal: operation("f32x4.eq"),
    and: operation("v128.and"),
    or: operation("v128.or"),
    not: operation("v128.not"),
    select: (condition, yes, no) => bitselect(yes, no, condition),
    toBits: (a) => a,
    fromBits: (a) => a,
    toF32: operation("f32x4.convert_i32x4_s"),
    addI32: operation("i32x4.add"),
    subtractI32: operation("i32x4.sub"),
    multiplyI32: operation("i32x4.mul"),
    andI32: operation("v128.and"),
    orI32: operation("v128.or"),
    shiftLeft: shift("i32x4.shl"),
    shiftRight: shift("i32x4.shr_s"),
  };
}
