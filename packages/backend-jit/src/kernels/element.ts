// One element of a sequence, taken out for a step of a loop, or put in after it.

import { emitElement } from "../emit/loop.ts";
import { TOUCH } from "../threads/work.ts";
import { type BufferId, type KernelRule, NO_SCRATCH } from "./rule.ts";

export interface ElementKernel {
  readonly kind: "element";
  readonly way: "take" | "put";
  readonly sequence: BufferId;
  readonly element: BufferId;
  /** Numbers of an element. */
  readonly size: number;
}

/** Numbers that a thread copies at a time. */
const RUN = 1024;

export const element: KernelRule<ElementKernel> = {
  buffers: ({ way, sequence, element }) => {
    const [from, to] = way === "take" ? [sequence, element] : [element, sequence];
    return { reads: [{ buffer: from, inPlace: false }], writes: [to] };
  },
  renamed: (kernel, rename) => ({
    ...kernel,
    sequence: rename(kernel.sequence),
    element: rename(kernel.element),
  }),
  divide: ({ size }) => ({ by: "blocks", units: Math.ceil(size / RUN), size: RUN }),
  divideAlike: ({ sequence, element, size }, { count, units }) => {
    if (size === 0 || size % count !== 0) return undefined;
    const bytes = (4 * size) / units;
    return {
      share: { by: "blocks", units, size: size / units },
      own: new Map([
        [element, { bytes, inSteps: false }],
        [sequence, { bytes, inSteps: true }],
      ]),
    };
  },
  scratch: () => NO_SCRATCH,
  work: ({ size }) => 2 * TOUCH * size,
  emit: emitElement,
  isInSteps: true,
  label: "movement",
  // The loop is there for the operation.
  ops: () => [],
  shape: ({ size }) => [size],
  moved: ({ size }) => 4 * size,
};
