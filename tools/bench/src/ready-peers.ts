// The peers that can run here; those that cannot are left out, with the reason.

import type { Peer } from "./peers/peer.ts";
import { peers } from "./peers/table.ts";

export async function readyPeers(): Promise<readonly Peer[]> {
  const ready: Peer[] = [];
  for (const { load } of peers) {
    const peer = await load();
    const reason = await peer.obstacle?.();
    if (reason === undefined) ready.push(peer);
    else console.error(`without ${peer.name}: ${reason}`);
  }
  return ready;
}
