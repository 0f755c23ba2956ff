// A loop over kernels: they are planned once, and run for each step. What a step carries to the next lies in one place,
// into which it goes before the first; elements of sequences are copied in and out. So all addresses stay constants.

import { emitLoop } from "../emit/loop.ts";
import {
  type BufferId,
  type Buffers,
  type KernelRule,
  NO_SCRATCH,
  type Purposes,
  type Rename,
} from "./rule.ts";
import type { Kernel } from "./table.ts";

export interface LoopKernel {
  readonly kind: "loop";
  readonly length: number;
  /** Whether the last element comes first. */
  readonly backwards: boolean;
  /** Once, in order. */
  readonly before: readonly Kernel[];
  /** In each step, in order. */
  readonly body: readonly Kernel[];
  /** Results of a step that are written over what the step was given: each with that. */
  readonly over: ReadonlyMap<BufferId, BufferId>;
}

/** What a loop asks of the kernels in it, whatever their kind. */
export interface InnerRules {
  readonly buffersOf: (kernel: Kernel) => Buffers;
  readonly renamed: (kernel: Kernel, rename: Rename) => Kernel;
  readonly workOfAll: (kernels: readonly Kernel[]) => number;
  readonly ops: (kernel: Kernel, purposes: Purposes) => ReturnType<KernelRule<Kernel>["ops"]>;
}

export function loopRule({ buffersOf, renamed, workOfAll, ops }: InnerRules): KernelRule<LoopKernel> {
  return {
    buffers: ({ before, body, over }) => {
      const all = [...before, ...body].map(buffersOf);
      const writes = new Set(all.flatMap((buffers) => buffers.writes));
      const reads = new Set(all.flatMap((buffers) => buffers.reads.map(({ buffer }) => buffer)));
      return {
        reads: [...reads]
          .filter((buffer) => !writes.has(buffer))
          .map((buffer) => ({ buffer, inPlace: false })),
        writes: [...writes],
        over: new Map([...all.flatMap((buffers) => [...(buffers.over ?? [])]), ...over]),
      };
    },
    renamed: (kernel, rename) => ({
      ...kernel,
      before: kernel.before.map((each) => renamed(each, rename)),
      body: kernel.body.map((each) => renamed(each, rename)),
      over: new Map([...kernel.over].map(([buffer, place]) => [rename(buffer), rename(place)])),
    }),
    // The kernels in it are code of their own.
    code: ({ length, backwards }) => ({ key: [length, backwards] }),
    divide: () => undefined,
    scratch: () => NO_SCRATCH,
    work: ({ length, before, body }) => workOfAll(before) + length * workOfAll(body),
    emit: emitLoop,
    label: "loop",
    // Copies of what is carried are there for the scan itself.
    ops: ({ body }, purposes) =>
      body.flatMap((kernel) => ops(kernel, purposes)).filter(({ name }) => name !== "scan"),
    shape: ({ length }) => [length],
    times: ({ length }) => length,
  };
}
