// The WebAssembly module of a planned program: a function for each kernel, and an exported one for each function
// of the program, named after its position, which calls its kernels in order.

import type { Kernel } from "../plan/kernel.ts";
import type { FuncPlan, PlannedKernel, ProgramPlan } from "../plan/plan.ts";
import type { FunctionRef } from "../wasm/function-builder.ts";
import { ModuleBuilder } from "../wasm/module-builder.ts";
import type { FunctionType } from "../wasm/value-type.ts";
import { constantPool } from "./constant-pool.ts";
import { emitContraction } from "./contraction.ts";
import type { Emission } from "./emission.ts";
import type { GemmEngine } from "./gemm/index.ts";
import { type Helpers, moduleHelpers } from "./helpers.ts";
import { simdLanes } from "./lanes.ts";
import { emitMap } from "./map.ts";
import { emitMove } from "./move.ts";
import { emitRandom } from "./random.ts";
import { emitReduce } from "./reduce.ts";

const NOTHING: FunctionType = { params: [], results: [] };
export const PAGE = 65536;

export interface ModuleOptions {
  /** Exports the kernels too, `f0_k0`, `f0_k1`, ...: to measure each alone. */
  readonly exportKernels?: boolean;
}

/** Imports its memory as `env.memory`; exports `f0`, `f1`, ... in order of the plan's functions. */
export function emitModule(
  plan: ProgramPlan,
  { exportKernels = false }: ModuleOptions = {},
): Uint8Array<ArrayBuffer> {
  const module = new ModuleBuilder();
  module.importMemory("env", "memory", { initial: Math.ceil(plan.bytes / PAGE) });
  const helpers = moduleHelpers(module);
  plan.functions.forEach((func, i) => {
    const kernels = func.kernels.map((planned, k) =>
      emitKernel(
        module,
        helpers,
        plan.engine,
        func,
        planned,
        `${func.func.name}_${k}_${planned.kernel.kind}`,
      ),
    );
    kernels.forEach((kernel, k) => {
      if (exportKernels) module.exportFunction(kernel, `f${i}_k${k}`);
    });
    const ref = module.func(`f${i}`, NOTHING, (fn) => {
      for (const kernel of kernels) fn.call(kernel);
      for (const { from, to, bytes } of func.copies) fn.i32(to).i32(from).i32(bytes).memoryCopy();
    });
    module.exportFunction(ref);
  });
  return module.toBytes();
}

function emitKernel(
  module: ModuleBuilder,
  helpers: Helpers,
  engine: GemmEngine,
  { addresses }: FuncPlan,
  { kernel, scratch }: PlannedKernel,
  name: string,
): FunctionRef {
  const address = (buffer: number): number => {
    const found = addresses.get(buffer);
    if (found === undefined) throw new Error(`buffer ${buffer} of ${name} has no address`);
    return found;
  };
  return module.func(name, NOTHING, (fn) => {
    const constants = constantPool(fn);
    emitBy(kernel, { fn, constants, lanes: simdLanes(fn, constants), helpers, engine, address, scratch });
  });
}

function emitBy(kernel: Kernel, emission: Emission): void {
  switch (kernel.kind) {
    case "map":
      emitMap(emission, kernel);
      break;
    case "contraction":
      emitContraction(emission, kernel);
      break;
    case "reduce":
      emitReduce(emission, kernel);
      break;
    case "move":
      emitMove(emission, kernel);
      break;
    case "random":
      emitRandom(emission, kernel);
      break;
  }
}
