// The WebAssembly module of a planned program: a function for each kernel, and an exported one for each function
// of the program, named after its position, which calls its kernels in order.

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
import type { InnerCalls } from "./emission.ts";
import { modulePacking, type Packing } from "./gemm/index.ts";
import { type Helpers, moduleHelpers } from "./helpers.ts";
import { type SimdLanes, simdLanes } from "./lanes.ts";
import type { Part } from "./part.ts";
import { productSum } from "./product-sum.ts";

const NOTHING: FunctionType = { params: [], results: [] };
/** Of a step in a loop. */
const INDEX = ["i32"] as const;
export const PAGE = 65536;

export interface ModuleOptions {
  /** Exports the kernels too, `f0_k0`, `f0_k1`, ...: to measure each alone. */
  readonly exportKernels?: boolean;
  /** Checks the types as code is written: what an engine finds wrong it cannot say of which line. */
  readonly checked?: boolean;
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
  { exportKernels = false, checked = true }: ModuleOptions = {},
): Uint8Array<ArrayBuffer> {
  const module = new ModuleBuilder({ checked });
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
  const emitted = new Map<Kernel, EmittedKernel>();
  return plan.functions.map((func, i) => {
    const kernels = func.kernels.map((planned, k) => {
      const name = `${func.func.name}_${k}`;
      const each = emitted.get(planned.kernel) ?? emitKernel(tools, func, planned, name);
      emitted.set(planned.kernel, each);
      return { ...each, barrier: planned.barrier };
    });
    if (exportKernels) {
      for (const [k, kernel] of kernels.entries()) exportKernel(module, kernel, `f${i}_k${k}`);
    }
    return module.func(`f${i}`, barriers === undefined ? NOTHING : THREAD, (fn, [thread, threads]) => {
      if (barriers === undefined || thread === undefined || threads === undefined || !func.shared) {
        for (const kernel of kernels) emitCall(fn, kernel);
        emitCopies(fn, func);
      } else {
        emitShared(fn, func, kernels, { barriers, thread, threads });
      }
    });
  });
}

/** Kernels of a loop behind its own name: those before it first. */
function exportKernel(module: ModuleBuilder, { ref, inner }: EmittedKernel, name: string): void {
  module.exportFunction(ref, name);
  if (inner === undefined) return;
  for (const [i, kernel] of [...inner.before, ...inner.body].entries()) {
    exportKernel(module, kernel, `${name}_${i}`);
  }
}

/** A planned kernel as a function of the module. */
interface EmittedKernel extends Pick<PlannedKernel, "kernel" | "share" | "barrier"> {
  readonly ref: FunctionRef;
  readonly inner: EmittedLoop | undefined;
}

interface EmittedLoop {
  readonly before: readonly EmittedKernel[];
  readonly body: readonly EmittedKernel[];
}

/** What several threads need to call kernels. */
interface Together {
  readonly barriers: Barriers;
  readonly thread: Local;
  readonly threads: Local;
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
  kernels: readonly EmittedKernel[],
  together: Together,
): void {
  const { barriers, thread, threads } = together;
  for (const kernel of kernels) emitCall(fn, kernel, together);
  fn.get(thread).get(threads).call(barriers.finish);
  if (func.copies.length > 0) emitAlone(fn, together, () => emitCopies(fn, func));
}

function emitAlone(fn: FunctionBuilder, { thread }: Together, body: () => void): void {
  fn.get(thread).op("i32.eqz").ifElse(body);
}

/** As all threads call it, or the only one; `index` is that of the step where it is in a loop. */
function emitCall(
  fn: FunctionBuilder,
  { kernel, ref, share, barrier }: EmittedKernel,
  together?: Together,
  index?: Local,
): void {
  const call = (): void => {
    if (index !== undefined && ruleOf(kernel).isInSteps) fn.get(index);
    if (together !== undefined && share !== undefined) fn.get(together.thread).get(together.threads);
    fn.call(ref);
  };
  if (together === undefined) {
    call();
    return;
  }
  if (barrier) fn.get(together.thread).get(together.threads).call(together.barriers.wait);
  if (share === undefined) emitAlone(fn, together, call);
  else call();
}

function emitKernel(tools: Tools, func: FuncPlan, planned: PlannedKernel, name: string): EmittedKernel {
  const { kernel, share, barrier } = planned;
  const emitAll = (some: readonly PlannedKernel[], part: string) =>
    some.map((each, i) => emitKernel(tools, func, each, `${name}_${part}_${i}`));
  const inner = planned.inner && {
    before: emitAll(planned.inner.before, "before"),
    body: emitAll(planned.inner.body, "step"),
  };
  const ref = emitKernelFunction(tools, func, planned, inner, `${name}_${kernel.kind}`);
  return { kernel, share, barrier, ref, inner };
}

function emitKernelFunction(
  tools: Tools,
  { addresses }: FuncPlan,
  planned: PlannedKernel,
  inner: EmittedLoop | undefined,
  name: string,
): FunctionRef {
  const { module, plan, bodies } = tools;
  const { kernel, scratch, share } = planned;
  const { key, symbols, places, numbers } = kernelCode(kernel, share, plan.engine, (buffer) =>
    addresses.get(buffer),
  );
  const { params, results } = share === undefined ? NOTHING : THREAD;
  const type: FunctionType = { params: ruleOf(kernel).isInSteps ? [...INDEX, ...params] : params, results };
  const open = { symbols, places: places.length, numbers: numbers.length, inner };
  // What calls kernels is no code of others.
  const known = inner === undefined ? bodies.get(key) : undefined;
  const body = known ?? emitBody(tools, planned, open, name, type);
  if (inner === undefined) bodies.set(key, body);
  return module.add(name, type, body, [...places, scratch, ...numbers]);
}

interface Open {
  /** Symbols of the arrays. */
  readonly symbols: ReadonlyMap<BufferId, number>;
  /** How many places, */
  readonly places: number;
  /** and how many numbers there are. */
  readonly numbers: number;
  /** Of a loop. */
  readonly inner: EmittedLoop | undefined;
}

/** The addresses stay open: those of the arrays, and behind them the working memory and the numbers of the code. */
function emitBody(
  { module, plan: { engine, scratchStride, productSums }, helpers, packing, barriers }: Tools,
  { kernel, share }: PlannedKernel,
  { symbols, places, numbers: count, inner }: Open,
  name: string,
  type: FunctionType,
): FunctionBody {
  const address = (buffer: BufferId): number => {
    const symbol = symbols.get(buffer);
    if (symbol === undefined) throw new Error(`buffer ${buffer} is not one of ${name}`);
    return openAddress(symbol);
  };
  return module.body(name, type, (fn, params) => {
    const index = ruleOf(kernel).isInSteps ? params[0] : undefined;
    const thread = params[index === undefined ? 0 : 1];
    const threads = params[index === undefined ? 1 : 2];
    const constants = constantPool(fn);
    const together =
      barriers !== undefined && thread !== undefined && threads !== undefined
        ? { barriers, thread, threads }
        : undefined;
    const part: Part | undefined =
      together !== undefined && share !== undefined
        ? {
            share,
            thread: together.thread,
            threads: together.threads,
            scratchStride,
            wait: () => fn.get(together.thread).get(together.threads).call(together.barriers.wait),
          }
        : undefined;
    let lanes: SimdLanes | undefined;
    const scratch = openAddress(places);
    const numbers = Array.from({ length: count }, (_, i) => openAddress(places + 1 + i));
    const calls: InnerCalls | undefined = inner && {
      before: inner.before.map((each) => () => emitCall(fn, each, together)),
      body: inner.body.map((each) => (step) => emitCall(fn, each, together, step)),
    };
    ruleOf(kernel).emit(
      {
        fn,
        constants,
        // Few kernels have a use for so many functions.
        get lanes() {
          lanes ??= simdLanes(fn, constants);
          return lanes;
        },
        helpers,
        packing,
        engine,
        productSum: productSum(fn, productSums, helpers),
        address,
        numbers,
        scratch,
        part,
        index,
        inner: calls,
      },
      kernel,
    );
  });
}
