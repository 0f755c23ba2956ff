// No two kernels that several threads run at the same time touch the same memory, unless both only read it.

import { describe, expect, test } from "@jest/globals";
import { Builder, scanOver, tensor } from "@netwright/ir";
import fc from "fast-check";
import { arbitraryProgram } from "../../../ir/test/support/arbitrary-program.ts";
import { buffersOf, type Kernel, shareAlike, workOf } from "../../src/kernels/table.ts";
import { byteSize, type FuncPlan, type PlannedKernel, type ProgramPlan } from "../../src/plan/plan.ts";
import { barriersBefore, type Touched } from "../../src/threads/barriers.ts";
import type { AlikeRows } from "../../src/threads/share.ts";
import { programOf } from "../models.ts";
import { asStep } from "../random-program.ts";
import { sharedPlan } from "./one-by-one.ts";

/**
 * The first byte of each buffer that a kernel reads or writes: arrays that share one overlap. Those without elements share nothing,
 * though they may begin where others do.
 */
function starts({ addresses, types }: FuncPlan, kernel: Kernel, what: "reads" | "writes"): Set<number> {
  const buffers =
    what === "reads" ? buffersOf(kernel).reads.map(({ buffer }) => buffer) : buffersOf(kernel).writes;
  const some = buffers.filter((buffer) => {
    const type = types.get(buffer);
    return type === undefined || byteSize(type) > 0;
  });
  return new Set(some.map((buffer) => addresses.get(buffer) ?? -1));
}

interface Written extends PlannedKernel {
  /** Of the loop that it is in. */
  readonly alike?: AlikeRows | undefined;
}

/** What a function runs, with loops written out: three steps of each, or none. */
function written(kernels: readonly PlannedKernel[], alike?: AlikeRows): Written[] {
  return kernels.flatMap((planned) => {
    const { kernel, inner, barrier, share } = planned;
    if (kernel.kind !== "loop" || inner === undefined) return [{ ...planned, alike }];
    const step = kernel.length === 0 ? [] : written(inner.body, share?.alike);
    const [first, ...others] = [...written(inner.before, share?.alike), ...step, ...step, ...step];
    return first === undefined ? [] : [{ ...first, barrier: barrier || first.barrier }, ...others];
  });
}

/** Whether every thread touches its own units there in both. */
function isOwn({ addresses }: FuncPlan, first: Written, second: Written, start: number): boolean {
  const [one, other] = [first, second].map(({ kernel, alike }) => {
    const own = alike && shareAlike(kernel, alike)?.own;
    const { reads, writes } = buffersOf(kernel);
    const there = [...reads.map(({ buffer }) => buffer), ...writes].filter(
      (buffer) => addresses.get(buffer) === start,
    );
    return there.map((buffer) => own?.get(buffer));
  });
  const all = [...(one ?? []), ...(other ?? [])];
  return all.every(
    (own) => own !== undefined && own.bytes === all[0]?.bytes && own.inSteps === all[0]?.inSteps,
  );
}

function races(plan: ProgramPlan): string[] {
  return plan.functions.flatMap((func) => {
    const kernels = written(func.kernels);
    return kernels.flatMap((first, i) => {
      const found: string[] = [];
      for (const [k, second] of kernels.entries()) {
        if (k <= i) continue;
        if (second.barrier) break;
        if (first.share === undefined && second.share === undefined) continue;
        if (workOf(first.kernel) === 0 || workOf(second.kernel) === 0) continue;
        const clash = (a: "reads" | "writes", b: "reads" | "writes") =>
          [...starts(func, first.kernel, a)].some(
            (start) => starts(func, second.kernel, b).has(start) && !isOwn(func, first, second, start),
          );
        if (clash("writes", "reads") || clash("reads", "writes") || clash("writes", "writes")) {
          found.push(`${func.func.name}: ${i} ${first.kernel.kind}, ${k} ${second.kernel.kind}`);
        }
      }
      return found;
    });
  });
}

const barriersOf = ({ kernels }: FuncPlan) => kernels.filter(({ barrier }) => barrier).length;

test("random programs have no races", () => {
  fc.assert(
    fc.property(arbitraryProgram(), (random) => {
      expect(races(sharedPlan(random, 3))).toEqual([]);
      expect(races(sharedPlan(asStep(random), 3))).toEqual([]);
    }),
    { numRuns: 200 },
  );
});

test("training has no races, and fewer barriers than kernels", () => {
  const plan = sharedPlan(
    programOf(
      {
        inputs: 8,
        flow: "dense(64, relu)\n dropout(0.2)\n dense(64, relu)\n dense(64, relu)\n dense(1)",
        train: "loss: mae\n optimizer: adam",
      },
      { step: [32], evaluate: [32] },
    ),
    2,
  );
  expect(races(plan)).toEqual([]);
  const step = plan.functions.find(({ func }) => func.kind === "step");
  expect(step?.kernels.length).toBeGreaterThan(15);
  expect(step === undefined ? 0 : barriersOf(step)).toBeLessThan((step?.kernels.length ?? 0) - 5);
});

test("the steps of a loop have no races, with one another neither", () => {
  const b = new Builder();
  const x = b.parameter("x", tensor("f32", [40, 24]));
  const scanned = scanOver(
    b,
    { name: "body", carries: [x, x], sequences: [], shared: [x], length: 6, order: "backwards" },
    (inner, { carries: [first, second], shared: [factor] }) => {
      const sum = inner.sum(inner.multiply(first, factor), [0]);
      const next = inner.add(second, inner.broadcastInDim(sum, x.type.shape, [1]));
      return { carries: [second, next], outputs: [inner.transpose(next, [1, 0])] };
    },
  );
  const results = [...scanned.carries, ...scanned.outputs].map((value, i) => ({ name: `r${i}`, value }));
  const plan = sharedPlan(
    { name: "loop", state: [], functions: [b.finish("trace", "trace", 40, results), ...b.functions] },
    3,
  );
  const [loop] = plan.functions.flatMap(({ kernels }) => kernels.filter(({ inner }) => inner !== undefined));
  expect(loop?.share).toMatchObject({ by: "kernels" });
  expect(loop?.inner?.body.filter(({ share }) => share !== undefined).length).toBeGreaterThan(3);
  expect(loop?.inner?.body.some(({ barrier }) => !barrier)).toBe(true);
  expect(races(plan)).toEqual([]);
  // Without what a step waits for of the one before there are.
  const careless = plan.functions.map((func) => ({
    ...func,
    kernels: func.kernels.map((kernel) => ({
      ...kernel,
      inner: kernel.inner && {
        ...kernel.inner,
        body: kernel.inner.body.map((each, i) => (i === 0 ? { ...each, barrier: false } : each)),
      },
    })),
  }));
  expect(races({ ...plan, functions: careless })).not.toEqual([]);
});

test("no thread waits in the steps of recurrent layers", () => {
  for (const layer of ["lstm(8)", "gru(8)", "gru(8, reset_after: false)", "simple_rnn(8)"]) {
    const plan = sharedPlan(
      programOf(
        { inputs: "6, 3", flow: `${layer}\n dense(1)`, train: "loss: mae\n optimizer: adam" },
        { step: [8] },
      ),
      2,
    );
    const loops = plan.functions
      .filter(({ func }) => func.kind === "step")
      .flatMap(({ kernels }) => kernels.filter(({ kernel }) => kernel.kind === "loop"));
    expect(loops.map(({ share }) => share?.alike)).toEqual([
      { count: 8, units: 2 },
      { count: 8, units: 2 },
    ]);
    expect(loops.flatMap(({ inner }) => inner?.body.filter(({ barrier }) => barrier) ?? [])).toEqual([]);
    expect(races(plan)).toEqual([]);
  }
});

test("arrays of one place do not share a line with those of another", () => {
  const plan = sharedPlan(
    programOf(
      { inputs: 3, flow: "dense(5, relu)\n dense(1)", train: "loss: mae\n optimizer: adam" },
      { step: [3] },
    ),
    2,
  );
  const state = [...plan.state.values()];
  const ends = state.map(({ address, type }) => address + byteSize(type));
  state.slice(1).forEach(({ address }, i) => {
    expect(Math.floor(address / 64)).toBeGreaterThan(Math.floor(((ends[i] ?? 0) - 1) / 64));
  });
});

describe("a barrier", () => {
  const writes = (start: number, end: number) => ({ start, end, writes: true });
  const reads = (start: number, end: number) => ({ start, end, writes: false });

  test("comes before what reads, writes or replaces what another thread may be at", () => {
    const pairs = [
      [writes(0, 8), reads(4, 12)],
      [reads(0, 8), writes(4, 12)],
      [writes(0, 8), writes(4, 12)],
    ] as const;
    for (const [a, b] of pairs) {
      expect(
        barriersBefore([
          { touches: [a], shared: true },
          { touches: [b], shared: false },
        ]),
      ).toEqual([false, true]);
    }
  });

  test("is not needed for what lies beside, what both only read, or what one thread does in order", () => {
    const pairs = [
      [writes(0, 8), reads(8, 12)],
      [reads(0, 8), reads(4, 12)],
    ] as const;
    for (const [a, b] of pairs) {
      expect(
        barriersBefore([
          { touches: [a], shared: true },
          { touches: [b], shared: true },
        ]),
      ).toEqual([false, false]);
    }
    expect(
      barriersBefore([
        { touches: [writes(0, 8)], shared: false },
        { touches: [reads(0, 8)], shared: false },
      ]),
    ).toEqual([false, false]);
  });

  test("is not needed for units that are a thread's own in both", () => {
    const own = (bytes: number, inSteps = false) => ({
      start: 0,
      end: 64,
      writes: true,
      own: { bytes, inSteps, units: 2 },
    });
    const waits = (a: Touched, b: Touched) =>
      barriersBefore([
        { touches: [a], shared: true },
        { touches: [b], shared: true },
      ])[1];
    expect(waits(own(32), own(32))).toBe(false);
    expect(waits(own(32), own(16))).toBe(true);
    expect(waits(own(32), own(32, true))).toBe(true);
    expect(waits(own(32), reads(0, 64))).toBe(true);
    expect(waits(own(32), { ...own(32), start: 32 })).toBe(true);
  });

  test("ends everything before it", () => {
    const shared = (...touches: ReturnType<typeof writes>[]) => ({ touches, shared: true });
    expect(
      barriersBefore([
        shared(writes(0, 8)),
        shared(writes(8, 16)),
        shared(reads(0, 8), writes(16, 24)),
        shared(reads(8, 16)),
      ]),
    ).toEqual([false, false, true, false]);
  });
});
