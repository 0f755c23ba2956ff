// What it brings to train several runs as a study: ten folds of concrete.net beside the ten trainings one after the other, with one
// and with two threads each, and by two processes at a time; and ten seeds of a small network beside one. Whole commands, in turn,
// so that a machine that slows down meets all of them.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Output, print } from "../output.ts";
import { median } from "../rate.ts";

const at = (path: string) => fileURLToPath(new URL(`../../../../${path}`, import.meta.url));
const MAIN = at("apps/netwright/dist/main.js");

const SMALL = `netwright 1
data concrete { source: "concrete.csv", target: CompressiveStrength }
model { repeat 2 { dense(32, relu) } -> dense(1) }
train { loss: mae, optimizer: adam(learning_rate: 1e-3), batch: 128, epochs: 100 }
`;

export interface StudiesOptions {
  readonly rounds: number;
  readonly folds: number;
  /** Of each fold. */
  readonly epochs: number;
  readonly output: Output;
}

/** Seconds of wall time of each way, by round. */
type Times = Readonly<Record<Way, number[]>>;

type Way = "study" | "one thread" | "two threads" | "two processes" | "one seed" | "ten seeds";

export async function studiesBench({ rounds, output, ...sizes }: StudiesOptions): Promise<void> {
  await print("studies", output, async () => {
    const times = await measured(rounds, sizes);
    return { text: (draw) => draw(HEAD, rowsOf(times, sizes)), json: { ...sizes, seconds: times } };
  });
}

type Sizes = Pick<StudiesOptions, "folds" | "epochs">;

async function measured(rounds: number, { folds, epochs }: Sizes): Promise<Times> {
  const folder = mkdtempSync(join(tmpdir(), "netwright-bench-"));
  try {
    cpSync(at("examples/concrete"), folder, { recursive: true });
    writeFileSync(join(folder, "small.net"), SMALL);
    const train = (net: string, ...options: readonly string[]) =>
      command(folder, [
        "train",
        net,
        "--quiet",
        "--backend",
        "jit",
        "--out",
        join(folder, "runs"),
        ...options,
      ]);
    const fold = (i: number, threads: number) => {
      const split = `data.split=fold(${i}, ${folds})`;
      const options = ["--epochs", String(epochs), "--set", split, "--threads", String(threads)];
      return train("concrete.net", ...options);
    };
    const each = async (threads: number, from = 0, by = 1) => {
      for (let i = from; i < folds; i += by) await fold(i, threads);
    };
    const ways: Readonly<Record<Way, () => Promise<unknown>>> = {
      study: () => train("concrete.net", "--epochs", String(epochs), "--folds", String(folds)),
      "two threads": () => each(2),
      "two processes": () => Promise.all([each(1, 0, 2), each(1, 1, 2)]),
      "one thread": () => each(1),
      "one seed": () => train("small.net"),
      "ten seeds": () => train("small.net", "--seeds", "10"),
    };
    const names: readonly Way[] = [
      "study",
      "two threads",
      "two processes",
      "one thread",
      "one seed",
      "ten seeds",
    ];
    const times: Times = {
      study: [],
      "two threads": [],
      "two processes": [],
      "one thread": [],
      "one seed": [],
      "ten seeds": [],
    };
    // Once for the file system and for the compiled code that is kept.
    await ways["one seed"]();
    for (let round = 0; round < rounds; round++) {
      console.error(`round ${round + 1}/${rounds}`);
      // None is always the first.
      for (let i = 0; i < names.length; i++) {
        const name = names[(i + round) % names.length] ?? "study";
        const start = performance.now();
        await ways[name]();
        times[name].push((performance.now() - start) / 1000);
      }
    }
    return times;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const HEAD = ["ratio of times", "median", "least", "most"];

function rowsOf(times: Times, { folds }: Sizes): readonly (readonly string[])[] {
  const ratio = (way: Way, to: Way) => {
    const ratios = times[way].map((value, i) => value / (times[to][i] ?? Number.NaN));
    return [median(ratios), Math.min(...ratios), Math.max(...ratios)].map((value) => value.toFixed(2));
  };
  const rows: readonly (readonly [string, Way, Way])[] = [
    [`${folds} trainings with two threads each / study`, "two threads", "study"],
    [`${folds} trainings by two processes / study`, "two processes", "study"],
    [`${folds} trainings with one thread / by two processes`, "one thread", "two processes"],
    [`${folds} trainings with one thread / study`, "one thread", "study"],
    ["ten seeds of 2 x 32 / one", "ten seeds", "one seed"],
  ];
  return rows.map(([title, way, to]) => [title, ...ratio(way, to)]);
}

/** Expectations need not be met. */
async function command(cwd: string, args: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, [MAIN, ...args], { cwd, stdio: ["ignore", "ignore", "pipe"] });
  const said: Buffer[] = [];
  child.stderr.on("data", (chunk: Buffer) => said.push(chunk));
  const [code] = await once(child, "close");
  if (code !== 0 && code !== 3)
    throw new Error(`${args.join(" ")} ended with ${code}:\n${Buffer.concat(said)}`);
}
