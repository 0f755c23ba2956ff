// What setup needs of the machine, found before anything starts: programs, disk, and for which platform
// TensorFlow can be built.

import { existsSync, statfsSync } from "node:fs";
import { dirname } from "node:path";
import { runCommand, runPython, usesGlibc } from "@netwright/runtime/node";
import type { Environment } from "../library/cache-folder.ts";

export interface Tool {
  readonly what: string;
  /** What was found, or undefined. */
  readonly found: string | undefined;
  /** What to do where it is missing. */
  readonly remedy: string;
}

export interface Tools {
  /** Without these nothing works. */
  readonly always: readonly Tool[];
  /** For building from the wheel of tensorflow-cpu, where the ordinary installation cannot download. */
  readonly build: readonly Tool[];
  readonly compiler: string | undefined;
  readonly python: string | undefined;
}

/** Bytes on the disk while setup works; 1.1 GB stay. */
const DISK = 1.4e9;

export async function findTools(folder: string, env: Environment): Promise<Tools> {
  const npm = await firstOf(["npm"], ["--version"], env);
  const compiler = await firstOf([env["CXX"] ?? "", "c++", "g++", "clang++"], ["--version"], env);
  const python = await firstOf(["python3", "python"], ["--version"], env);
  const pip = python && (await firstOf([python.command], ["-m", "pip", "--version"], env, runPython));
  const free = freeBytes(folder);
  const isKnown = process.platform === "linux" && process.arch === "x64" && usesGlibc();
  const platform = `${process.platform} ${process.arch}`;
  return {
    always: [
      { what: "npm", found: npm?.version, remedy: "Install npm; it comes with Node.js." },
      {
        what: "1.4 GB of disk",
        found: free >= DISK ? `${gigabytes(free)} free` : undefined,
        remedy: `${dirname(folder)} has ${gigabytes(free)} free; make room, or set NETWRIGHT_NATIVE to a folder elsewhere.`,
      },
    ],
    build: [
      {
        what: "Linux with glibc on x64",
        found: isKnown ? platform : undefined,
        remedy: `This is ${platform}, for which TensorFlow can only be downloaded from where tfjs-node has it.`,
      },
      {
        what: "a C++ compiler",
        found: compiler?.version,
        remedy: "Install one: `apt install g++`, or `dnf install gcc-c++`.",
      },
      {
        what: "Python 3",
        found: python?.version,
        remedy: "Install it: `apt install python3 python3-pip`, or `dnf install python3-pip`.",
      },
      {
        what: "pip",
        found: pip?.version,
        remedy: "Install it: `apt install python3-pip`, or `dnf install python3-pip`.",
      },
    ],
    compiler: compiler?.command,
    python: pip === undefined ? undefined : python?.command,
  };
}

export function missingOf(tools: readonly Tool[]): readonly Tool[] {
  return tools.filter(({ found }) => found === undefined);
}

interface Program {
  readonly command: string;
  /** The first line that it says about itself. */
  readonly version: string;
}

async function firstOf(
  commands: readonly string[],
  args: readonly string[],
  env: Environment,
  run = runCommand,
): Promise<Program | undefined> {
  for (const command of commands) {
    if (command === "") continue;
    const { ok, output } = await run(command, args, { env });
    if (ok) return { command, version: output.split("\n", 1)[0] ?? "" };
  }
  return undefined;
}

/** Of the disk of the nearest folder that exists. */
function freeBytes(folder: string): number {
  let place = folder;
  while (!existsSync(place)) place = dirname(place);
  const { bavail, bsize } = statfsSync(place);
  return bavail * bsize;
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(1)} GB`;
}
