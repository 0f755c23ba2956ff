// The whole program planned: kernels of every function in order, and the address of everything. Nothing is
// decided later; what is emitted holds these numbers as constants.

import { type AnyOp, type Func, type Program, sizeOf, type TensorType } from "@netwright/ir";
import type { GemmEngine } from "../emit/gemm/index.ts";
import { barriersBefore, type Touched } from "../threads/barriers.ts";
import { FIRST_PLACE, FIRST_SHARED_PLACE } from "../threads/control.ts";
import { divideFunction, ONE_THREAD, type ThreadSettings, threadsFor } from "../threads/division.ts";
import type { Share } from "../threads/share.ts";
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
  /** Address of working memory, for kernels that need it: that of the first thread. */
  readonly scratch: number;
  /** How all threads share it; undefined where one does it alone. */
  readonly share: Share | undefined;
  /** Whether the threads wait for one another before it. */
  readonly barrier: boolean;
}

export interface FuncPlan {
  readonly func: Func;
  readonly kernels: readonly PlannedKernel[];
  /** Whether threads share any of them. */
  readonly shared: boolean;
  readonly addresses: ReadonlyMap<BufferId, number>;
  readonly types: ReadonlyMap<BufferId, TensorType>;
  /** The operation for which a buffer is there. */
  readonly purposes: ReadonlyMap<BufferId, AnyOp>;
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
  /** At most so many run at once; with more than one the memory is shared and begins with control words. */
  readonly threads: number;
  /** Bytes from one thread's working memory to the next one's. */
  readonly scratchStride: number;
}

/** Vector loops may read this far behind the last array: a panel of columns, over all rows that a tile takes. */
const SLACK = 1024;

export function byteSize({ shape }: TensorType): number {
  return 4 * sizeOf(shape);
}

/** `program` must be free of composites. */
export function planProgram(
  program: Program,
  engine: GemmEngine,
  wanted: ThreadSettings = ONE_THREAD,
): ProgramPlan {
  const lowered = program.functions.map((func) => ({ func, lowered: lower(func, returned(program, func)) }));
  const settings = {
    ...wanted,
    threads: threadsFor(
      lowered.map((each) => each.lowered.kernels),
      wanted,
    ),
  };
  const divided = lowered.map((each) => {
    const shares = divideFunction(each.lowered.kernels, settings, engine);
    return { ...each, shares: new Map(each.lowered.kernels.map((kernel, i) => [kernel, shares?.[i]])) };
  });
  const threads = divided.some(({ shares }) => [...shares.values()].some((share) => share !== undefined))
    ? settings.threads
    : 1;

  let next = threads > 1 ? FIRST_SHARED_PLACE : FIRST_PLACE;
  const place = (type: TensorType): Place => {
    const address = next;
    next += aligned(byteSize(type));
    return { address, type };
  };
  const state = program.state.map(({ type }) => place(type));
  const constants: { place: Place; values: readonly number[] }[] = [];
  const placed = divided.map((each) => {
    const places = new Map<BufferId, Place>();
    for (const constant of each.lowered.constants) {
      const found = constantPlace(constants, constant) ?? place(constant.type);
      if (!constants.some((known) => known.place === found))
        constants.push({ place: found, values: constant.values });
      places.set(constant.buffer, found);
    }
    return { ...each, places };
  });

  // One thread's working memory is used again for arrays; that of several has a place of its own, so that nobody
  // has to wait for it.
  const scratchStride =
    threads === 1
      ? 0
      : aligned(
          Math.max(
            0,
            ...placed.flatMap(({ shares }) =>
              [...shares].map(([kernel, share]) => scratchBytes(kernel, engine, share)),
            ),
          ),
        );
  const scratch = next;
  next += threads * scratchStride;

  let top = next;
  const functions = placed.map(({ func, lowered: each, shares, places }): FuncPlan => {
    const arena = new Arena(next);
    const takesState = func.kind !== "init";
    const returns = returned(program, func);
    const given = takesState ? each.parameters.slice(0, state.length) : [];
    const updates = each.results
      .slice(0, returns)
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
    const scratchOf = (kernel: Kernel): number => {
      if (threads > 1) return scratch;
      const bytes = scratchBytes(kernel, engine, undefined);
      const address = arena.take(bytes);
      arena.give(address, bytes);
      return address;
    };
    const scratches = placeTemporaries(plan, each.results, addresses, arena, sizeOfBuffer, scratchOf);
    top = Math.max(top, arena.top);
    const touched = (buffer: BufferId, writes: boolean): Touched => {
      const start = addresses.get(buffer) ?? 0;
      return { start, end: start + sizeOfBuffer(buffer), writes };
    };
    const barriers = barriersBefore(
      plan.kernels.map((kernel) => ({
        shared: shares.get(kernel) !== undefined,
        touches: [
          ...readsOf(kernel).map(({ buffer }) => touched(buffer, false)),
          ...writesOf(kernel).map((buffer) => touched(buffer, true)),
        ],
      })),
    );
    return {
      func,
      kernels: plan.kernels.map((kernel, i) => ({
        kernel,
        scratch: scratches[i] ?? 0,
        share: shares.get(kernel),
        barrier: barriers[i] ?? false,
      })),
      shared: [...shares.values()].some((share) => share !== undefined),
      addresses,
      types: each.types,
      purposes: each.purposes,
      copies: updates
        .filter(({ buffer }) => !plan.inPlace.has(buffer))
        .map(({ buffer, index }) => ({
          from: addresses.get(buffer) ?? 0,
          to: state[index]?.address ?? 0,
          bytes: sizeOfBuffer(buffer),
        })),
      inputs,
      outputs: each.results.slice(returns).map((buffer, i) => ({
        address: addresses.get(buffer) ?? 0,
        type: func.results[returns + i]?.value.type ?? { dtype: "f32", shape: [0] },
      })),
    };
  });
  return { functions, state, constants, bytes: top + SLACK, engine, threads, scratchStride };
}

/** How many results, from the first, become the state. */
function returned({ state }: Program, { kind }: Func): number {
  return kind === "init" || kind === "step" ? state.length : 0;
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

/**
 * Gives every buffer that has no address yet one for the time from its writer to its last reader. `during` is asked
 * for something more while each kernel's buffers have their places; its answers are returned in order.
 */
function placeTemporaries(
  { kernels }: Schedule,
  results: readonly BufferId[],
  addresses: Map<BufferId, number>,
  arena: Arena,
  sizeOfBuffer: (buffer: BufferId) => number,
  during: (kernel: Kernel) => number,
): number[] {
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
    const answer = during(kernel);
    for (const buffer of [...temporary]) {
      if ((lastUse.get(buffer) ?? i) > i) continue;
      arena.give(addresses.get(buffer) ?? 0, sizeOfBuffer(buffer));
      temporary.delete(buffer);
    }
    return answer;
  });
}
