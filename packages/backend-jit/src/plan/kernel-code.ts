// What the code of a kernel depends on, apart from where its arrays lie: kernels of which this is the same share it.

import type { Share } from "../threads/share.ts";
import type { BufferId, Kernel, PointwiseInput, PointwiseOp, PointwiseSource } from "./kernel.ts";
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
  return { key: JSON.stringify([withCodes(numbered), share ?? null]), buffers: [...numbers.keys()] };
}

/** The operations of a body stand for what their code depends on; all else is plain data already. */
function withCodes(kernel: Kernel): unknown {
  if (!("body" in kernel)) return kernel;
  return { ...kernel, body: { ...kernel.body, ops: kernel.body.ops.map(operationCode) } };
}

/** Not where it came from, and of its operands the types and what stands for them in the kernel. */
function operationCode({ op, inputs, dtype, result }: PointwiseOp): unknown {
  const types = op.operands.map(({ type }) => type.dtype);
  return [op.name, attributesCode(op.attributes), types, inputs.map(inputCode), dtype, result];
}

function inputCode(input: PointwiseInput): unknown {
  return input.kind === "constant"
    ? [input.dtype, spell(input.value)]
    : [input.dtype, input.buffer, input.access.kind, input.access.columns];
}

function attributesCode(attributes: PointwiseSource["attributes"]): string {
  // Most have none.
  if (Object.keys(attributes).length === 0) return "";
  return JSON.stringify(attributes, (_, value: unknown) =>
    typeof value === "number" ? spell(value) : value,
  );
}

/** -0 and the numbers that JSON does not have are different constants in the code. */
function spell(value: number): number | string {
  if (Object.is(value, -0)) return "-0";
  return Number.isFinite(value) ? value : String(value);
}
