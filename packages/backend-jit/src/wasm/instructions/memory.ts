// Instructions that touch memory at an address from the stack plus a constant offset: loads, stores, single
// lanes, atomics. An atomic's alignment is part of its meaning; that of the others is a hint.
// Source of all numbers: the WebAssembly core specification and the threads proposal.

import type { ValueType } from "../value-type.ts";
import { type AccessInstruction, prefix } from "./instruction.ts";

function load(code: number, align: number, gives: ValueType): AccessInstruction {
  return { code, align, takes: ["i32"], gives: [gives] };
}

function store(code: number, align: number, takes: ValueType): AccessInstruction {
  return { code, align, takes: ["i32", takes], gives: [] };
}

/** An atomic read-modify-write of an i32: takes an address and operands, gives the old value. */
function modify(code: number, operands: readonly ValueType[] = ["i32"]): AccessInstruction {
  return { code: prefix.atomic | code, align: 2, takes: ["i32", ...operands], gives: ["i32"] };
}

export const accessInstructions = {
  "i32.load": load(0x28, 2, "i32"),
  "i64.load": load(0x29, 3, "i64"),
  "f32.load": load(0x2a, 2, "f32"),
  "f64.load": load(0x2b, 3, "f64"),
  "i32.load8_s": load(0x2c, 0, "i32"),
  "i32.load8_u": load(0x2d, 0, "i32"),
  "i32.load16_u": load(0x2f, 1, "i32"),
  "i32.store": store(0x36, 2, "i32"),
  "i64.store": store(0x37, 3, "i64"),
  "f32.store": store(0x38, 2, "f32"),
  "f64.store": store(0x39, 3, "f64"),
  "i32.store8": store(0x3a, 0, "i32"),
  "i32.store16": store(0x3b, 1, "i32"),
  "v128.load": load(prefix.simd | 0, 4, "v128"),
  "v128.load8_splat": load(prefix.simd | 7, 0, "v128"),
  "v128.load32_splat": load(prefix.simd | 9, 2, "v128"),
  "v128.load64_splat": load(prefix.simd | 10, 3, "v128"),
  "v128.load32_zero": load(prefix.simd | 92, 2, "v128"),
  "v128.load64_zero": load(prefix.simd | 93, 3, "v128"),
  "v128.store": store(prefix.simd | 11, 4, "v128"),
  "i32.atomic.load": load(prefix.atomic | 0x10, 2, "i32"),
  "i32.atomic.store": store(prefix.atomic | 0x17, 2, "i32"),
  "i32.atomic.rmw.add": modify(0x1e),
  "i32.atomic.rmw.sub": modify(0x25),
  "i32.atomic.rmw.and": modify(0x2c),
  "i32.atomic.rmw.or": modify(0x33),
  "i32.atomic.rmw.xchg": modify(0x41),
  // address, expected, replacement
  "i32.atomic.rmw.cmpxchg": modify(0x48, ["i32", "i32"]),
  // address, number of waiters to wake; gives how many woke
  "memory.atomic.notify": modify(0x00),
  // address, expected, timeout in nanoseconds (negative: none); gives 0 woken, 1 not equal, 2 timed out
  "memory.atomic.wait32": modify(0x01, ["i32", "i64"]),
};

export const laneAccessInstructions = {
  "v128.load32_lane": { ...load(prefix.simd | 86, 2, "v128"), takes: ["i32", "v128"], lanes: 4 },
  "v128.load64_lane": { ...load(prefix.simd | 87, 3, "v128"), takes: ["i32", "v128"], lanes: 2 },
  "v128.store32_lane": { ...store(prefix.simd | 90, 2, "v128"), lanes: 4 },
  "v128.store64_lane": { ...store(prefix.simd | 91, 3, "v128"), lanes: 2 },
} satisfies { [name: string]: AccessInstruction & { readonly lanes: number } };
