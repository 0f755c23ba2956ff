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
  /** Ends the process where it writes a line that begins so to its standard error, which is when its time ends. */
  readonly until?: string;
}

const UNTIL = "NETWRIGHT_BENCH_UNTIL";

/** Told on the way out: the moment, by the clock that this process has too, and the time of the processor. */
const PRELOAD = `
const until = process.env.${UNTIL};
const write = process.stderr.write.bind(process.stderr);
if (until !== undefined) {
  process.stderr.write = (text, ...rest) => String(text).startsWith(until) ? process.exit(0) : write(text, ...rest);
}
process.on("exit", () => {
  const told = [performance.timeOrigin + performance.now(), process.cpuUsage().user];
  require("fs").writeSync(3, JSON.stringify(told));
});
`;

/** `folder` takes what each process runs first, to tell its time on the way out. @throws where one ends otherwise than well */
export function timedProcesses(
  folder: string,
): (name: string, args: readonly string[], options?: ProcessOptions) => TimedProcess {
  const preload = join(folder, "preload.cjs");
  writeFileSync(preload, PRELOAD);
  return (name, args, { cwd, env = {}, until } = {}) => {
    const now = () => performance.timeOrigin + performance.now();
    const start = now();
    const { status, stdout, stderr, output } = spawnSync(process.execPath, ["--require", preload, ...args], {
      encoding: "utf8",
      env: { ...process.env, ...env, ...(until === undefined ? {} : { [UNTIL]: until }) },
      cwd,
      stdio: ["ignore", "pipe", "pipe", "pipe"],
    });
    const ended = now();
    // 3: the expectations of the example are not met after one step.
    if (status !== 0 && status !== 3) throw new Error(`${name} ended with ${status}:\n${stderr}`);
    const told: unknown = JSON.parse(output[3] ?? "null");
    const [last, user] = Array.isArray(told) ? told.map(Number) : [];
    if (last === undefined || user === undefined) throw new Error(`${name} told no time`);
    return { stdout, wall: (until === undefined ? ended : last) - start, user: user / 1000 };
  };
}
