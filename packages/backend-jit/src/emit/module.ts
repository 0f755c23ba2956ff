// The WebAssembly module of a planned program: a function for each kernel, and an exported one for each function
// of the program, named after its position, which calls its kernels in order.

import { at } from "@netwright/ir";
import type { BufferId } from "../kernels/rule.ts";
import { type Kernel, ruleOf } from "../kernels/table.ts";
import { kernelCode } from "../plan/kernel-code.ts";
import type { FuncPlan, PlannedKernel, ProgramPlan } from "../plan/plan.ts";
import { type FunctionBody, openAddress } from "../wasm/function-body.ts";
import type { FunctionBuilder, FunctionRef, Local } from "../wasm/function-builder.ts";
import { ModuleBuilder } from "../wasm/module-builder.ts";
import type { FunctionType } from "../wasm/value-type.ts";
import { type Barriers, emitBarriers, THREAD } from "./barrier.ts";
import { constantPool } from "./constant-pool.ts";
import { modulePacking, type Packing } from "./gemm/index.ts";
import { type Helpers, moduleHelpers } from "./helpers.ts";
import { simdLanes } from "./lanes.ts";
import type { Part } from "./part.ts";

const NOTHING: FunctionType = { params: [], results: [] };
export const PAGE = 65536;

export interface ModuleOptions {
  /** Exports the kernels too, `f0_k0`, `f0_k1`, ...: to measure each alone. */
  readonly exportKernels?: boolean;
}

/**
 * Imports its memory as `env.memory`; exports `f0`, `f1`, ... in order of the plan's functions.
 *
 * With several threads the memory is shared, each thread has an instance and calls the same function at the same
 * time with its index and the number of threads, which may be one; `env.sleep` is for the first thread alone, see
 * `barrier.ts`.
 */
export function emitModule(
  plan: ProgramPlan,
  { exportKernels = false }: ModuleOptions = {},
): Uint8Array<ArrayBuffer> {
  const module = new ModuleBuilder();
  const pages = Math.ceil(plan.bytes / PAGE);
  const isShared = plan.threads > 1;
  module.importMemory("env", "memory", {
    initial: pages,
    ...(isShared ? { maximum: pages, shared: true } : {}),
  });
  const barriers = isShared
    ? emitBarriers(module, module.importFunction("env", "sleep", { params: ["i32"], results: [] }))
    : undefined;
  for (const ref of emitFunctions(module, plan, barriers, exportKernels)) module.exportFunction(ref);
  return module.toBytes();
}

/** Appends the functions of a plan to a module that has a memory of its size, in the order of the plan. */
export function emitFunctions(
  module: ModuleBuilder,
  plan: ProgramPlan,
  barriers?: Barriers,
  exportKernels = false,
): readonly FunctionRef[] {
  const tools: Tools = {
    module,
    plan,
    helpers: moduleHelpers(module),
    packing: modulePacking(module),
    barriers,
    bodies: new Map(),
  };
  // A plan may have a kernel in several functions, to measure it alone: it is the same code.
  const emitted = new Map<Kernel, FunctionRef>();
  return plan.functions.map((func, i) => {
    const kernels = func.kernels.map((planned, k) => {
      const name = `${func.func.name}_${k}_${planned.kernel.kind}`;
      const ref = emitted.get(planned.kernel) ?? emitKernel(tools, func, planned, name);
      emitted.set(planned.kernel, ref);
      return { ...planned, ref };
    });
    kernels.forEach(({ ref }, k) => {
      if (exportKernels) module.exportFunction(ref, `f${i}_k${k}`);
    });
    return module.func(`f${i}`, barriers === undefined ? NOTHING : THREAD, (fn, [thread, threads]) => {
      if (barriers === undefined || thread === undefined || threads === undefined || !func.shared) {
        for (const kernel of kernels) fn.call(kernel.ref);
        emitCopies(fn, func);
      } else {
        emitShared(fn, func, kernels, barriers, thread, threads);
      }
    });
  });
}

interface Tools {
  readonly module: ModuleBuilder;
  readonly plan: ProgramPlan;
  readonly helpers: Helpers;
  readonly packing: Packing;
  readonly barriers: Barriers | undefined;
  /** Code by what it depends on: the kernels of equal layers differ in their addresses alone. */
  readonly bodies: Map<string, FunctionBody>;
}

function emitCopies(fn: FunctionBuilder, { copies }: FuncPlan): void {
  for (const { from, to, bytes } of copies) fn.i32(to).i32(from).i32(bytes).memoryCopy();
}

/** The kernels as all threads call them; the first one returns last. */
function emitShared(
  fn: FunctionBuilder,
  func: FuncPlan,
  kernels: readonly (PlannedKernel & { readonly ref: FunctionRef })[],
  barriers: Barriers,
  thread: Local,
  threads: Local,
): void {
  const alone = (body: () => void): void => {
    fn.get(thread).op("i32.eqz").ifElse(body);
  };
  for (const { share, barrier, ref } of kernels) {
    if (barrier) fn.get(thread).get(threads).call(barriers.wait);
    if (share === undefined) alone(() => fn.call(ref));
    else fn.get(thread).get(threads).call(ref);
  }
  fn.get(thread).get(threads).call(barriers.finish);
  if (func.copies.length > 0) alone(() => emitCopies(fn, func));
}

function emitKernel(
  tools: Tools,
  { addresses }: FuncPlan,
  planned: PlannedKernel,
  name: string,
): FunctionRef {
  const { module, plan, bodies } = tools;
  const { kernel, scratch, share } = planned;
  const { key, buffers, numbers } = kernelCode(kernel, share, plan.engine);
  // What stays in registers has no place.
  const places = buffers.map((buffer) => addresses.get(buffer));
  // Arrays in one place, as a new state over the old one, are one symbol: the code may depend on that.
  const symbols = places.map((place, i) => (place === undefined ? i : places.indexOf(place)));
  const type = share === undefined ? NOTHING : THREAD;
  const whole = `${key} ${symbols.join()}`;
  const body =
    bodies.get(whole) ??
    emitBody(
      tools,
      planned,
      { symbols: new Map(buffers.map((buffer, i) => [buffer, at(symbols, i)])), numbers: numbers.length },
      name,
      type,
    );
  bodies.set(whole, body);
  return module.add(name, type, body, (symbol) => {
    const place =
      symbol === buffers.length ? scratch : (places[symbol] ?? numbers[symbol - buffers.length - 1]);
    if (place === undefined) throw new Error(`buffer ${buffers[symbol]} of ${name} has no address`);
    return place;
  });
}

interface Open {
  /** Symbols of the arrays. */
  readonly symbols: ReadonlyMap<BufferId, number>;
  /** How many numbers there are. */
  readonly numbers: number;
}

/** The addresses stay open: those of the arrays, and behind them the working memory and the numbers of the code. */
function emitBody(
  { module, plan: { engine, scratchStride }, helpers, packing, barriers }: Tools,
  { kernel, share }: PlannedKernel,
  { symbols, numbers: count }: Open,
  name: string,
  type: FunctionType,
): FunctionBody {
  const address = (buffer: BufferId): number => {
    const symbol = symbols.get(buffer);
    if (symbol === undefined) throw new Error(`buffer ${buffer} is not one of ${name}`);
    return openAddress(symbol);
  };
  return module.body(name, type, (fn, [thread, threads]) => {
    const constants = constantPool(fn);
    const isPart =
      share !== undefined && barriers !== undefined && thread !== undefined && threads !== undefined;
    const part: Part | undefined = isPart
      ? { share, thread, threads, scratchStride, wait: () => fn.get(thread).get(threads).call(barriers.wait) }
      : undefined;
    const lanes = simdLanes(fn, constants);
    const scratch = openAddress(symbols.size);
    const numbers = Array.from({ length: count }, (_, i) => openAddress(symbols.size + 1 + i));
    ruleOf(kernel).emit(
      { fn, constants, lanes, helpers, packing, engine, address, numbers, scratch, part },
      kernel,
    );
  });
}
