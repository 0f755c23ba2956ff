// The shared rules on tfjs's plain JavaScript backend, with a profile as a native backend has it: kernels
// wherever they mean what the IR means, transposed operands as flags, fused dense layers.

import type { Backend } from "@netwright/runtime";
import { copyingDevice, createMachine, type Profile, type TfjsDevice } from "@netwright/tfjs-kernels";
import { env, findBackend, version_core } from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";

// Or tfjs recommends another of its packages when this one is first used.
env().set("IS_NODE", false);

export const cpuProfile: Profile = {
  onHost: { sign: "gives 0 for NaN", power: "JavaScript's, where 1 ^ NaN is NaN" },
  transposedOperands: "flags",
  shapes: "free",
  sumRowsByProduct: false,
  fusedProduct: "bias and relu",
};

export function cpuDevice(profile: Profile = cpuProfile): TfjsDevice {
  return copyingDevice("cpu", "cpu", findBackend("cpu"), profile);
}

export function cpuBackend(profile: Profile = cpuProfile): Backend {
  return {
    name: "cpu",
    supports: () => true,
    load: async (program) => createMachine(program, cpuDevice(profile)),
    describe: async () => ({
      name: "cpu",
      versions: { "@tensorflow/tfjs-core": version_core },
      threads: 1,
      simd: false,
      device: "cpu",
      deterministic: false,
    }),
  };
}
