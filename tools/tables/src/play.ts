// One command, run in this process as a user would type it.

import { homedir, tmpdir } from "node:os";
import { Writable } from "node:stream";
import { type ExitCode, type Io, run } from "@netwright/cli";

export interface Played {
  readonly code: ExitCode;
  readonly stdout: string;
  readonly stderr: string;
}

export async function play(argv: readonly string[]): Promise<Played> {
  const stdout = recorder();
  const stderr = recorder();
  const io: Io = {
    stdout: stdout.stream,
    stderr: stderr.stream,
    stdin: nothing(),
    env: {},
    now: () => performance.now(),
    onInterrupt: () => () => {},
    quit: (code) => process.exit(code),
    command: "netwright",
    folders: { home: homedir(), temporary: tmpdir() },
    platform: { node: process.versions.node },
  };
  const code = await run(argv, io);
  return { code, stdout: stdout.text(), stderr: stderr.text() };
}

/** What a command says in the last line with `--format json`. */
export function lastJson({ stdout, stderr }: Played): Readonly<Record<string, unknown>> {
  const line = stdout.trimEnd().split("\n").at(-1) ?? "";
  const parsed: unknown = line === "" ? undefined : JSON.parse(line);
  if (!isRecord(parsed)) throw new Error(`no JSON object:\n${stdout}${stderr}`);
  return parsed;
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

function recorder() {
  const parts: string[] = [];
  const stream = new Writable({
    decodeStrings: false,
    write: (chunk, _, next) => {
      parts.push(String(chunk));
      next();
    },
  });
  return { stream, text: () => parts.join("") };
}
