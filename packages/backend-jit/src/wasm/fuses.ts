// Whether this engine has `f32x4.relaxed_madd`, and rounds once by it: found by trying, once for a process. Engines decide by
// the processor, in all of their compilers alike.

import { engine } from "./engine.ts";
import { ModuleBuilder } from "./module-builder.ts";

/** Three numbers, what they give rounded once; rounded twice each gives something else. */
const TRIALS: readonly (readonly [a: number, b: number, c: number, fused: number])[] = [
  [1 + 2 ** -12, 1 + 2 ** -12, -(1 + 2 ** -11), 2 ** -24],
  [1 - 2 ** -12, 1 + 2 ** -12, -1, -(2 ** -24)],
  [2 ** 100, 2 ** 100, Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY],
  [2 ** -75, 2 ** -75 * (1 + 2 ** -23), -0, 2 ** -149],
  [2 ** 64, 2 ** 64, -(2 ** 127), 2 ** 127],
];

let found: boolean | undefined;

/** False where the instruction is not there. */
export function fusesProducts(): boolean {
  found ??= probe();
  return found;
}

function probe(): boolean {
  const module = new ModuleBuilder();
  const run = module.func("run", { params: ["f32", "f32", "f32"], results: ["f32"] }, (fn, numbers) => {
    for (const number of numbers) fn.get(number).op("f32x4.splat");
    fn.op("f32x4.relaxed_madd").lane("f32x4.extract_lane", 3);
  });
  module.exportFunction(run);
  const bytes = module.toBytes();
  if (engine === undefined || !engine.validate(bytes)) return false;
  const exported = new engine.Instance(new engine.Module(bytes)).exports["run"];
  if (typeof exported !== "function") throw new Error("the probe does not export run");
  // Emitted above with this type.
  const madd = exported as (a: number, b: number, c: number) => number;
  return TRIALS.every(([a, b, c, fused]) => madd(a, b, c) === fused);
}
