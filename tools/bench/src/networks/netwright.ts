// Our own step and prediction, on one of our backends.

import { lower } from "@netwright/compiler";
import { type Batch, compile, type Executable } from "@netwright/runtime";
import { findBackend } from "netwright";
import { nativeObstacle } from "../peers/native-obstacle.ts";
import { fusedObstacle, xlaObstacle } from "../peers/netwright.ts";
import type { Measurement } from "../peers/peer.ts";
import { epochRate } from "../rate.ts";
import { type Network, networkBatches, networkModel } from "./networks.ts";
import type { NetworkPeer } from "./peer.ts";

/** Epochs until workers have joined and the optimizing compiler has replaced the first code. */
const WARM = 3;

/** `threads`: at most so many, for a backend that can choose; `numerics` as in `train`. */
export function netwrightOn(backendName: string, threads?: number, numerics?: "fused"): NetworkPeer {
  const limit = threads === undefined ? "" : `, at most ${threads} ${threads === 1 ? "thread" : "threads"}`;
  return {
    name: [backendName, threads, numerics].filter((part) => part !== undefined).join("-"),
    what: `netwright's compiled step on ${backendName}${limit}${numerics === undefined ? "" : `, numerics: ${numerics}`}`,
    ...(numerics === undefined ? {} : { obstacle: fusedObstacle }),
    ...(backendName === "native" ? { obstacle: nativeObstacle } : {}),
    ...(backendName === "xla" ? { obstacle: xlaObstacle } : {}),
    train: async (network, seconds) => {
      const { executable, batches } = await compiled(backendName, network, "step", { threads, numerics });
      executable.init(0);
      return rateOf(network, seconds, executable, batches, (batch) => executable.step(batch));
    },
    predict: async (network, seconds) => {
      const { executable, batches } = await compiled(backendName, network, "predict", { threads, numerics });
      executable.init(0);
      return rateOf(network, seconds, executable, batches, (batch) => executable.predict(batch));
    },
  };
}

async function compiled(
  backendName: string,
  network: Network,
  what: "step" | "predict",
  { threads, numerics }: { readonly threads: number | undefined; readonly numerics: "fused" | undefined },
) {
  const backend = await findBackend(backendName);
  if (!backend.ok) throw new Error(backend.problems.map(({ message }) => message).join(" "));
  // What makes the weights comes with the step.
  const rows = [network.batch];
  const lowered = lower(networkModel(network), {
    step: rows,
    ...(what === "predict" ? { predict: rows } : {}),
  });
  const program = numerics === undefined ? lowered : { ...lowered, numerics };
  const executable = await compile(backend.value, program, threads === undefined ? {} : { threads });
  return { executable, batches: networkBatches(network) };
}

async function rateOf(
  network: Network,
  seconds: number,
  executable: Executable,
  batches: readonly Batch[],
  take: (batch: Batch) => unknown,
): Promise<Measurement> {
  const epoch = async (): Promise<void> => {
    for (const batch of batches) take(batch);
    // The event loop has to run for workers to start.
    await new Promise((resolve) => setImmediate(resolve));
  };
  for (let i = 0; i < WARM; i++) await epoch();
  const rates = await epochRate(batches.length * network.batch, seconds, epoch);
  const note = executable.threads === undefined ? {} : { note: `${executable.threads} threads` };
  executable.dispose();
  return { ...rates, ...note };
}
