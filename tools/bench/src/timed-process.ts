// Whole processes of Node: their wall time, and the time of the processor in their own code, which neighbours change less.

import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

export interface TimedProcess {
  readonly stdout: string;
  /** Milliseconds. */
  readonly wall: number;
  readonly user: number;
}

export interface ProcessOptions {
  readonly cwd?: string | undefined;
  /** Besides that of this process. */
  readonly env?: NodeJS.ProcessEnv;
}

/** `folder` takes what each process runs first, to tell its time on the way out. @throws where one ends otherwise than well */
export function timedProcesses(
  folder: string,
): (name: string, args: readonly string[], options?: ProcessOptions) => TimedProcess {
  const preload = join(folder, "preload.cjs");
  writeFileSync(
    preload,
    'process.on("exit", () => require("fs").writeSync(3, String(process.cpuUsage().user)));',
  );
  return (name, args, { cwd, env = {} } = {}) => {
    const start = performance.now();
    const { status, stdout, stderr, output } = spawnSync(process.execPath, ["--require", preload, ...args], {
      encoding: "utf8",
      env: { ...process.env, ...env },
      cwd,
      stdio: ["ignore", "pipe", "pipe", "pipe"],
    });
    const wall = performance.now() - start;
    // 3: the expectations of the example are not met after one step.
    if (status !== 0 && status !== 3) throw new Error(`${name} ended with ${status}:\n${stderr}`);
    return { stdout, wall, user: Number(output[3]) / 1000 };
  };
}
