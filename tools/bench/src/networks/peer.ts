// Who trains the networks.

import type { Measurement, Obstacle } from "../peers/peer.ts";
import type { Network } from "./networks.ts";

export interface NetworkPeer {
  readonly name: string;
  /** What exactly is measured, for the report. */
  readonly what: string;
  /** Undefined, or left out, where it can run. */
  readonly obstacle?: () => Promise<Obstacle | undefined>;
  /** Trains epochs for about that many seconds after one that warms up; gives samples per second. */
  readonly train?: (network: Network, seconds: number) => Promise<Measurement>;
  /** The same of predicting the batches of an epoch. */
  readonly predict?: (network: Network, seconds: number) => Promise<Measurement>;
}
