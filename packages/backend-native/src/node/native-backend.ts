// The backend on TensorFlow's C library, through the addon of @tensorflow/tfjs-node.

import { availableParallelism } from "node:os";
import { isOpName } from "@netwright/ir";
import type { Backend } from "@netwright/runtime";
import { createMachine } from "@netwright/tfjs-kernels";
import { BACKEND_NAME } from "../error.ts";
import { nativeDevice } from "./device/native-device.ts";
import { loadLibrary } from "./library/load-library.ts";

const supports: Backend["supports"] = ({ name }: { readonly name: string }) =>
  isOpName(name) ? true : `this version of the IR has no operation ${name}`;

/** TensorFlow has one pool of threads, so `threads` counts when the first program is compiled. */
export const nativeBackend: Backend = {
  name: BACKEND_NAME,
  supports,
  async load(program, { threads } = {}) {
    const { binding } = loadLibrary(process.env, threads);
    return createMachine(program, nativeDevice(binding));
  },
  async describe({ threads } = {}) {
    const { binding, version } = loadLibrary(process.env, threads);
    return {
      name: BACKEND_NAME,
      versions: { tensorflow: binding.TF_Version, "@tensorflow/tfjs-node": version },
      threads: Number(process.env["TF_NUM_INTRAOP_THREADS"] ?? availableParallelism()),
      simd: true,
      device: "cpu",
      deterministic: false,
    };
  },
};
