// `npm run bench -- train` and `-- predict`: every peer at every batch size, in turn and several times over, so
// that a drift of the machine's speed meets them all alike. Prints the median of the rounds and the ratio to the
// baseline, and for native the ratio to tfjs-node, the same library through its own interface.

import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import Table from "cli-table3";
import type { Peer } from "./peers/peer.ts";
import { readyPeers } from "./ready-peers.ts";

export interface TrainBenchOptions {
  readonly batches: readonly number[];
  readonly rounds: number;
  readonly seconds: number;
}

export async function trainBench({ batches, rounds, seconds }: TrainBenchOptions): Promise<void> {
  const peers = await readyPeers();
  const results = measureAll(
    peers,
    batches.map((batch) => ({ title: `batch ${batch}`, argument: String(batch) })),
    { rounds, seconds },
  );
  console.log(tableOf("samples/s", peers, results, (rate) => String(Math.round(rate))));
  for (const { name, what } of peers) console.log(`${name}: ${what}`);
}

export async function predictBench({ rounds, seconds }: Omit<TrainBenchOptions, "batches">): Promise<void> {
  const peers = (await readyPeers()).filter(({ predictOne }) => predictOne !== undefined);
  const results = measureAll(peers, [{ title: "1 row", argument: "predict" }], { rounds, seconds });
  console.log(tableOf("us for a prediction", peers, results, (time) => (time * 1e6).toFixed(1)));
}

interface Column {
  readonly title: string;
  readonly argument: string;
}

/** By column and peer the medians of the rounds. */
type Results = ReadonlyMap<string, ReadonlyMap<string, number>>;

function measureAll(
  peers: readonly Peer[],
  columns: readonly Column[],
  { rounds, seconds }: Omit<TrainBenchOptions, "batches">,
): Results {
  const all = columns.map(({ title }) => [title, new Map<string, number[]>()] as const);
  for (let round = 1; round <= rounds; round++) {
    for (const [i, { title, argument }] of columns.entries()) {
      for (const { name } of peers) {
        console.error(`round ${round}/${rounds}: ${name}, ${title}`);
        const found = all[i]?.[1];
        found?.set(name, [...(found.get(name) ?? []), measure(name, argument, seconds)]);
      }
    }
  }
  const medians = (found: ReadonlyMap<string, readonly number[]>) =>
    new Map([...found].map(([name, values]) => [name, median(values)]));
  return new Map(all.map(([title, found]) => [title, medians(found)]));
}

/** Each cell with its ratio to the first peer; native's also to tfjs-node. */
function tableOf(
  unit: string,
  peers: readonly Peer[],
  results: Results,
  show: (value: number) => string,
): string {
  const table = new Table({
    head: [`${unit} (ratio)`, ...results.keys()],
    style: { head: [], border: [] },
  });
  const [baseline] = peers;
  for (const { name } of peers) {
    const cells = [...results.values()].map((column) => {
      const own = column.get(name) ?? Number.NaN;
      const to = (other: string) => (own / (column.get(other) ?? Number.NaN)).toFixed(2);
      const same = name === "native" ? `; ${to("tfjs-node")} of tfjs-node` : "";
      return `${show(own)} (${to(baseline?.name ?? name)}${same})`;
    });
    table.push([name, ...cells]);
  }
  return table.toString();
}

function measure(peer: string, argument: string, seconds: number): number {
  const script = fileURLToPath(new URL("./measure.js", import.meta.url));
  const output = execFileSync(process.execPath, [script, peer, argument, String(seconds)], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  const last: unknown = JSON.parse(output.trim().split("\n").at(-1) ?? "null");
  if (typeof last === "object" && last !== null && "rate" in last && typeof last.rate === "number") {
    return last.rate;
  }
  throw new Error(`${peer} printed no rate: ${output}`);
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}
