// A tfjs backend as the plans use it: kernels by name, memory, and access to elements from JavaScript.

import type { ElementType, TensorType } from "@netwright/ir";
import type { KernelBackend, TensorInfo } from "@tensorflow/tfjs-core";
import type { Profile } from "./profile.ts";
import type { Elements } from "./storage.ts";

/** Computes outputs from inputs, element arrays in the order of the instruction. */
export type HostBody = (inputs: readonly Elements[], outputs: readonly Elements[]) => void;

export interface Device {
  /** Name of our backend, for errors. */
  readonly name: string;
  /** Name under which tfjs knows the backend and its kernels. */
  readonly tfjsName: string;
  readonly backend: KernelBackend;
  readonly profile: Profile;
  /** A new tensor with a copy of the elements. */
  upload(type: TensorType, elements: Elements): TensorInfo;
  /** A copy of the elements. */
  download(info: TensorInfo, type: TensorType): Elements;
  /**
   * New tensors of the given types, computed by `body`. Outputs hold anything before. On a device whose
   * memory JavaScript sees, nothing is copied.
   */
  compute(
    inputs: readonly TensorInfo[],
    dtypes: readonly ElementType[],
    outputs: readonly TensorType[],
    body: HostBody,
  ): readonly TensorInfo[];
  /** One more owner of the data. */
  retain(dataId: object): void;
  /** One owner less; the last one frees. */
  release(dataId: object): void;
}
