// A function of the IR, ready to run: a flat list of steps over numbered slots, each slot one tfjs tensor.
// Kernels and attributes are resolved; running a plan decides nothing.

import type { Origin, TensorType } from "@netwright/ir";
import type { TensorInfo } from "@tensorflow/tfjs-core";
import type { Run } from "../device/device.ts";

/** The elements of a slot under a shape. Reshaping makes another reference to the same slot. */
export interface Ref {
  readonly slot: number;
  readonly type: TensorType;
}

export interface Instruction {
  /** For profiles: the tfjs kernel, or `host:` and the operation. */
  readonly name: string;
  readonly inputs: readonly Ref[];
  readonly outputs: readonly number[];
  /** New tensors for the outputs; takes handles in the order of `inputs`. */
  readonly run: Run;
  readonly origin: Origin | undefined;
}

export interface Step extends Instruction {
  /** One handle for each input, whose `dataId` the runner sets before each run. */
  readonly handles: readonly TensorInfo[];
  /** For each input whether nothing reads its slot afterwards. */
  readonly lastUse: readonly boolean[];
  /** Slots that nothing reads afterwards. */
  readonly release: readonly number[];
}

export interface Result {
  readonly ref: Ref;
  /** Whether the caller gets a share of the tensor, because somebody else also keeps it. */
  readonly shared: boolean;
}

export interface Plan {
  readonly slots: number;
  /** Slots of the parameters, in their order. */
  readonly parameters: readonly number[];
  readonly constants: readonly { readonly slot: number; readonly info: TensorInfo }[];
  /** Owned parameters that nothing reads. */
  readonly unused: readonly number[];
  readonly steps: readonly Step[];
  readonly results: readonly Result[];
}
