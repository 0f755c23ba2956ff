// Runs a program to its end, with the end of its output for messages.

import { spawn } from "node:child_process";

export interface CommandOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Milliseconds after which the program is stopped, counted anew whenever `alive` says true or it writes. */
  readonly idleLimit?: number;
  readonly alive?: () => boolean;
}

export interface CommandResult {
  readonly ok: boolean;
  readonly output: string;
  /** In one line, why it failed. */
  readonly reason: string;
}

const KEPT = 20_000;
const POLL = 1000;

/** Never rejects: a program that does not exist is a failure like any other. */
export function runCommand(
  command: string,
  args: readonly string[],
  { cwd, env = process.env, idleLimit, alive = () => false }: CommandOptions = {},
): Promise<CommandResult> {
  return new Promise((resolve) => {
    // npm is a script on Windows, which only a shell starts.
    const shell = process.platform === "win32" && command === "npm";
    const child = started(() => spawn(command, args, { cwd, env, shell, stdio: ["ignore", "pipe", "pipe"] }));
    if (typeof child === "string") return resolve({ ok: false, output: "", reason: child });
    let output = "";
    let idle = 0;
    let isStopped = false;
    const take = (chunk: Buffer): void => {
      output = (output + chunk.toString()).slice(-KEPT);
      idle = 0;
    };
    child.stdout.on("data", take);
    child.stderr.on("data", take);
    const watch = setInterval(() => {
      idle = alive() ? 0 : idle + POLL;
      if (idleLimit === undefined || idle < idleLimit) return;
      isStopped = true;
      child.kill("SIGKILL");
    }, POLL);
    const finish = (ok: boolean, reason: string): void => {
      clearInterval(watch);
      resolve({ ok, output, reason });
    };
    child.on("error", (error) => finish(false, error.message));
    child.on("close", (code) => {
      if (isStopped) finish(false, `nothing happened for ${(idleLimit ?? 0) / 1000} seconds`);
      else finish(code === 0, code === 0 ? "" : lastError(output, code));
    });
  });
}

/** Some reasons, as a `cwd` that is no folder, are thrown at once. */
function started<T>(start: () => T): T | string {
  try {
    return start();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** The line that says most: the last with the word error, or else the last. */
function lastError(output: string, code: number | null): string {
  const lines = output.split("\n").flatMap((line) => (line.trim() === "" ? [] : [line.trim()]));
  const told = lines.findLast((line) => /\b(error|ENOTFOUND|ECONNREFUSED)\b/i.test(line)) ?? lines.at(-1);
  return told ?? `it ended with code ${String(code)}`;
}
