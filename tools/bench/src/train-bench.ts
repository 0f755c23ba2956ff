// `npm run bench -- train`: every peer at every batch size, in turn and several times over, so that a drift
// of the machine's speed meets them all alike. Prints the median of the rounds and the ratio to the baseline.

import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import Table from "cli-table3";
import { peers } from "./peers/table.ts";

export interface TrainBenchOptions {
  readonly batches: readonly number[];
  readonly rounds: number;
  readonly seconds: number;
}

export function trainBench({ batches, rounds, seconds }: TrainBenchOptions): void {
  const results = new Map<string, number[]>();
  for (let round = 1; round <= rounds; round++) {
    for (const batch of batches) {
      for (const { name } of peers) {
        console.error(`round ${round}/${rounds}: ${name}, batch ${batch}`);
        const key = `${name} ${batch}`;
        results.set(key, [...(results.get(key) ?? []), measure(name, batch, seconds)]);
      }
    }
  }
  const rate = (name: string, batch: number) => median(results.get(`${name} ${batch}`) ?? []);
  const [baseline] = peers;
  const table = new Table({
    head: ["samples/s (ratio)", ...batches.map((batch) => `batch ${batch}`)],
    style: { head: [], border: [] },
  });
  for (const { name } of peers) {
    table.push([
      name,
      ...batches.map((batch) => {
        const own = rate(name, batch);
        const ratio = own / rate(baseline?.name ?? name, batch);
        return `${Math.round(own)} (${ratio.toFixed(2)})`;
      }),
    ]);
  }
  console.log(table.toString());
  for (const { name, what } of peers) console.log(`${name}: ${what}`);
}

function measure(peer: string, batch: number, seconds: number): number {
  const script = fileURLToPath(new URL("./measure.js", import.meta.url));
  const output = execFileSync(process.execPath, [script, peer, String(batch), String(seconds)], {
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
