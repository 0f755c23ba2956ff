// A device on any tfjs backend: host kernels read the inputs and write the outputs through the public
// methods of the backend. Backends with memory that JavaScript sees replace `compute`.

import { sizeOf } from "@netwright/ir";
import type { KernelBackend } from "@tensorflow/tfjs-core";
import type { Device, TfjsDevice } from "./device.ts";
import type { Profile } from "./profile.ts";
import { registeredKernel } from "./registered-kernel.ts";
import { allocate, asStorage, storageOf, tensorInfo, viewAs } from "./storage.ts";

/** `backend` is the instance that tfjs knows as `tfjsName`, ready and with its kernels set up. */
export function copyingDevice(
  name: string,
  tfjsName: string,
  backend: KernelBackend,
  profile: Profile,
): TfjsDevice {
  // Some backends keep the array that they are given.
  const upload: Device["upload"] = (type, elements) =>
    tensorInfo(backend.write(asStorage(elements.slice()), [...type.shape], storageOf(type.dtype)), type);
  const download: Device["download"] = (info, type) => {
    const size = sizeOf(type.shape);
    const data = backend.readSync(info.dataId);
    if (!ArrayBuffer.isView(data)) throw new Error("a numeric tensor reads as a typed array");
    const copy = allocate(type.dtype, size);
    copy.set(viewAs(type.dtype, data, size));
    return copy;
  };
  return {
    name,
    tfjsName,
    backend,
    profile,
    kernel: (kernel, names, attrs) => registeredKernel(tfjsName, backend, kernel, names, attrs),
    upload,
    download,
    compute(inputs, dtypes, outputs, body) {
      const sources = inputs.map((info, i) =>
        download(info, { dtype: dtypes[i] ?? "f32", shape: info.shape }),
      );
      const results = outputs.map((type) => allocate(type.dtype, sizeOf(type.shape)));
      body(sources, results);
      return outputs.map((type, i) => upload(type, results[i] ?? allocate(type.dtype, 0)));
    },
    retain: (dataId) => backend.incRef(dataId),
    release: (dataId) => {
      backend.disposeData(dataId);
    },
  };
}
