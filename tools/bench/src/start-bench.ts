// How long the command and the library take to start, beside a process of Node that does nothing. Whole processes, each
// started many times in turn: the best is what the machine can do, the median what it does beside other work. Time of
// the processor in this process's own code stands beside it, as wall time depends on the neighbours. Rows of the
// package as it is published have no compiled code from earlier processes; its modules are those of the workspace.

import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { stageNetwrightOnly } from "@netwright/release";
import Table from "cli-table3";
import { findBackend } from "netwright";
import { type TimedProcess, timedProcesses } from "./timed-process.ts";

const at = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));
const MAIN = at("apps/netwright/dist/main.js");
const EXAMPLE = at("examples/concrete");

interface Task {
  readonly name: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  /** As in the first process of a machine. */
  readonly uncached?: boolean;
  readonly until?: string;
}

type Run = ReturnType<typeof timedProcesses>;

/** `only`: of processes whose name contains that. */
export async function startBench(rounds: number, only = ""): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "netwright-bench-"));
  try {
    const run = timedProcesses(folder);
    const all = [...tasksIn(folder, run), ...(await firstSteps(folder)), ...(await publishedIn(folder))];
    const tasks = all.filter(({ name }) => name.includes(only));
    // Once for the file system and for the compiled code that is kept, of XLA's programs too.
    for (const task of tasks) time(task, run);
    const times = tasks.map((): TimedProcess[] => []);
    for (let round = 0; round < rounds; round++) {
      for (const [i, task] of tasks.entries()) times[i]?.push(time(task, run));
    }
    const table = new Table({
      head: ["process", "best ms", "median ms", "best user ms", "median user ms"],
      colAligns: ["left", "right", "right", "right", "right"],
    });
    for (const [i, { name }] of tasks.entries()) {
      const columns = (["wall", "user"] as const).flatMap((key) => {
        const sorted = (times[i] ?? []).map((taken) => taken[key]).toSorted((a, b) => a - b);
        return [show(sorted[0]), show(sorted[sorted.length >> 1])];
      });
      table.push([name, ...columns]);
    }
    console.log(`Node ${process.versions.node}, ${rounds} rounds\n${table.toString()}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function tasksIn(folder: string, start: Run): readonly Task[] {
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
  time(train, start);
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

/**
 * From the start of the process to the line of progress after its first step: concrete.net with 123 rows to train on, which are
 * one batch, and none to validate with.
 */
async function firstSteps(folder: string): Promise<readonly Task[]> {
  const net = join(folder, "one-step.net");
  const text = readFileSync(join(folder, "concrete.net"), "utf8");
  const split = "train: 70%, validation: 15%, test: 15%";
  if (!text.includes(split)) throw new Error("concrete.net has another split");
  writeFileSync(net, text.replace(split, "train: 12%, validation: 0%, test: 88%"));
  const backends = ["jit", ...((await isHere("xla")) ? ["xla"] : [])];
  return backends.map((backend) => ({
    name: `train: until its first step is done, ${backend}`,
    args: [MAIN, "train", net, "--backend", backend, "--epochs", "10", "--out", join(folder, "runs")],
    until: "epoch ",
  }));
}

async function isHere(name: string): Promise<boolean> {
  const backend = await findBackend(name);
  if (!backend.ok) return false;
  return backend.value.describe().then(
    () => true,
    () => false,
  );
}

function hundredLines(): string {
  const activations = ["relu", "elu", "tanh"];
  const layers = Array.from({ length: 94 }, (_, i) => `  dense(${16 + (i % 7) * 8}, ${activations[i % 3]})`);
  return ["netwright 1", "", "model {", "  input(8)", ...layers, "  dense(1)", "}", ""].join("\n");
}

/** The package `netwright` as it is published, beside its modules in this workspace. */
async function publishedIn(folder: string): Promise<readonly Task[]> {
  const published = join(folder, "published");
  mkdirSync(published);
  await stageNetwrightOnly(join(published, "node_modules", "netwright"));
  const main = join(published, "node_modules", "netwright", "bin", "netwright.js");
  const load = ["--input-type=module", "-e", 'import "netwright"'];
  const rows: readonly Task[] = [
    { name: 'import "netwright", as published', args: load, cwd: published },
    { name: 'import "netwright", its modules', args: load, cwd: at("tools/bench") },
    { name: "--version, as published", args: [main, "--version"] },
    { name: "check, concrete.net, as published", args: [main, "check", join(folder, "concrete.net")] },
  ];
  return rows.map((row) => ({ ...row, uncached: true }));
}

function time({ name, args, cwd, until, uncached = false }: Task, run: Run): TimedProcess {
  const env = uncached ? { NODE_DISABLE_COMPILE_CACHE: "1" } : {};
  return run(name, args, { cwd, env, ...(until === undefined ? {} : { until }) });
}

function show(ms: number | undefined): string {
  return ms === undefined ? "" : ms.toFixed(0);
}
