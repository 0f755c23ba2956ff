// Convolutions of each channel by itself, and their gradients: products that have the channels side by side in both
// operands and in the result, so that four of them are a vector.

import { emitChannelwise } from "../emit/channelwise.ts";
import { isLong, linesOf, stepsOf } from "../plan/channelwise.ts";
import type { Run } from "../plan/strides.ts";
import { type BufferId, type Buffers, type KernelRule, NO_SCRATCH, purposeOf } from "./rule.ts";

/** result[line, c] = sum over k of lhs[line, k, c] rhs[k, c]; neighbouring channels are neighbours in all three. */
export interface ChannelwiseKernel {
  readonly kind: "channelwise";
  readonly channels: number;
  readonly lhs: { readonly buffer: BufferId; readonly free: readonly Run[]; readonly inner: readonly Run[] };
  readonly rhs: { readonly buffer: BufferId; readonly inner: readonly Run[] };
  readonly result: BufferId;
}

function buffers({ lhs, rhs, result }: ChannelwiseKernel): Buffers {
  return { reads: [lhs, rhs].map(({ buffer }) => ({ buffer, inPlace: false })), writes: [result] };
}

/** Multiplications with their additions for a nanosecond, of which each takes two loads. */
const CHANNEL_PRODUCTS = 5;

export const channelwise: KernelRule<ChannelwiseKernel> = {
  buffers,
  renamed: (kernel, rename) => ({
    ...kernel,
    lhs: { ...kernel.lhs, buffer: rename(kernel.lhs.buffer) },
    rhs: { ...kernel.rhs, buffer: rename(kernel.rhs.buffer) },
    result: rename(kernel.result),
  }),
  divide: (kernel, { line }) =>
    isLong(kernel)
      ? { by: "columns", units: Math.ceil(kernel.channels / line), size: line }
      : { by: "rows", units: linesOf(kernel), size: 1 },
  scratch: () => NO_SCRATCH,
  work: (kernel) => (kernel.channels * linesOf(kernel) * stepsOf(kernel)) / CHANNEL_PRODUCTS,
  emit: emitChannelwise,
  label: "product",
  ops: (kernel, purposes) => purposeOf(buffers(kernel), purposes),
  shape: (kernel) => [linesOf(kernel), kernel.channels, stepsOf(kernel)],
};
