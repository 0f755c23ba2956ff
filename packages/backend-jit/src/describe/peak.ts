// What one thread reaches at best: independent chains of multiplications and additions of four numbers, with nothing
// from memory. The peak against which kernels are held.

import { engine } from "../wasm/engine.ts";
import type { FunctionBuilder, Local } from "../wasm/function-builder.ts";
import { ModuleBuilder } from "../wasm/module-builder.ts";
import { now } from "./clock.ts";

/** Enough to keep two adders busy that take three or four cycles; more and their operands leave the registers. */
const CHAINS = 8;
const TURNS = 20_000;
/** A multiplication and an addition, and one with a subtraction, so that the numbers stay small; four lanes each. */
const FLOPS = TURNS * CHAINS * 2 * 2 * 4;

/** How long until the optimizing compiler has surely replaced the first code. */
const WARM_MS = 60;
/** The best of many: other work on the machine only slows down. */
const ROUNDS = 60;

/** FLOP/s of 128-bit SIMD on one thread, as this engine compiles it. Takes about 0.1 seconds. */
export async function measurePeak(): Promise<number> {
  const module = new ModuleBuilder();
  module.exportFunction(module.func("run", { params: ["i32"], results: ["f32"] }, emitChains));
  const { exports } = new engine.Instance(await engine.compile(module.toBytes()));
  if (typeof exports["run"] !== "function") throw new Error("the probe does not export run");
  // Emitted above with this type.
  const run = exports["run"] as (turns: number) => number;
  const warm = now() + WARM_MS;
  while (now() < warm) run(TURNS);
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round++) {
    const start = now();
    run(TURNS);
    best = Math.min(best, now() - start);
  }
  return (FLOPS / best) * 1000;
}

function emitChains(fn: FunctionBuilder, [turns]: readonly Local[]): void {
  if (turns === undefined) throw new Error("the probe has one parameter");
  const chains = fn.locals("v128", CHAINS);
  const [factor, addend] = [fn.local("v128"), fn.local("v128")];
  fn.f32x4(0.999).set(factor).f32x4(0.5).set(addend);
  for (const chain of chains) fn.f32x4(1).set(chain);
  fn.loop((again) => {
    // As in a product: what is multiplied is not the sum.
    for (const name of ["f32x4.add", "f32x4.sub"] as const) {
      for (const chain of chains) fn.get(chain).get(factor).get(addend).op("f32x4.mul").op(name).set(chain);
    }
    fn.get(turns).i32(1).op("i32.sub").tee(turns).brIf(again);
  });
  const [first, ...rest] = chains;
  if (first === undefined) throw new Error("the probe has chains");
  fn.get(first);
  for (const chain of rest) fn.get(chain).op("f32x4.add");
  fn.lane("f32x4.extract_lane", 0);
}
