// The whole program planned: kernels of every function in order, and the address of everything. Nothing is
// decided later; what is emitted holds these numbers as constants.

import { type Func, type Program, sizeOf, type TensorType } from "@netwright/ir";
import type { GemmEngine } from "../emit/gemm/index.ts";
import { Arena, aligned } from "./arena.ts";
import { type BufferId, type Kernel, readsOf, writesOf } from "./kernel.ts";
import { type DataConstant, lower } from "./lower.ts";
import { type Schedule, type StateUpdate, schedule } from "./schedule.ts";
import { scratchBytes } from "./scratch.ts";

/** An array in memory. */
export interface Place {
  readonly address: number;
  readonly type: TensorType;
}

export interface PlannedKernel {
  readonly kernel: Kernel;
  /** Address of working memory, for kernels that need it. */
  readonly scratch: number;
}

export interface FuncPlan {
  readonly func: Func;
  readonly kernels: readonly PlannedKernel[];
  readonly addresses: ReadonlyMap<BufferId, number>;
  /** Bytes to copy after the kernels: results that could not be written over the state they replace. */
  readonly copies: readonly { readonly from: number; readonly to: number; readonly bytes: number }[];
  /** Parameters behind the state, in order. */
  readonly inputs: readonly Place[];
  /** Results behind the state that the function returns, in order. */
  readonly outputs: readonly Place[];
}

export interface ProgramPlan {
  readonly functions: readonly FuncPlan[];
  /** State variables, in order. */
  readonly state: readonly Place[];
  readonly constants: readonly { readonly place: Place; readonly values: readonly number[] }[];
  /** Size of the memory in bytes. */
  readonly bytes: number;
  /** What was planned for. */
  readonly engine: GemmEngine;
}

/** Vector loops may read this far behind the last array: a panel of columns, over all rows that a tile takes. */
const SLACK = 1024;

export function byteSize({ shape }: TensorType): number {
  return 4 * sizeOf(shape);
}

/** `program` must be free of composites. */
export function planProgram(program: Program, engine: GemmEngine): ProgramPlan {
  let next = 64;
  const place = (type: TensorType): Place => {
    const address = next;
    next += aligned(byteSize(type));
    return { address, type };
  };
  const state = program.state.map(({ type }) => place(type));
  const constants: { place: Place; values: readonly number[] }[] = [];
  const lowered = program.functions.map((func) => {
    const returnsState = func.kind === "init" || func.kind === "step";
    const lower_ = lower(func, returnsState ? state.length : 0);
    const places = new Map<BufferId, Place>();
    for (const constant of lower_.constants) {
      const found = constantPlace(constants, constant) ?? place(constant.type);
      if (!constants.some((known) => known.place === found))
        constants.push({ place: found, values: constant.values });
      places.set(constant.buffer, found);
    }
    return { func, lowered: lower_, constants: places };
  });

  let top = next;
  const functions = lowered.map(({ func, lowered: each, constants: places }): FuncPlan => {
    const arena = new Arena(next);
    const takesState = func.kind !== "init";
    const returned = func.kind === "init" || func.kind === "step" ? state.length : 0;
    const given = takesState ? each.parameters.slice(0, state.length) : [];
    const updates = each.results
      .slice(0, returned)
      .flatMap((buffer, i): (StateUpdate & { readonly index: number })[] =>
        buffer === given[i] ? [] : [{ buffer, state: given[i], index: i }],
      );
    const plan = schedule(each.kernels, updates);
    const addresses = new Map<BufferId, number>();
    for (const [buffer, { address }] of places) addresses.set(buffer, address);
    given.forEach((buffer, i) => {
      addresses.set(buffer, state[i]?.address ?? 0);
    });
    for (const { buffer, index } of updates) {
      if (plan.inPlace.has(buffer)) addresses.set(buffer, state[index]?.address ?? 0);
    }
    const sizeOfBuffer = (buffer: BufferId): number => {
      const type = each.types.get(buffer);
      return type === undefined ? 0 : byteSize(type);
    };
    const inputs = each.parameters.slice(given.length).map((buffer, i): Place => {
      const address = arena.take(sizeOfBuffer(buffer));
      addresses.set(buffer, address);
      return { address, type: func.parameters[given.length + i]?.value.type ?? { dtype: "f32", shape: [0] } };
    });
    const kernels = placeTemporaries(plan, each.results, addresses, arena, sizeOfBuffer, engine);
    top = Math.max(top, arena.top);
    return {
      func,
      kernels,
      addresses,
      copies: updates
        .filter(({ buffer }) => !plan.inPlace.has(buffer))
        .map(({ buffer, index }) => ({
          from: addresses.get(buffer) ?? 0,
          to: state[index]?.address ?? 0,
          bytes: sizeOfBuffer(buffer),
        })),
      inputs,
      outputs: each.results.slice(returned).map((buffer, i) => ({
        address: addresses.get(buffer) ?? 0,
        type: func.results[returned + i]?.value.type ?? { dtype: "f32", shape: [0] },
      })),
    };
  });
  return { functions, state, constants, bytes: top + SLACK, engine };
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

/** Gives every buffer that has no address yet one for the time from its writer to its last reader. */
function placeTemporaries(
  { kernels }: Schedule,
  results: readonly BufferId[],
  addresses: Map<BufferId, number>,
  arena: Arena,
  sizeOfBuffer: (buffer: BufferId) => number,
  engine: GemmEngine,
): PlannedKernel[] {
  const lastUse = new Map<BufferId, number>();
  kernels.forEach((kernel, i) => {
    for (const { buffer } of readsOf(kernel)) lastUse.set(buffer, i);
  });
  for (const buffer of results) lastUse.set(buffer, Number.POSITIVE_INFINITY);

  const temporary = new Set<BufferId>();
  return kernels.map((kernel, i) => {
    for (const buffer of writesOf(kernel)) {
      if (addresses.has(buffer)) continue;
      addresses.set(buffer, arena.take(sizeOfBuffer(buffer)));
      temporary.add(buffer);
    }
    const bytes = scratchBytes(kernel, engine);
    const scratch = arena.take(bytes);
    arena.give(scratch, bytes);
    for (const buffer of [...temporary]) {
      if ((lastUse.get(buffer) ?? i) > i) continue;
      arena.give(addresses.get(buffer) ?? 0, sizeOfBuffer(buffer));
      temporary.delete(buffer);
    }
    return { kernel, scratch };
  });
}
