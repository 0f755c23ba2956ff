// A tfjs backend as the plans use it: kernels by name, memory, and access to elements from JavaScript.

import type { ElementType, Op, TensorType } from "@netwright/ir";
import type { KernelBackend, NamedAttrMap, TensorInfo } from "@tensorflow/tfjs-core";
import type { Profile } from "./profile.ts";
import type { Elements } from "./storage.ts";

/** Computes outputs from inputs, element arrays in the order of the instruction. */
export type HostBody = (inputs: readonly Elements[], outputs: readonly Elements[]) => void;

/** What a kernel takes: handles by name, or a list for the few kernels that take one. */
export type InputNames = readonly string[] | "list";

/**
 * New tensors from inputs. `lastUse` says for each input whether nothing reads it afterwards; only those may be
 * taken over.
 */
export type Run = (inputs: readonly TensorInfo[], lastUse: readonly boolean[]) => readonly TensorInfo[];

/** A call, resolved; `resources` live as long as the plan. */
export interface Prepared {
  readonly run: Run;
  readonly resources?: readonly TensorInfo[];
}

export interface Device {
  /** Name of our backend, for errors. */
  readonly name: string;
  readonly profile: Profile;
  /** The kernel that tfjs calls so, with fixed attributes, for inputs of these types. */
  kernel(name: string, names: InputNames, attrs: NamedAttrMap, types: readonly TensorType[]): Prepared;
  /** A composite that the device runs in a way of its own; otherwise its decomposition runs. */
  readonly composites?: ReadonlyMap<string, (op: Op<"composite">) => Prepared>;
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

/** A device that runs the kernels of tfjs's registry. */
export interface TfjsDevice extends Device {
  /** Name under which tfjs knows the backend and its kernels. */
  readonly tfjsName: string;
  readonly backend: KernelBackend;
}
