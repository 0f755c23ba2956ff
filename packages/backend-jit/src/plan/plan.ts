// The whole program planned: kernels of every function in order, and the address of everything. Nothing is
// decided later; what is emitted holds these numbers as constants.

import { at, type Program, type TensorType } from "@netwright/ir";
import type { GemmEngine } from "../emit/gemm/index.ts";
import type { ProductSums } from "../emit/product-sum.ts";
import type { BufferId } from "../kernels/rule.ts";
import type { Kernel } from "../kernels/table.ts";
import { FIRST_PLACE, FIRST_SHARED_PLACE } from "../threads/control.ts";
import { divideFunction, ONE_THREAD, type ThreadSettings, threadsFor } from "../threads/division.ts";
import type { Share } from "../threads/share.ts";
import { aligned } from "./arena.ts";
import { lower } from "./lower.ts";
import type { DataConstant } from "./lowering/context.ts";
import { planFunc } from "./plan-func.ts";
import { byteSize, type FuncPlan, type Place, type ProgramPlan } from "./planned.ts";
import { groupRows } from "./row-groups.ts";
import { scratchOf } from "./scratch.ts";

export { byteSize, type FuncPlan, type Place, type PlannedKernel, type ProgramPlan } from "./planned.ts";

/** Vector loops may read this far behind the last array: a panel of columns, over all rows that a tile takes. */
const SLACK = 1024;

/** `program` must be free of composites, apart from the bodies of its scans. */
export function planProgram(
  program: Program,
  machine: GemmEngine,
  wanted: ThreadSettings = ONE_THREAD,
): ProgramPlan {
  const productSums = productSumsOf(program, machine);
  const engine = { ...machine, fuses: productSums === "fused" };
  const lowered = program.functions
    .filter(({ kind }) => kind !== "composite")
    .map((func) => ({ func, lowered: groupRows(lower(func, program.functions), func) }));
  const kernels = lowered.map((each) => each.lowered.kernels);
  const { threads, divided } =
    wanted.threads === 1
      ? { threads: 1, divided: kernels.map(() => ALONE) }
      : divide(kernels, wanted, engine);
  let next = threads > 1 ? FIRST_SHARED_PLACE : FIRST_PLACE;
  const place = (type: TensorType): Place => {
    const address = next;
    next += aligned(byteSize(type));
    return { address, type };
  };
  const state = new Map(program.state.map(({ name, type }) => [name, place(type)]));
  const constants: { place: Place; values: readonly number[] }[] = [];
  const constantPlaces = lowered.map((each) => {
    const places = new Map<BufferId, Place>();
    for (const constant of each.lowered.constants) {
      const found = constantPlace(constants, constant) ?? place(constant.type);
      if (!constants.some((known) => known.place === found))
        constants.push({ place: found, values: constant.values });
      places.set(constant.buffer, found);
    }
    return places;
  });

  // One thread's working memory is used again for arrays; that of several has a place of its own, so that nobody
  // has to wait for it.
  const needs = (): number[] =>
    lowered.flatMap((each, i) =>
      each.lowered.kernels.map((kernel) => scratchOf(kernel, at(divided, i), engine).own),
    );
  const scratchStride = threads === 1 ? 0 : aligned(Math.max(0, ...needs()));
  const scratch = threads === 1 ? undefined : next;
  next += threads * scratchStride;

  let top = next;
  const functions = lowered.map((each, i): FuncPlan => {
    const planned = planFunc({
      ...each,
      shares: at(divided, i),
      state,
      constants: at(constantPlaces, i),
      scratch,
      start: next,
      engine,
    });
    top = Math.max(top, planned.top);
    return planned.plan;
  });
  const bytes = top + SLACK;
  return { functions, state, constants, bytes, engine, productSums, threads, scratchStride };
}

/** Those that the program asks for, as the engine has them. */
function productSumsOf({ numerics }: Program, { fuses = false }: GemmEngine): ProductSums {
  if (numerics === undefined) return "separate";
  return fuses ? "fused" : "emulated";
}

const ALONE: ReadonlyMap<Kernel, Share> = new Map();

/** How many threads there are, and for each function how they share its kernels. */
function divide(
  functions: readonly (readonly Kernel[])[],
  wanted: ThreadSettings,
  engine: GemmEngine,
): { readonly threads: number; readonly divided: readonly ReadonlyMap<Kernel, Share>[] } {
  const settings = { ...wanted, threads: threadsFor(functions, wanted) };
  const divided = functions.map((kernels) => divideFunction(kernels, settings, engine));
  return { threads: divided.some(({ size }) => size > 0) ? settings.threads : 1, divided };
}

/** The same constant in another function. */
function constantPlace(
  known: readonly { readonly place: Place; readonly values: readonly number[] }[],
  { type, values }: DataConstant,
): Place | undefined {
  return known.find(
    (other) =>
      other.place.type.dtype === type.dtype &&
      other.values.length === values.length &&
      other.values.every((value, i) => Object.is(value, values[i])),
  )?.place;
}
