// A kernel over other buffers: each kind says which of its numbers are buffers.

import type { BufferId, ContractionOperand, Kernel, PointwiseBody, PointwiseInput } from "./kernel.ts";

/** `rename` is asked for every buffer, as often as it stands in the kernel. */
export function withBuffers(kernel: Kernel, rename: (buffer: BufferId) => BufferId): Kernel {
  const operand = (one: ContractionOperand): ContractionOperand => ({ ...one, buffer: rename(one.buffer) });
  const input = (one: PointwiseInput): PointwiseInput =>
    one.kind === "constant" ? one : { ...one, buffer: rename(one.buffer) };
  const body = ({ ops, stores, ...rest }: PointwiseBody): PointwiseBody => ({
    ...rest,
    ops: ops.map((op) => ({ ...op, inputs: op.inputs.map(input), result: rename(op.result) })),
    stores: stores.map(rename),
  });
  switch (kernel.kind) {
    case "map":
      return { ...kernel, body: body(kernel.body) };
    case "contraction":
      return {
        ...kernel,
        lhs: operand(kernel.lhs),
        rhs: operand(kernel.rhs),
        result: rename(kernel.result),
        body: body(kernel.body),
      };
    case "reduce":
      return { ...kernel, operand: rename(kernel.operand), result: rename(kernel.result) };
    case "move":
      return {
        ...kernel,
        boxes: kernel.boxes.map((box) => ({ ...box, source: rename(box.source) })),
        fill: kernel.fill === undefined ? undefined : rename(kernel.fill),
        result: rename(kernel.result),
      };
    case "random":
      return {
        ...kernel,
        state: rename(kernel.state),
        nextState: rename(kernel.nextState),
        bits: rename(kernel.bits),
      };
  }
}
