// TensorFlow as a device: tensors by number, kernels as operations of its eager interface, called on the addon
// itself. The JavaScript of tfjs-node would register every intermediate tensor and resolve every attribute anew.

import { sizeOf, type TensorType } from "@netwright/ir";
import { allocate, asStorage, type Device, type Elements, tensorInfo, viewAs } from "@netwright/tfjs-kernels";
import { BACKEND_NAME } from "../../error.ts";
import { updateComposites } from "../updates/composites.ts";
import type { Binding } from "./binding.ts";
import { prepareKernel } from "./kernels.ts";
import { held, NativeTensor } from "./native-tensor.ts";
import { nativeProfile } from "./profile.ts";
import { dtypeOf } from "./types.ts";

export function nativeDevice(binding: Binding): Device {
  /** The addon uses the memory of the array that it is given, so nobody else may keep it. */
  const give = (type: TensorType, elements: Elements) => {
    const id = binding.createTensor(type.shape, dtypeOf(binding, type.dtype), asStorage(elements));
    return tensorInfo(new NativeTensor(id), type);
  };
  const download = (dataId: object, type: TensorType): Elements => {
    const data = held(dataId).data(binding);
    if (!ArrayBuffer.isView(data)) throw new Error("a numeric tensor reads as a typed array");
    return viewAs(type.dtype, data, sizeOf(type.shape));
  };
  return {
    name: BACKEND_NAME,
    profile: nativeProfile,
    kernel: (name, _, attrs, types) => prepareKernel(binding, name, attrs, types),
    composites: updateComposites(binding),
    upload: (type, elements) => give(type, elements.slice()),
    download: (info, type) => download(info.dataId, type),
    compute(inputs, dtypes, outputs, body) {
      const sources = inputs.map((info, i) =>
        download(info.dataId, { dtype: dtypes[i] ?? "f32", shape: info.shape }),
      );
      const results = outputs.map((type) => allocate(type.dtype, sizeOf(type.shape)));
      body(sources, results);
      return outputs.map((type, i) => give(type, results[i] ?? allocate(type.dtype, 0)));
    },
    retain: (dataId) => {
      held(dataId).owners++;
    },
    release: (dataId) => {
      const tensor = held(dataId);
      tensor.owners--;
      if (tensor.owners === 0) tensor.drop(binding);
    },
  };
}
