// What is measured of a build, each in processes of that build, so that builds with other interfaces inside compare.

import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Measured } from "../pairs.ts";
import { lastLine } from "../run-script.ts";
import { timedProcesses } from "../timed-process.ts";

/** Takes the build to be measured. */
const REDUCE = fileURLToPath(new URL("../../../../packages/backend-jit/bench/reduce.mjs", import.meta.url));

export interface Task extends Measured {
  /** @throws where the build cannot do it */
  readonly measure: (build: string) => number;
}

/** Files that the commands read, made by each build for itself. */
export interface Stage {
  readonly tasks: readonly Task[];
  readonly dispose: () => void;
}

export function stageOf(builds: readonly string[], seconds: number): Stage {
  const folder = mkdtempSync(join(tmpdir(), "netwright-bench-"));
  const node = timedProcesses(folder);
  const staged = new Map(builds.map((build, i) => [build, stage(build, join(folder, String(i)), node)]));
  const at = (build: string): Staged => {
    const found = staged.get(build);
    if (found === undefined) throw new Error(`${build} is not staged`);
    return found;
  };
  const bench = (build: string, script: string, args: readonly string[]): unknown =>
    lastLine(node(script, [join(build, "tools", "bench", "dist", script), ...args], { cwd: build }).stdout);
  const rate = (what: string, build: string) =>
    numberAt(bench(build, "measure.js", ["jit-1", what, String(seconds)]), "value");
  const functions = (build: string) => bench(build, join("cost", "measure-compile.js"), ["jit", "1", "all"]);
  const command = (build: string, args: readonly string[]) =>
    node(args.join(" "), [mainOf(build), ...args], { cwd: at(build).folder }).user;
  const tasks: readonly Task[] = [
    ...[32, 128, 256].map(
      (batch): Task => ({
        name: `train, batch ${batch}`,
        unit: "samples/s",
        better: "more",
        measure: (build) => rate(String(batch), build),
      }),
    ),
    {
      name: "predict, one row",
      unit: "µs",
      better: "less",
      measure: (build) => rate("predict", build) * 1e6,
    },
    {
      name: "lower and compile all functions",
      unit: "ms",
      better: "less",
      measure: (build) => {
        const found = functions(build);
        return numberAt(found, "lower") + numberAt(found, "compile");
      },
    },
    {
      name: "compile all functions",
      unit: "ms",
      better: "less",
      measure: (build) => numberAt(functions(build), "compile"),
    },
    {
      name: "sum of 1,000,000 elements",
      unit: "ns",
      better: "less",
      measure: (build) =>
        numberAt(lastLine(node("sum", [REDUCE, "--sum", build], { cwd: build }).stdout), "nanoseconds"),
    },
    {
      name: "check",
      unit: "user ms",
      better: "less",
      measure: (build) => command(build, ["check", "concrete.net"]),
    },
    {
      name: "predict, 5 rows",
      unit: "user ms",
      better: "less",
      measure: (build) =>
        command(build, ["predict", at(build).run, "--input", "rows.csv", "--backend", "jit"]),
    },
  ];
  return { tasks, dispose: () => rmSync(folder, { recursive: true, force: true }) };
}

interface Staged {
  readonly folder: string;
  readonly run: string;
}

/** A run of one step is as large as any other. */
function stage(build: string, folder: string, node: ReturnType<typeof timedProcesses>): Staged {
  cpSync(join(build, "examples", "concrete"), folder, { recursive: true });
  const csv = readFileSync(join(folder, "concrete.csv"), "utf8");
  writeFileSync(join(folder, "rows.csv"), `${csv.split("\n").slice(0, 6).join("\n")}\n`);
  const options = ["--backend", "jit", "--epochs", "1", "--set", "train.batch=1024", "--quiet"];
  const args = ["train", "concrete.net", ...options, "--out", join(folder, "runs")];
  node("train", [mainOf(build), ...args], { cwd: folder });
  const [run] = readdirSync(join(folder, "runs"));
  if (run === undefined) throw new Error(`${build} has trained no run`);
  return { folder, run: join(folder, "runs", run) };
}

function mainOf(build: string): string {
  return join(build, "apps", "netwright", "dist", "main.js");
}

function numberAt(found: unknown, key: string): number {
  const value: unknown = typeof found === "object" && found !== null ? Reflect.get(found, key) : undefined;
  if (typeof value === "number") return value;
  throw new Error(`no ${key} in ${JSON.stringify(found)}`);
}
