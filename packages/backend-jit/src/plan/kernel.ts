// What a plan is made of: kernels that read and write row-major arrays. A buffer is an array in memory, named by
// the id of the value that first filled it; reshaped values share it.

import type { BinaryName, ElementType, Op, ReduceKind, UnaryName } from "@netwright/ir";
import type { Access } from "./access.ts";
import type { Run } from "./strides.ts";

export type BufferId = number;

/** The operations that have a result for each element of their operands. */
export type ElementwiseName = UnaryName | BinaryName | "compare" | "select" | "convert";

export type ElementwiseOp = { [K in ElementwiseName]: Op<K> }[ElementwiseName];

/** What the bodies of kernels hold: those, and one number for all elements. */
export type PointwiseSource = ElementwiseOp | Op<"constant">;

export type PointwiseInput =
  | { readonly kind: "constant"; readonly dtype: ElementType; readonly value: number }
  | {
      readonly kind: "buffer";
      readonly buffer: BufferId;
      readonly dtype: ElementType;
      readonly access: Access;
    };

/** One elementwise operation; a `full` input that an earlier operation of the body makes never leaves registers. */
export interface PointwiseOp {
  readonly op: PointwiseSource;
  readonly inputs: readonly PointwiseInput[];
  readonly dtype: ElementType;
  readonly result: BufferId;
}

/** Operations on each element of a rows x columns array, and which of their results go to memory. */
export interface PointwiseBody {
  readonly rows: number;
  readonly columns: number;
  readonly ops: readonly PointwiseOp[];
  readonly stores: readonly BufferId[];
}

export interface MapKernel {
  readonly kind: "map";
  readonly body: PointwiseBody;
}

/**
 * One operand of a contraction: where its elements are, by batch, free and contracted index. Each is taken apart into
 * axes, the last of which varies fastest; strides may be 0 or negative, and elements may overlap.
 */
export interface ContractionOperand {
  readonly buffer: BufferId;
  /** The first element; not 0 where axes run backwards. */
  readonly start: number;
  readonly batch: readonly Run[];
  readonly free: readonly Run[];
  readonly inner: readonly Run[];
}

/** result[b, i, j] = sum over k of lhs[b, i, k] * rhs[b, j, k], and the body on the batch * rows x columns results. */
export interface ContractionKernel {
  readonly kind: "contraction";
  readonly batch: number;
  readonly rows: number;
  readonly columns: number;
  readonly inner: number;
  readonly lhs: ContractionOperand;
  readonly rhs: ContractionOperand;
  readonly result: BufferId;
  readonly body: PointwiseBody;
}

export interface ReduceKernel {
  readonly kind: "reduce";
  readonly reduce: ReduceKind;
  readonly dtype: ElementType;
  readonly shape: readonly number[];
  readonly dimensions: readonly number[];
  readonly operand: BufferId;
  readonly result: BufferId;
}

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

export interface RandomKernel {
  readonly kind: "random";
  readonly state: BufferId;
  readonly nextState: BufferId;
  readonly bits: BufferId;
  readonly size: number;
}

export type Kernel = MapKernel | ContractionKernel | ReduceKernel | MoveKernel | RandomKernel;

/** The buffers that a kernel reads, with whether only element by element at the place it writes. */
export function readsOf(kernel: Kernel): { readonly buffer: BufferId; readonly inPlace: boolean }[] {
  switch (kernel.kind) {
    case "map":
      return bodyReads(kernel.body);
    case "contraction":
      return [
        { buffer: kernel.lhs.buffer, inPlace: false },
        { buffer: kernel.rhs.buffer, inPlace: false },
        ...bodyReads(kernel.body).filter(({ buffer }) => buffer !== kernel.result),
      ];
    case "reduce":
      return [{ buffer: kernel.operand, inPlace: false }];
    case "move":
      return [
        ...kernel.boxes.map(({ source }) => ({ buffer: source, inPlace: false })),
        ...(kernel.fill === undefined ? [] : [{ buffer: kernel.fill, inPlace: false }]),
      ];
    case "random":
      // The state is in locals before anything is written.
      return [{ buffer: kernel.state, inPlace: true }];
  }
}

/** The buffers that a kernel writes. */
export function writesOf(kernel: Kernel): readonly BufferId[] {
  switch (kernel.kind) {
    case "map":
    case "contraction":
      return kernel.body.stores;
    case "reduce":
    case "move":
      return [kernel.result];
    case "random":
      return [kernel.nextState, kernel.bits];
  }
}

function bodyReads({ ops }: PointwiseBody): { readonly buffer: BufferId; readonly inPlace: boolean }[] {
  const made = new Set(ops.map(({ result }) => result));
  return ops.flatMap(({ inputs }) =>
    inputs.flatMap((input) =>
      input.kind === "buffer" && !(input.access.kind === "full" && made.has(input.buffer))
        ? [{ buffer: input.buffer, inPlace: input.access.kind === "full" }]
        : [],
    ),
  );
}
