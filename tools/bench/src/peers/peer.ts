// What a peer is: something that trains the benchmark's network, ours or another library.

import type { Workload } from "../workload.ts";

export interface Measurement {
  /** Samples per second, or seconds for a prediction. */
  readonly value: number;
  /** Samples per second of the processor, of all threads; left out for predictions. */
  readonly cpu?: number;
  /** What else is worth a line, such as the number of threads that took part. */
  readonly note?: string;
}

/** Why a peer cannot run here. */
export interface Obstacle {
  readonly reason: string;
  /** What makes it run. */
  readonly command: string;
}

export interface Peer {
  readonly name: string;
  /** What exactly is measured, for the report. */
  readonly what: string;
  /** Undefined, or left out, where it can run. */
  readonly obstacle?: () => Promise<Obstacle | undefined>;
  /** Trains epochs for about that many seconds after a warm-up epoch; gives samples per second. */
  readonly train: (workload: Workload, batch: number, seconds: number) => Promise<Measurement>;
  /** Predicts one row over and over for about that many seconds; gives the median in seconds. */
  readonly predictOne?: (workload: Workload, seconds: number) => Promise<Measurement>;
}
