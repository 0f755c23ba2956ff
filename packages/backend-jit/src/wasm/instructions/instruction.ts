// What the builder must know of an instruction: its opcode and the types it takes from and leaves on the stack.
// Instructions come in families that share a signature; the tables next to this file list them.

import type { ValueType } from "../value-type.ts";

export interface Instruction {
  /** One byte, or a prefix byte in bits 16 to 23 and the number after the prefix in bits 0 to 15. */
  readonly code: number;
  readonly takes: readonly ValueType[];
  readonly gives: readonly ValueType[];
}

/** An instruction with an address; `align` is log2 of the bytes that it touches. */
export interface AccessInstruction extends Instruction {
  readonly align: number;
}

/** An instruction with a lane number in it, below `lanes`. */
export interface LaneInstruction extends Instruction {
  readonly lanes: number;
}

export const prefix = { bulk: 0xfc_0000, simd: 0xfd_0000, atomic: 0xfe_0000 } as const;

/** A family of instructions with one signature, written "takes, takes -> gives" as two lists. */
export function family<K extends string>(
  takes: readonly ValueType[],
  gives: readonly ValueType[],
  codes: { readonly [P in K]: number },
  prefixBits = 0,
): { readonly [P in K]: Instruction } {
  const rows = Object.entries<number>(codes).map(([name, code]): [string, Instruction] => [
    name,
    { code: prefixBits | code, takes, gives },
  ]);
  // Object.fromEntries forgets the keys, which are exactly those of `codes`.
  return Object.fromEntries(rows) as { readonly [P in K]: Instruction };
}
