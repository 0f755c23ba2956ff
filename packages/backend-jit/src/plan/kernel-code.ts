// What the code of a kernel depends on, apart from where its arrays lie: kernels of which this is the same share it.

import type { Share } from "../threads/share.ts";
import type { BufferId, Kernel, PointwiseSource } from "./kernel.ts";
import { withBuffers } from "./with-buffers.ts";

export interface KernelCode {
  readonly key: string;
  /** The arrays, numbered as in the key. */
  readonly buffers: readonly BufferId[];
}

export function kernelCode(kernel: Kernel, share: Share | undefined): KernelCode {
  const numbers = new Map<BufferId, number>();
  const numberOf = (buffer: BufferId): number => {
    const known = numbers.get(buffer);
    if (known !== undefined) return known;
    const next = numbers.size;
    numbers.set(buffer, next);
    return next;
  };
  const numbered = withBuffers(kernel, numberOf);
  const key = JSON.stringify([numbered, share ?? null], (name, value: unknown) => {
    if (name === "op") return operationCode(value as PointwiseSource);
    return typeof value === "number" ? spell(value) : value;
  });
  return { key, buffers: [...numbers.keys()] };
}

/** -0 and the numbers that JSON does not have are different constants in the code. */
function spell(value: number): number | string {
  if (Object.is(value, -0)) return "-0";
  return Number.isFinite(value) ? value : String(value);
}

/** Of an elementwise operation: not its operands, which stand beside it, and not where it came from. */
function operationCode({ name, attributes, operands }: PointwiseSource): unknown {
  return [name, attributes, operands.map(({ type }) => type.dtype)];
}
