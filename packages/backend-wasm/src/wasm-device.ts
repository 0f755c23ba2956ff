// The tfjs wasm backend as a device: host kernels work on its memory in place.

import { sizeOf } from "@netwright/ir";
import {
  asStorage,
  copyingDevice,
  type Device,
  storageOf,
  tensorInfo,
  viewAs,
} from "@netwright/tfjs-kernels";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { BACKEND_NAME } from "./error.ts";
import { wasmProfile } from "./profile.ts";

export function wasmDevice(backend: BackendWasm): Device {
  return {
    ...copyingDevice(BACKEND_NAME, "wasm", backend, wasmProfile),
    // The backend itself copies what it is given into its memory.
    upload: (type, elements) =>
      tensorInfo(backend.write(asStorage(elements), [...type.shape], storageOf(type.dtype)), type),
    compute(inputs, dtypes, outputs, body) {
      const results = outputs.map(({ dtype, shape }) => backend.makeOutput([...shape], storageOf(dtype)));
      // Views come after all allocations: memory that grows leaves older views detached.
      const sources = inputs.map((info, i) =>
        viewAs(dtypes[i] ?? "f32", backend.typedArrayFromHeap(info), sizeOf(info.shape)),
      );
      const targets = results.map((info, i) =>
        viewAs(outputs[i]?.dtype ?? "f32", backend.typedArrayFromHeap(info), sizeOf(info.shape)),
      );
      body(sources, targets);
      return results;
    },
  };
}
