// A kernel of tfjs's registry, found once and called with the handles of a step.

import {
  getKernel,
  type KernelBackend,
  type NamedAttrMap,
  type NamedTensorInfoMap,
  type TensorInfo,
} from "@tensorflow/tfjs-core";
import type { InputNames, Prepared } from "./device.ts";

export function registeredKernel(
  tfjsName: string,
  backend: KernelBackend,
  name: string,
  names: InputNames,
  attrs: NamedAttrMap,
): Prepared {
  const found = getKernel(name, tfjsName);
  if (found === undefined) throw new Error(`the tfjs backend ${tfjsName} has no kernel ${name}`);
  const { kernelFunc } = found;
  const named = (handles: readonly TensorInfo[]): NamedTensorInfoMap =>
    names === "list"
      ? // Concat and AddN take an array where the type of kernels promises a record.
        (handles as unknown as NamedTensorInfoMap)
      : Object.fromEntries(names.map((key, i) => [key, handles[i]]));
  // The runner hands the same handles to every run, so the record is made once.
  let record: NamedTensorInfoMap | undefined;
  return {
    run: (handles) => {
      record ??= named(handles);
      const result = kernelFunc({ inputs: record, backend, attrs });
      return Array.isArray(result) ? result : [result];
    },
  };
}
