// Constant vectors of one kernel, each in a local that is set once at its start: engines build a vector constant
// anew wherever it stands in the code. Which there are is known only at the end, so a kernel is emitted twice,
// the first time to collect them.

import type { FunctionBuilder, Local } from "../wasm/function-builder.ts";

export interface ConstantPool {
  readonly f32: (value: number) => Local;
  readonly i32: (bits: number) => Local;
}

const bitsOf = (value: number): number => new Int32Array(Float32Array.of(value).buffer)[0] ?? 0;

/** Runs `emit` on `fn`, with its constants set before. */
export function withConstants(
  fn: FunctionBuilder,
  newBuilder: () => FunctionBuilder,
  emit: (fn: FunctionBuilder, constants: ConstantPool) => void,
): void {
  const found = new Set<number>();
  const trial = newBuilder();
  const nowhere = trial.local("v128");
  const collect = (bits: number): Local => {
    found.add(bits);
    return nowhere;
  };
  emit(trial, { i32: collect, f32: (value) => collect(bitsOf(value)) });

  const locals = new Map<number, Local>();
  for (const bits of found) {
    const local = fn.local("v128");
    fn.i32x4(bits).set(local);
    locals.set(bits, local);
  }
  const look = (bits: number): Local => {
    const local = locals.get(bits);
    if (local === undefined) throw new Error("a kernel was emitted differently the second time");
    return local;
  };
  emit(fn, { i32: look, f32: (value) => look(bitsOf(value)) });
}
