// How long the command takes, start included, beside a process of Node that does nothing. Whole processes, each
// started many times in turn: the best is what the machine can do, the median what it does beside other work.

import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import Table from "cli-table3";

const at = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));
const MAIN = at("apps/netwright/dist/main.js");
const EXAMPLE = at("examples/concrete");

interface Task {
  readonly name: string;
  readonly args: readonly string[];
}

/** Milliseconds of wall time. */
export function startBench(rounds: number): void {
  const folder = mkdtempSync(join(tmpdir(), "netwright-bench-"));
  try {
    const tasks = tasksIn(folder);
    // Once for the file system and for the compiled code that is kept.
    for (const task of tasks) time(task);
    const times = tasks.map((): number[] => []);
    for (let round = 0; round < rounds; round++) {
      for (const [i, task] of tasks.entries()) times[i]?.push(time(task));
    }
    const table = new Table({
      head: ["process", "best ms", "median ms"],
      colAligns: ["left", "right", "right"],
    });
    for (const [i, { name }] of tasks.entries()) {
      const sorted = (times[i] ?? []).toSorted((a, b) => a - b);
      table.push([name, show(sorted[0]), show(sorted[sorted.length >> 1])]);
    }
    console.log(`Node ${process.versions.node}, ${rounds} rounds\n${table.toString()}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function tasksIn(folder: string): readonly Task[] {
  cpSync(EXAMPLE, folder, { recursive: true });
  const net = join(folder, "concrete.net");
  const runs = join(folder, "runs");
  const hundred = join(folder, "hundred.net");
  writeFileSync(hundred, hundredLines());
  const rows = join(folder, "rows.csv");
  const csv = readFileSync(join(folder, "concrete.csv"), "utf8");
  writeFileSync(rows, `${csv.split("\n").slice(0, 6).join("\n")}\n`);
  // All rows are one batch, so the first step is the last one; evaluating and saving are in the time too.
  const oneStep = [
    "--backend",
    "jit",
    "--epochs",
    "1",
    "--set",
    "train.batch=1024",
    "--out",
    runs,
    "--quiet",
  ];
  const train = { name: "train: one step, evaluated and saved", args: [MAIN, "train", net, ...oneStep] };
  time(train);
  const run = join(runs, readdirSync(runs)[0] ?? "");
  return [
    { name: "node -e 0", args: ["-e", "0"] },
    { name: "--version", args: [MAIN, "--version"] },
    { name: "--help", args: [MAIN, "--help"] },
    { name: "check, 100 lines without data", args: [MAIN, "check", hundred] },
    { name: "check, concrete.net and its 1,030 rows", args: [MAIN, "check", net] },
    { name: "predict, 5 rows", args: [MAIN, "predict", run, "--input", rows, "--backend", "jit"] },
    train,
  ];
}

function hundredLines(): string {
  const activations = ["relu", "elu", "tanh"];
  const layers = Array.from({ length: 94 }, (_, i) => `  dense(${16 + (i % 7) * 8}, ${activations[i % 3]})`);
  return ["netwright 1", "", "model {", "  input(8)", ...layers, "  dense(1)", "}", ""].join("\n");
}

function time({ name, args }: Task): number {
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  const taken = performance.now() - start;
  // 3: the expectations of the example are not met after one step.
  if (status !== 0 && status !== 3) throw new Error(`${name} ended with ${status}:\n${stderr}`);
  return taken;
}

function show(ms: number | undefined): string {
  return ms === undefined ? "" : ms.toFixed(0);
}
