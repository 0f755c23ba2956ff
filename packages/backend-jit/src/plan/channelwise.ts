// How products channel by channel are computed.

import type { ChannelwiseKernel } from "../kernels/channelwise.ts";
import { sizeOfRuns } from "./strides.ts";

export function linesOf({ lhs }: ChannelwiseKernel): number {
  return sizeOfRuns(lhs.free);
}

/** Products of a sum. */
export function stepsOf({ rhs }: ChannelwiseKernel): number {
  return sizeOfRuns(rhs.inner);
}

/** Few long sums, which threads divide by channels: the gradient of a kernel. */
export function isLong(kernel: ChannelwiseKernel): boolean {
  return stepsOf(kernel) > linesOf(kernel);
}
