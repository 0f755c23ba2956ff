// Copies of strided boxes: what computes nothing and cannot stay a view.

import { type OpName, sizeOf } from "@netwright/ir";
import { dimensionsOf, emitMove, moveUnits } from "../emit/move.ts";
import type { AlikeRows, OwnUnits, ShareAlike } from "../threads/share.ts";
import { TOUCH } from "../threads/work.ts";
import { type BufferId, type Buffers, type KernelRule, NO_SCRATCH, purposeOf } from "./rule.ts";

/** For every index of `shape`: result[targetStart + index . target] = source[sourceStart + index . stride]. */
export interface MovedBox {
  readonly source: BufferId;
  readonly shape: readonly number[];
  readonly sourceStart: number;
  readonly sourceStrides: readonly number[];
  readonly targetStart: number;
  readonly targetStrides: readonly number[];
}

export interface MoveKernel {
  readonly kind: "move";
  readonly boxes: readonly MovedBox[];
  /** A scalar that fills the whole result before the boxes go in. */
  readonly fill: BufferId | undefined;
  readonly result: BufferId;
  readonly size: number;
}

/** What it may be made for; for any other operation it copies an operand or a result. */
const MOVING: ReadonlySet<OpName> = new Set([
  "transpose",
  "slice",
  "reverse",
  "concatenate",
  "pad",
  "broadcast_in_dim",
]);

function buffers({ boxes, fill, result }: MoveKernel): Buffers {
  const sources = [...boxes.map(({ source }) => source), ...(fill === undefined ? [] : [fill])];
  return { reads: sources.map((buffer) => ({ buffer, inPlace: false })), writes: [result] };
}

export const move: KernelRule<MoveKernel> = {
  buffers,
  renamed: (kernel, rename) => ({
    ...kernel,
    boxes: kernel.boxes.map((box) => ({ ...box, source: rename(box.source) })),
    fill: kernel.fill === undefined ? undefined : rename(kernel.fill),
    result: rename(kernel.result),
  }),
  // What fills the result has to be done before the boxes go in.
  divide: ({ boxes, fill }) =>
    fill === undefined ? { by: "rows", units: Math.max(0, ...boxes.map(moveUnits)), size: 1 } : undefined,
  divideAlike: partsAlike,
  scratch: () => NO_SCRATCH,
  work: ({ size }) => 2 * TOUCH * size,
  emit: emitMove,
  label: "movement",
  ops: (kernel, purposes) => purposeOf(buffers(kernel), purposes),
  opName: ({ name }) => (MOVING.has(name) ? name : "copy"),
  shape: ({ size }) => [size],
  // Of its sources it may read a part.
  moved: ({ boxes }) => boxes.reduce((sum, { shape }) => sum + 4 * sizeOf(shape), 0),
};

/** Equal parts of the outermost dimension of each box, where what a part reads and writes lies in that part of both arrays. */
function partsAlike(
  { boxes, fill, result }: MoveKernel,
  { count, units }: AlikeRows,
): ShareAlike | undefined {
  if (fill !== undefined) return undefined;
  const own = new Map<BufferId, OwnUnits>();
  for (const { source, sourceStart, targetStart, ...box } of boxes) {
    const [first, ...rest] = dimensionsOf(box);
    if (first === undefined || first.size % count !== 0 || source === result) return undefined;
    const isRun = rest.length === 0;
    if (isRun && (first.from !== 4 || first.to !== 4)) return undefined;
    const steps = first.size / units;
    for (const [buffer, start, side] of [
      [source, sourceStart, "from"],
      [result, targetStart, "to"],
    ] as const) {
      const bytes = steps * first[side];
      const within = rest.reduce((sum, dimension) => sum + (dimension.size - 1) * dimension[side], 4);
      const known = own.get(buffer);
      // All of a step lies behind the one before.
      const isApart = rest.every((dimension) => dimension[side] >= 0) && 4 * start + within <= first[side];
      if (!isApart || (known !== undefined && known.bytes !== bytes)) return undefined;
      own.set(buffer, { bytes, inSteps: false });
    }
  }
  return { share: { by: "parts", units, size: count / units }, own };
}
