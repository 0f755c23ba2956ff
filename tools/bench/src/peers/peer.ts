// What a peer is: something that trains the benchmark's network, ours or another library.

import type { Workload } from "../workload.ts";

export interface Peer {
  readonly name: string;
  /** What exactly is measured, for the report. */
  readonly what: string;
  /** Trains epochs for about that many seconds after a warm-up epoch; gives samples per second. */
  readonly train: (workload: Workload, batch: number, seconds: number) => Promise<number>;
}
