// Our own step, on one of our backends.

import { lower } from "@netwright/compiler";
import { compile } from "@netwright/runtime";
import { findBackend } from "netwright";
import { nativeObstacle } from "../peers/native-obstacle.ts";
import { xlaObstacle } from "../peers/netwright.ts";
import { epochRate } from "../rate.ts";
import { networkBatches, networkModel } from "./networks.ts";
import type { NetworkPeer } from "./peer.ts";

/** Epochs until workers have joined and the optimizing compiler has replaced the first code. */
const WARM = 3;

/** `threads`: at most so many, for a backend that can choose. */
export function netwrightOn(backendName: string, threads?: number): NetworkPeer {
  const limit = threads === undefined ? "" : `, at most ${threads} ${threads === 1 ? "thread" : "threads"}`;
  return {
    name: threads === undefined ? backendName : `${backendName}-${threads}`,
    what: `netwright's compiled step on ${backendName}${limit}`,
    ...(backendName === "native" ? { obstacle: nativeObstacle } : {}),
    ...(backendName === "xla" ? { obstacle: xlaObstacle } : {}),
    train: async (network, seconds) => {
      const backend = await findBackend(backendName);
      if (!backend.ok) throw new Error(backend.problems.map(({ message }) => message).join(" "));
      const program = lower(networkModel(network), { step: [network.batch] });
      const executable = await compile(backend.value, program, threads === undefined ? {} : { threads });
      executable.init(0);
      const batches = networkBatches(network);
      const epoch = async (): Promise<void> => {
        for (const batch of batches) executable.step(batch);
        // The event loop has to run for workers to start.
        await new Promise((resolve) => setImmediate(resolve));
      };
      for (let i = 0; i < WARM; i++) await epoch();
      const rates = await epochRate(batches.length * network.batch, seconds, epoch);
      const note = executable.threads === undefined ? {} : { note: `${executable.threads} threads` };
      executable.dispose();
      return { ...rates, ...note };
    },
  };
}
