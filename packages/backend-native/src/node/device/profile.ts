// What TensorFlow does otherwise than the IR means it, found by comparing every operation over edge values.

import type { Profile } from "@netwright/tfjs-kernels";

export const nativeProfile: Profile = {
  onHost: {},
  transposedOperands: "flags",
  shapes: "fixed",
  sumRowsByProduct: false,
  fusedProduct: "bias and relu",
};
