// What windows give to the element that each of them chooses: the largest or the least, of equal ones the first, a NaN
// before all numbers. An image, with all windows over it, belongs to one thread, which adds up in their order.

import { sizeOf } from "@netwright/ir";
import { emitSelection } from "../emit/selection.ts";
import { channelsOf } from "../emit/selection-channels.ts";
import { TOUCH } from "../threads/work.ts";
import { type BufferId, type Buffers, type KernelRule, NO_SCRATCH, purposeOf } from "./rule.ts";

/** One dimension of an image, and the windows along it. */
export interface Sliding {
  readonly length: number;
  readonly size: number;
  readonly stride: number;
  /** Elements before the first of the image that windows reach. */
  readonly low: number;
  readonly places: number;
}

export interface SelectionKernel {
  readonly kind: "selection";
  readonly choice: "max" | "min";
  readonly images: number;
  readonly dimensions: readonly Sliding[];
  /** What is chosen from, and what each window gives: [images, places]. */
  readonly operand: BufferId;
  readonly source: BufferId;
  readonly result: BufferId;
}

function buffers({ operand, source, result }: SelectionKernel): Buffers {
  return { reads: [operand, source].map((buffer) => ({ buffer, inPlace: false })), writes: [result] };
}

/** Elements that windows look at. */
function looks({ images, dimensions }: SelectionKernel): number {
  return dimensions.reduce((product, { size, places }) => product * size * places, images);
}

/** A comparison with a branch that is hard to foretell; without one, on one of four lanes. */
const LOOK = 3;
const LANE_LOOK = 0.3;

export const selection: KernelRule<SelectionKernel> = {
  buffers,
  renamed: (kernel, rename) => ({
    ...kernel,
    operand: rename(kernel.operand),
    source: rename(kernel.source),
    result: rename(kernel.result),
  }),
  divide: ({ images }) => ({ by: "rows", units: images, size: 1 }),
  scratch: () => NO_SCRATCH,
  work: (kernel) =>
    (channelsOf(kernel) === undefined ? LOOK : LANE_LOOK) * looks(kernel) +
    TOUCH * kernel.images * sizeOf(lengthsOf(kernel)),
  emit: emitSelection,
  label: "scatter",
  ops: (kernel, purposes) => purposeOf(buffers(kernel), purposes),
  shape: (kernel) => [kernel.images, ...lengthsOf(kernel)],
};

function lengthsOf({ dimensions }: SelectionKernel): readonly number[] {
  return dimensions.map(({ length }) => length);
}
