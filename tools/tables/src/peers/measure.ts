// One table as a user with a question has it: `init`, naming the target, and `train`, with nothing edited in between. The test
// rows are scored by that training alone. Then the others, on the same machine.

import { execFileSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import Papa from "papaparse";
import type { TableFile } from "../attempt.ts";
import { isRecord, lastJson, play } from "../play.ts";
import { PEERS, type Peer, RECORDED, type Scores } from "./recorded.ts";

export interface Measured {
  readonly table: string;
  readonly rows: number;
  readonly metric: "rmse" | "log_loss";
  readonly ours: number;
  /** Of `init` and `train`. */
  readonly seconds: number;
  readonly peers: Scores;
  /** Of those that were measured here. */
  readonly peerSeconds: Scores;
}

export interface MeasureOptions {
  readonly threads: number;
  /** A Python that has the libraries, and those of them that are measured; without it, what is recorded of them counts. */
  readonly python: string | null;
  readonly peers: readonly Peer[];
}

const SCRIPT = fileURLToPath(new URL("../../score_peers.py", import.meta.url));

export async function measure({ name, path }: TableFile, options: MeasureOptions): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), "netwright-peers-"));
  try {
    const data = join(folder, "table.csv");
    copyFileSync(path, data);
    const { data: lines } = Papa.parse<string[]>(readFileSync(path, "utf8"), { skipEmptyLines: true });
    const target = lines[0]?.at(-2);
    if (target === undefined) throw new Error(`${path} has no column before its last`);
    const start = performance.now();
    await played(["init", data, "--target", target]);
    const out = join(folder, "runs");
    const net = join(folder, "table.net");
    const said = await played(["train", net, "--threads", String(options.threads), "--out", out]);
    const seconds = (performance.now() - start) / 1000;
    const { metric, value } = scoreIn(said);
    const measured = options.python === null ? [] : scored(options.python, path, options.peers);
    return {
      table: name,
      rows: lines.length - 1,
      metric,
      ours: value,
      seconds,
      peers: { ...RECORDED[name], ...Object.fromEntries(measured.map(({ peer, score }) => [peer, score])) },
      peerSeconds: Object.fromEntries(measured.map((one) => [one.peer, one.seconds])),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function played(argv: readonly string[]): Promise<Readonly<Record<string, unknown>>> {
  const done = await play([...argv, "--format", "json"]);
  const said = lastJson(done);
  if (done.code !== 0) throw new Error(`${argv.join(" ")}: ${JSON.stringify(said["diagnostics"])}`);
  return said;
}

function scoreIn(said: Readonly<Record<string, unknown>>): Pick<Measured, "metric"> & { value: number } {
  const { metrics } = said;
  const test = isRecord(metrics) ? metrics["test"] : undefined;
  if (isRecord(test)) {
    for (const metric of ["rmse", "log_loss"] as const) {
      const value = test[metric];
      if (typeof value === "number") return { metric, value };
    }
  }
  throw new Error("a training without a score on the test rows");
}

interface PeerScore {
  readonly peer: Peer;
  readonly score: number;
  readonly seconds: number;
}

function scored(python: string, path: string, peers: readonly Peer[]): readonly PeerScore[] {
  const lines = execFileSync(python, [SCRIPT, path, ...peers], { encoding: "utf8" })
    .trim()
    .split("\n");
  return lines.map((line) => {
    const said: unknown = JSON.parse(line);
    if (!isRecord(said)) throw new Error(`no score: ${line}`);
    const { peer, score, seconds } = said;
    const known = PEERS.find((one) => one === peer);
    if (known === undefined || typeof score !== "number" || typeof seconds !== "number")
      throw new Error(`no score: ${line}`);
    return { peer: known, score, seconds };
  });
}
