// Every kind of kernel. A kernel of a kind that is not here does not compile where a plan would take it.

import type { GemmEngine } from "../emit/gemm/index.ts";
import type { AlikeRows, Share, ShareAlike, Sharing } from "../threads/share.ts";
import { channelwise } from "./channelwise.ts";
import { contraction } from "./contraction.ts";
import { element } from "./element.ts";
import { gather } from "./gather.ts";
import { type LoopKernel, loopRule } from "./loop.ts";
import { map } from "./map.ts";
import { move } from "./move.ts";
import { pass } from "./pass.ts";
import { random } from "./random.ts";
import { reduce } from "./reduce.ts";
import { type RowKernel, type RowsKernel, rowsRule } from "./rows.ts";
import type { Buffers, KernelRule, Rename } from "./rule.ts";
import { scatter } from "./scatter.ts";
import { selection } from "./selection.ts";
import { window } from "./window.ts";

const loop: KernelRule<LoopKernel> = loopRule({
  buffersOf,
  renamed,
  workOfAll,
  ops: (kernel, purposes) => ruleOf(kernel).ops(kernel, purposes),
});

const rows: KernelRule<RowsKernel> = rowsRule({
  buffersOf,
  renamed: (kernel: RowKernel, rename: Rename): RowKernel =>
    kernel.kind === "map" ? map.renamed(kernel, rename) : pass.renamed(kernel, rename),
  code: (kernel, names, share, engine) =>
    ruleOf<"map" | "pass">(kernel).code?.(kernel, names, share, engine) ?? {
      key: ruleOf<"map" | "pass">(kernel).renamed(kernel, names.numberOf),
    },
  workOf,
  emit: (emission, kernel) => ruleOf(kernel).emit(emission, kernel),
  ops: (kernel, purposes) => ruleOf(kernel).ops(kernel, purposes),
  opName: (op) => reduce.opName?.(op) ?? op.name,
});

const rules = {
  map,
  contraction,
  channelwise,
  reduce,
  move,
  random,
  gather,
  scatter,
  selection,
  window,
  loop,
  element,
  pass,
  rows,
};

type Rules = typeof rules;
type Kind = keyof Rules;
type Kernels = { [K in Kind]: Rules[K] extends KernelRule<infer T> ? T & { readonly kind: K } : never };

/** What a plan is made of: they read and write row-major arrays. */
export type Kernel = Kernels[Kind];

const byKind: { readonly [K in Kind]: KernelRule<Kernels[K]> } = rules;

/** To be asked of this kernel alone. */
export function ruleOf<K extends Kind>(kernel: Kernels[K] & { readonly kind: K }): KernelRule<Kernels[K]> {
  return byKind[kernel.kind];
}

/** The same kernel over other buffers. */
export function renamed<K extends Kind>(
  kernel: Kernels[K] & { readonly kind: K },
  rename: Rename,
): Kernels[K] {
  return ruleOf(kernel).renamed(kernel, rename);
}

/** The kernels in a loop, those before it first. */
export function innerOf(kernel: Kernel): readonly Kernel[] {
  return kernel.kind === "loop" ? [...kernel.before, ...kernel.body] : [];
}

const known = new WeakMap<Kernel, Buffers>();

/** What the kernel reads and writes. */
export function buffersOf(kernel: Kernel): Buffers {
  const before = known.get(kernel);
  if (before !== undefined) return before;
  const buffers = ruleOf(kernel).buffers(kernel);
  known.set(kernel, buffers);
  return buffers;
}

/** Undefined for what is not divided. */
export function shareOf(kernel: Kernel, sharing: Sharing, engine: GemmEngine): Share | undefined {
  const share = ruleOf(kernel).divide(kernel, sharing, engine);
  return share !== undefined && share.units > 1 ? share : undefined;
}

/** Undefined for what cannot be divided by these rows. */
export function shareAlike(kernel: Kernel, rows: AlikeRows): ShareAlike | undefined {
  return ruleOf(kernel).divideAlike?.(kernel, rows);
}

export function workOf(kernel: Kernel): number {
  return ruleOf(kernel).work(kernel);
}

/** Of kernels one after the other. */
export function workOfAll(kernels: readonly Kernel[]): number {
  return kernels.reduce((sum, kernel) => sum + workOf(kernel), 0);
}
