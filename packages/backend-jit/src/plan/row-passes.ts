// The kernels over the same rows as passes: a reduction is done where its operand is made, or where it is read anyway, so
// that nothing is gone over twice, and what nobody else reads is never written.

import { fullInputs } from "../kernels/body.ts";
import type { MapKernel } from "../kernels/map.ts";
import type { ReduceKernel } from "../kernels/reduce.ts";
import type { RowKernel } from "../kernels/rows.ts";
import type { BufferId } from "../kernels/rule.ts";
import { buffersOf } from "../kernels/table.ts";
import { togetherIn } from "./rows-together.ts";

interface Draft {
  readonly kernel: MapKernel | undefined;
  /** Whether reductions may be done in it. */
  readonly takes: boolean;
  readonly reductions: ReduceKernel[];
}

/**
 * Arrays that come from far are read as they lie where there are several: lanes have a row or a block each, and more than
 * eight runs side by side are not fetched ahead (measured by bench/rows.mjs).
 */
const FAR_ARRAYS = 1;

/** `kernels`: in order, each behind what it reads. `isInside`: whether nobody else reads the array. */
export function inPasses(
  kernels: readonly (MapKernel | ReduceKernel)[],
  rows: number,
  isInside: (buffer: BufferId) => boolean,
): RowKernel[] {
  const drafts: Draft[] = [];
  /** Made or read already. */
  const near = new Set<BufferId>();
  for (const kernel of kernels) {
    const { reads, writes } = buffersOf(kernel);
    if (kernel.kind === "map") {
      const far = new Set(fullInputs(kernel.body).filter((buffer) => !near.has(buffer)));
      for (const { result } of kernel.body.ops) far.delete(result);
      drafts.push({ kernel, takes: far.size <= FAR_ARRAYS, reductions: [] });
    } else {
      const draft = drafts.find((each) => each.takes && has(each, kernel.operand));
      if (draft === undefined) drafts.push({ kernel: undefined, takes: true, reductions: [kernel] });
      else draft.reductions.push(kernel);
    }
    for (const buffer of [...reads.map((read) => read.buffer), ...writes]) near.add(buffer);
  }
  const passes = finished(drafts, rows);
  const reads = new Map<BufferId, Set<RowKernel>>();
  for (const pass of passes) {
    for (const { buffer } of buffersOf(pass).reads) {
      reads.set(buffer, (reads.get(buffer) ?? new Set()).add(pass));
    }
  }
  return passes.map((pass): RowKernel => {
    if (pass.kind === "map") return pass;
    const stores = pass.body.stores.filter((buffer) => !isInside(buffer) || reads.has(buffer));
    return { ...pass, body: { ...pass.body, stores } };
  });
}

/** Whether it makes the array, or reads it element by element. */
function has({ kernel, reductions }: Draft, buffer: BufferId): boolean {
  if (reductions.some(({ operand }) => operand === buffer)) return true;
  if (kernel === undefined) return false;
  const { body } = kernel;
  return body.ops.some(({ result }) => result === buffer) || fullInputs(body).includes(buffer);
}

function finished(drafts: readonly Draft[], rows: number): RowKernel[] {
  /** Made or read already. */
  const near = new Set<BufferId>();
  return drafts.map((draft) => {
    const kernel = kernelOf(draft, rows, near);
    const { reads, writes } = buffersOf(kernel);
    for (const buffer of [...reads.map((read) => read.buffer), ...writes]) near.add(buffer);
    return kernel;
  });
}

function kernelOf({ kernel, reductions }: Draft, rows: number, near: ReadonlySet<BufferId>): RowKernel {
  const [first] = reductions;
  if (first === undefined) {
    if (kernel === undefined) throw new Error("a pass over rows does nothing");
    return kernel;
  }
  const length = first.reduced.reduce((product, { size }) => product * size, 1);
  const body = kernel?.body ?? { rows, columns: length, ops: [], stores: [] };
  const made = new Set(body.ops.map(({ result }) => result));
  const far = [...fullInputs(body), ...reductions.map(({ operand }) => operand)].some(
    (buffer) => !near.has(buffer) && !made.has(buffer),
  );
  return { kind: "pass", body, reductions, together: togetherIn(body, length, reductions, far) };
}
