// What the code of a kernel depends on, apart from where its arrays lie: kernels of which this is the same share it.

import type { AnyOp } from "@netwright/ir";
import type { Share } from "../threads/share.ts";
import type { BufferId, Kernel } from "./kernel.ts";

export interface KernelCode {
  readonly key: string;
  /** The arrays, numbered as in the key. */
  readonly buffers: readonly BufferId[];
}

/** The properties of kernels that hold a buffer, or a list of them. */
const BUFFER_KEYS: ReadonlySet<string> = new Set([
  "buffer",
  "result",
  "operand",
  "source",
  "fill",
  "state",
  "nextState",
  "bits",
  "stores",
]);

export function kernelCode(kernel: Kernel, share: Share | undefined): KernelCode {
  const numbers = new Map<BufferId, number>();
  const numberOf = (buffer: BufferId): number => {
    const known = numbers.get(buffer);
    if (known !== undefined) return known;
    const next = numbers.size;
    numbers.set(buffer, next);
    return next;
  };
  // -0 and the numbers that JSON does not have are different constants in the code.
  const spell = (value: number): number | string =>
    Number.isFinite(value) && !Object.is(value, -0) ? value : Object.is(value, -0) ? "-0" : String(value);
  const replace = (key: string, value: unknown): unknown => {
    if (key === "op") return operationCode(value as AnyOp);
    if (BUFFER_KEYS.has(key)) {
      if (typeof value === "number") return numberOf(value);
      if (Array.isArray(value)) return value.map((buffer: BufferId) => numberOf(buffer));
    }
    return typeof value === "number" ? spell(value) : value;
  };
  const key = JSON.stringify([kernel, share ?? null], replace);
  return { key, buffers: [...numbers.keys()] };
}

/** Of an elementwise operation: not its operands, which stand beside it, and not where it came from. */
function operationCode({ name, attributes, operands }: AnyOp): unknown {
  return [name, attributes, operands.map(({ type }) => type.dtype)];
}
