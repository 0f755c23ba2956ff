// PyTorch and JAX, in the Python that `npm run bench:setup` makes; `../../python/networks.py` does the work.

import { existsSync } from "node:fs";
import { readMeasurement } from "../peers/measurement.ts";
import { runPythonScript } from "../run-script.ts";
import { PYTHON } from "../setup/folders.ts";
import { BATCHES } from "./networks.ts";
import type { NetworkPeer } from "./peer.ts";

const ENVIRONMENT = { CUDA_VISIBLE_DEVICES: "", JAX_PLATFORMS: "cpu" };

export function pythonNetworks(name: "pytorch-2-threads" | "jax", what: string): NetworkPeer {
  return {
    name,
    what,
    obstacle: async () =>
      existsSync(PYTHON) ? undefined : { reason: `There is no ${PYTHON}`, command: "npm run bench:setup" },
    train: async (network, seconds) => {
      const args = [name, network.name, String(network.batch), String(BATCHES), String(seconds)];
      return readMeasurement(name, runPythonScript(PYTHON, "networks.py", args, ENVIRONMENT));
    },
  };
}
