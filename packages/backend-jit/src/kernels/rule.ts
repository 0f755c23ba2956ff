// What there is to say of a kind of kernel: all that the planner, the emitter and explanations ask stands in one file
// for each kind, and `table.ts` lists them.

import type { AnyOp } from "@netwright/ir";
import type { KernelExplanation } from "@netwright/runtime";
import type { Emission } from "../emit/emission.ts";
import type { GemmEngine } from "../emit/gemm/index.ts";
import type { AlikeRows, Share, ShareAlike, Sharing } from "../threads/share.ts";

/** An array in memory, by a number. Reshaped values share it. */
export type BufferId = number;

export interface Read {
  readonly buffer: BufferId;
  /** Only element by element at the place that the kernel writes, so that the result may take it. */
  readonly inPlace: boolean;
}

export interface Buffers {
  readonly reads: readonly Read[];
  readonly writes: readonly BufferId[];
  /** Of those it writes, which lie in the place of another: each with that. */
  readonly over?: ReadonlyMap<BufferId, BufferId>;
}

export type Rename = (buffer: BufferId) => BufferId;

/** How a key names arrays. */
export interface BufferNames {
  /** Each by a number of its own: old and new state in one place are two arrays. */
  readonly numberOf: Rename;
  /** The same number for all in one place. */
  readonly placeOf: Rename;
}

/** Working memory while the kernel runs, in bytes. */
export interface Scratch {
  /** Of each thread that runs it. */
  readonly own: number;
  /** What all of them have in common. */
  readonly common: number;
}

export const NO_SCRATCH: Scratch = { own: 0, common: 0 };

/** The operation for which a buffer is there. */
export type Purposes = ReadonlyMap<BufferId, AnyOp>;

export type Choices = Pick<KernelExplanation, "tile" | "layout" | "packed">;

/** What the code of a kernel depends on: kernels with the same share it. */
export interface Code {
  /** As JSON can spell it. */
  readonly key: unknown;
  /** Numbers that stand in the code and do not decide on it, put in for each kernel. */
  readonly numbers?: readonly number[];
}

export interface KernelRule<K> {
  readonly buffers: (kernel: K) => Buffers;
  /** The same kernel over other buffers; `rename` is asked for every one, as often as it stands in the kernel. */
  readonly renamed: (kernel: K, rename: Rename) => K;
  /** In the key stands for each buffer its number. The renamed kernel is the key where there is nothing else to say. */
  readonly code?: (kernel: K, names: BufferNames, share: Share | undefined, engine: GemmEngine) => Code;
  /** How threads may share it; undefined where one does all. */
  readonly divide: (kernel: K, sharing: Sharing, engine: GemmEngine) => Share | undefined;
  /** The same by rows that other kernels are divided by, too; undefined where it cannot be. */
  readonly divideAlike?: (kernel: K, rows: AlikeRows) => ShareAlike | undefined;
  readonly scratch: (kernel: K, share: Share | undefined, engine: GemmEngine) => Scratch;
  /** Rough time on one thread, in nanoseconds. */
  readonly work: (kernel: K) => number;
  readonly emit: (emission: Emission, kernel: K) => void;
  /** Whether its code is told which step of a loop it is in. */
  readonly isInSteps?: true;
  /** For people: what it is called, */
  readonly label: string;
  /** the operations of the IR that it computes, in order, */
  readonly ops: (kernel: K, purposes: Purposes) => readonly AnyOp[];
  /** what each of them is called, where that is not its name, */
  readonly opName?: (op: AnyOp) => string;
  /** what it runs over, */
  readonly shape: (kernel: K) => readonly number[];
  /** what was chosen, */
  readonly choices?: (kernel: K, share: Share | undefined, engine: GemmEngine) => Choices;
  /** how often it runs its operations, where that is not once, */
  readonly times?: (kernel: K) => number;
  /** and how many bytes it reads, where it computes nothing and reads a part. */
  readonly moved?: (kernel: K) => number;
}

/** The operation for which the kernel's first result is there. */
export function purposeOf({ writes }: Buffers, purposes: Purposes): readonly AnyOp[] {
  const [first] = writes;
  const op = first === undefined ? undefined : purposes.get(first);
  return op === undefined ? [] : [op];
}

/** A number as JSON can tell it: -0 and those that JSON does not have are constants of their own. */
export function spell(value: number): number | string {
  if (Object.is(value, -0)) return "-0";
  return Number.isFinite(value) ? value : String(value);
}
