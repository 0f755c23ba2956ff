// `netwright_jax train` in processes: as one command, or each by itself, one of which is killed.

import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";

const PACKAGE = fileURLToPath(new URL("../../../../python/netwright-jax", import.meta.url));
/** Nothing here takes longer on a busy machine. */
const LIMIT_MS = 300_000;

export interface Python {
  /** Its executable. */
  readonly python: string;
}

export interface Ended {
  readonly code: number | null;
  readonly output: string;
  readonly seconds: number;
}

export interface Started {
  readonly process: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Resolves when it has written that, or has ended. */
  readonly says: (what: RegExp) => Promise<void>;
}

/** On processors alone, wherever it runs. */
export function start({ python }: Python, argv: readonly string[]): Started {
  const env = { ...process.env, PYTHONPATH: `${PACKAGE}/src`, JAX_PLATFORMS: "cpu" };
  const child = spawn(python, argv, {
    cwd: PACKAGE,
    env,
    stdio: ["ignore", "pipe", "pipe"],
    timeout: LIMIT_MS,
  });
  const began = performance.now();
  let output = "";
  const waiting = new Set<() => void>();
  const take = (text: Buffer) => {
    output += text.toString();
    for (const look of waiting) look();
  };
  child.stdout.on("data", take);
  child.stderr.on("data", take);
  const ended = once(child, "close").then(([code]) => ({
    code: typeof code === "number" ? code : null,
    output,
    seconds: (performance.now() - began) / 1000,
  }));
  const says = (what: RegExp) =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (!what.test(output)) return;
        waiting.delete(look);
        resolve();
      };
      waiting.add(look);
      look();
      ended.then(() => resolve());
    });
  return { process: child, ended, says };
}

export function startTraining(python: Python, folder: string, options: readonly string[]): Started {
  return start(python, ["-m", "netwright_jax", "train", folder, ...options]);
}

/** Each of two processes by itself, as on two machines. */
export async function startTwo(
  python: Python,
  folder: string,
  options: readonly string[],
): Promise<readonly [Started, Started]> {
  const coordinator = `127.0.0.1:${await freePort()}`;
  const one = (id: number) =>
    startTraining(python, folder, [
      ...options,
      ...["--coordinator", coordinator, "--num-processes", "2", "--process-id", String(id)],
    ]);
  return [one(0), one(1)];
}

/** The processes that a process has started. */
export function childrenOf(pid: number): readonly number[] {
  const listed = execFileSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" });
  return listed.split("\n").flatMap((line) => {
    const [child, parent] = line.trim().split(/\s+/).map(Number);
    return child !== undefined && parent === pid ? [child] : [];
  });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("there is no port");
  return address.port;
}
