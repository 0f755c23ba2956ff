// Keras, PyTorch and JAX, in the Python that `npm run bench:setup` makes; `../../python/peers.py` does the work.

import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { PYTHON } from "../setup/folders.ts";
import type { Workload } from "../workload.ts";
import { readMeasurement } from "./measurement.ts";
import type { Measurement, Obstacle, Peer } from "./peer.ts";

const SCRIPT = fileURLToPath(new URL("../../python/peers.py", import.meta.url));
/** More than training for some seconds prints. */
const MOST_OUTPUT = 1 << 26;

export interface PythonPeer {
  /** As `peers.py` calls it. */
  readonly name: string;
  readonly what: string;
  /** The packages that it runs on, as `peers.py list` calls them. */
  readonly packages: readonly string[];
}

export function pythonPeer({ name, what, packages }: PythonPeer): Peer {
  const measure = (workload: Workload, batch: string, seconds: number): Measurement => {
    const { rows, x, y } = workload.prepared.splits.train;
    const features = workload.prepared.features.length;
    const args = [SCRIPT, name, batch, String(rows), String(features), String(seconds)];
    const input = Buffer.concat([bytesOf(x), bytesOf(Float32Array.from(y))]);
    return readMeasurement(name, run(args, input));
  };
  const versions = installed();
  return {
    name,
    what: `${what}; ${packages.map((each) => `${each} ${versions.get(each) ?? "missing"}`).join(", ")}`,
    obstacle: async () => obstacleOf(packages.filter((each) => !versions.has(each))),
    train: async (workload, batch, seconds) => measure(workload, String(batch), seconds),
    predictOne: async (workload, seconds) => measure(workload, "predict", seconds),
  };
}

function obstacleOf(missing: readonly string[]): Obstacle | undefined {
  if (missing.length === 0) return undefined;
  return { reason: `Python has no ${missing.join(" and no ")}`, command: "npm run bench:setup" };
}

/** Asked once in a process: starting Python takes a while. */
let versionsFound: ReadonlyMap<string, string> | undefined;

function installed(): ReadonlyMap<string, string> {
  versionsFound ??= existsSync(PYTHON) ? readVersions(run([SCRIPT, "list"])) : new Map();
  return versionsFound;
}

function readVersions(text: string): ReadonlyMap<string, string> {
  const found: unknown = JSON.parse(text);
  if (typeof found !== "object" || found === null) throw new Error(`peers.py listed no packages: ${text}`);
  return new Map(Object.entries(found).map(([name, version]) => [name, String(version)]));
}

function run(args: readonly string[], input?: Buffer): string {
  return execFileSync(PYTHON, args, {
    encoding: "utf8",
    ...(input === undefined ? {} : { input }),
    // What the libraries have to say about missing GPUs is not for here, unless one fails.
    stdio: ["pipe", "pipe", "pipe"],
    maxBuffer: MOST_OUTPUT,
    env: { ...process.env, CUDA_VISIBLE_DEVICES: "", JAX_PLATFORMS: "cpu", TF_CPP_MIN_LOG_LEVEL: "2" },
  });
}

function bytesOf({ buffer, byteOffset, byteLength }: Float32Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}
