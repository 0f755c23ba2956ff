// One function planned: its kernels in order, a place for every array, and where threads wait for one another.

import { at, type Func } from "@netwright/ir";
import type { GemmEngine } from "../emit/gemm/index.ts";
import type { LoopKernel } from "../kernels/loop.ts";
import type { BufferId } from "../kernels/rule.ts";
import { buffersOf, type Kernel, shareAlike } from "../kernels/table.ts";
import { barriersBefore, barriersInLoop, type Running, type Touched } from "../threads/barriers.ts";
import type { AlikeRows, Share } from "../threads/share.ts";
import { Arena } from "./arena.ts";
import type { LoweredFunc } from "./lowering/context.ts";
import { byteSize, type FuncPlan, type Place, type PlannedKernel, type PlannedLoop } from "./planned.ts";
import { type Schedule, type StateUpdate, schedule } from "./schedule.ts";
import { scratchOf } from "./scratch.ts";

export interface FuncSpec {
  readonly func: Func;
  readonly lowered: LoweredFunc;
  /** How threads share each kernel; nothing for those that the first one does alone. */
  readonly shares: ReadonlyMap<Kernel, Share>;
  readonly state: ReadonlyMap<string, Place>;
  readonly constants: ReadonlyMap<BufferId, Place>;
  /** Working memory of several threads, which no array may use; undefined with one thread. */
  readonly scratch: number | undefined;
  /** Arrays that live within a call begin here. */
  readonly start: number;
  readonly engine: GemmEngine;
}

/** `top`: the first address that it does not use. */
export function planFunc(spec: FuncSpec): { readonly plan: FuncPlan; readonly top: number } {
  const { func, lowered, shares, state, constants, start } = spec;
  const { reads, writes } = func;
  const arena = new Arena(start);
  const variable = (name: string): Place => known(state, name);
  const updates = writes.flatMap((name, i): (StateUpdate & { readonly name: string })[] => {
    const buffer = at(lowered.results, i);
    const before = lowered.parameters[reads.indexOf(name)];
    return buffer === before ? [] : [{ buffer, state: before, name }];
  });
  const scheduled = schedule(lowered.kernels, updates);
  const addresses = new Map<BufferId, number>();
  constants.forEach(({ address }, buffer) => {
    addresses.set(buffer, address);
  });
  reads.forEach((name, i) => {
    addresses.set(at(lowered.parameters, i), variable(name).address);
  });
  updates.forEach(({ buffer, name }) => {
    if (scheduled.inPlace.has(buffer)) addresses.set(buffer, variable(name).address);
  });
  const sizeOfBuffer = (buffer: BufferId): number => byteSize(known(lowered.types, buffer));
  const inputs = lowered.parameters.slice(reads.length).map((buffer, i): Place => {
    const address = arena.take(sizeOfBuffer(buffer));
    addresses.set(buffer, address);
    return { address, type: at(func.parameters, reads.length + i).value.type };
  });
  const scratches = placeTemporaries(scheduled, lowered.results, addresses, arena, sizeOfBuffer, (kernel) =>
    scratchFor(kernel, arena, spec),
  );
  const placeOf = (buffer: BufferId): number => known(addresses, buffer);
  const plan: FuncPlan = {
    func,
    kernels: planKernels(scheduled, scratches, spec, placeOf, sizeOfBuffer),
    shared: shares.size > 0,
    addresses,
    types: lowered.types,
    purposes: lowered.purposes,
    copies: updates
      .filter(({ buffer }) => !scheduled.inPlace.has(buffer))
      .map(({ buffer, name }) => ({
        from: placeOf(buffer),
        to: variable(name).address,
        bytes: sizeOfBuffer(buffer),
      })),
    inputs,
    outputs: lowered.results.slice(writes.length).map((buffer, i) => ({
      address: placeOf(buffer),
      type: at(func.results, writes.length + i).value.type,
    })),
  };
  return { plan, top: arena.top };
}

/** What has to be known by now of a buffer or a variable: an address that is not would be that of something else. */
function known<K extends BufferId | string, T>(of: ReadonlyMap<K, T>, key: K): T {
  const found = of.get(key);
  if (found === undefined) throw new Error(`nothing is known of ${key}`);
  return found;
}

/** Working memory of one thread, or of all in common, is there for the time of the kernel. */
function scratchFor(kernel: Kernel, arena: Arena, { scratch, engine, shares }: FuncSpec): number {
  const { own, common } = scratchOf(kernel, shares, engine);
  if (scratch !== undefined && common === 0) return scratch;
  const bytes = common === 0 ? own : common;
  const address = arena.take(bytes);
  arena.give(address, bytes);
  return address;
}

function planKernels(
  { kernels }: Schedule,
  scratches: readonly number[],
  { shares, scratch: scratchOfThreads, engine }: FuncSpec,
  placeOf: (buffer: BufferId) => number,
  sizeOfBuffer: (buffer: BufferId) => number,
): PlannedKernel[] {
  const running = (kernel: Kernel, start: number, alike?: AlikeRows): Running => {
    const { reads, writes } = buffersOf(kernel);
    const own = alike && shareAlike(kernel, alike)?.own;
    const touched = (buffer: BufferId, isWritten: boolean): Touched => {
      const units = own?.get(buffer);
      const place = placeOf(buffer);
      return {
        start: place,
        end: place + sizeOfBuffer(buffer),
        writes: isWritten,
        ...(alike && units && { own: { ...units, units: alike.units } }),
      };
    };
    // Working memory that several threads touch.
    const { common } = scratchOf(kernel, shares, engine);
    return {
      shared: shares.has(kernel),
      touches: [
        ...reads.map(({ buffer }) => touched(buffer, false)),
        ...writes.map((buffer) => touched(buffer, true)),
        ...(common === 0 ? [] : [{ start, end: start + common, writes: true }]),
      ],
    };
  };
  const plan = (kernel: Kernel, scratch: number, barrier: boolean): PlannedKernel => ({
    kernel,
    scratch,
    share: shares.get(kernel),
    barrier,
    inner: kernel.kind === "loop" ? planLoop(kernel, scratch) : undefined,
  });
  const planLoop = (loop: LoopKernel, region: number): PlannedLoop => {
    const { before, body } = loop;
    const alike = shares.get(loop)?.alike;
    const scratchIn = (kernel: Kernel): number =>
      scratchOfThreads !== undefined && scratchOf(kernel, shares, engine).common === 0
        ? scratchOfThreads
        : region;
    const run = (kernel: Kernel): Running => running(kernel, scratchIn(kernel), alike);
    const barriers = shares.size === 0 ? undefined : barriersInLoop(before.map(run), body.map(run));
    const planned = (part: "before" | "body", some: readonly Kernel[]) =>
      some.map((kernel, i) =>
        plan(kernel, scratchIn(kernel), barriers !== undefined && at(barriers[part], i)),
      );
    return { before: planned("before", before), body: planned("body", body) };
  };
  // One thread does everything in order.
  const barriers =
    shares.size === 0
      ? undefined
      : barriersBefore(kernels.map((kernel, i) => running(kernel, at(scratches, i))));
  return kernels.map((kernel, i) =>
    plan(kernel, at(scratches, i), barriers !== undefined && at(barriers, i)),
  );
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
    buffersOf(kernel).reads.forEach(({ buffer }) => {
      lastUse.set(buffer, i);
    });
  });
  results.forEach((buffer) => {
    lastUse.set(buffer, Number.POSITIVE_INFINITY);
  });

  const temporary = new Set<BufferId>();
  return kernels.map((kernel, i) => {
    const { writes, over = new Map<BufferId, BufferId>() } = buffersOf(kernel);
    writes.forEach((buffer) => {
      if (addresses.has(buffer) || over.has(buffer)) return;
      addresses.set(buffer, arena.take(sizeOfBuffer(buffer)));
      temporary.add(buffer);
    });
    const placeOver = (buffer: BufferId): number => {
      const place = over.get(buffer);
      return place === undefined ? known(addresses, buffer) : placeOver(place);
    };
    for (const buffer of over.keys()) addresses.set(buffer, placeOver(buffer));
    const answer = during(kernel);
    temporary.forEach((buffer) => {
      if ((lastUse.get(buffer) ?? i) > i) return;
      arena.give(known(addresses, buffer), sizeOfBuffer(buffer));
      temporary.delete(buffer);
    });
    return answer;
  });
}
