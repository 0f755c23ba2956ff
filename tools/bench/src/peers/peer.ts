// What a peer is: something that trains the benchmark's network, ours or another library.

import type { Workload } from "../workload.ts";

export interface Peer {
  readonly name: string;
  /** What exactly is measured, for the report. */
  readonly what: string;
  /** Why it cannot run here, if so. */
  readonly obstacle?: () => Promise<string | undefined>;
  /** Trains epochs for about that many seconds after a warm-up epoch; gives samples per second. */
  readonly train: (workload: Workload, batch: number, seconds: number) => Promise<number>;
  /** Predicts one row over and over for about that many seconds; gives seconds for one prediction. */
  readonly predictOne?: (workload: Workload, seconds: number) => Promise<number>;
}
