// All tables with all scores, and on how many of them ours is the best of two.

import type { Measured } from "./measure.ts";
import { ASKED, PEERS } from "./recorded.ts";

export function peersText(measured: readonly Measured[]): string {
  const rows = measured.map(({ table, rows, metric, ours, seconds, peers, peerSeconds }) => [
    table,
    String(rows),
    metric,
    shown(ours),
    seconds.toFixed(1),
    ...PEERS.map((peer) => {
      const score = peers[peer];
      if (score === undefined) return "";
      const took = peerSeconds[peer];
      return `${shown(score)}${ours < score ? " +" : ""}${took === undefined ? "" : ` (${(seconds / took).toFixed(2)})`}`;
    }),
  ]);
  const head = ["table", "rows", "metric", "ours", "s", ...PEERS];
  const lines = [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`);
  const wins = PEERS.map((peer) => {
    const known = measured.filter(({ peers }) => peers[peer] !== undefined);
    const better = known.filter(({ ours, peers }) => ours < (peers[peer] ?? Number.NEGATIVE_INFINITY));
    const asked = ASKED[peer];
    const of = asked === undefined ? "" : `; ${asked} of 12 asked for`;
    return `Better than ${peer} on ${better.length} of ${known.length}${of}.`;
  });
  const times = "A number in brackets is our time in theirs.";
  return [...lines, "", "`+` where ours is better.", times, ...wins].join("\n");
}

function shown(score: number): string {
  return score.toPrecision(5);
}
