// What exporting a training and taking it back have in common.

import type { BackendInfo } from "@netwright/runtime";

export const MANIFEST = "training.json";
export const FORMAT = "netwright-training";
export const VERSION = 1;

const INFO: BackendInfo = {
  name: "stablehlo",
  versions: {},
  threads: 1,
  simd: false,
  device: "any",
  deterministic: false,
};

/**
 * What computes a training that is exported: nothing of ours, and nobody knows yet what. So the hash of the training, which its
 * checkpoints name, is over all else.
 */
export const ELSEWHERE = { describe: async () => INFO } as const;
