// Runs the command in this process, on streams that keep what is written.

import { Writable } from "node:stream";
import { type ExitCode, type Io, type OutputStream, run } from "@netwright/cli";
import { temporaryFolder } from "./project.ts";

export interface Scene {
  readonly stdin?: string | AsyncIterable<Uint8Array>;
  /** Width of the terminal; without it, nothing is a terminal. */
  readonly columns?: number;
  readonly env?: Readonly<Record<string, string>>;
  readonly folders?: Io["folders"];
  readonly workers?: Io["workers"];
  /** Ctrl-C, once, as soon as this is so. */
  readonly pressWhen?: () => boolean;
  /** Ctrl-C as soon as standard error has this text; once for each number, so many milliseconds later. */
  readonly interrupt?: { readonly at: RegExp; readonly after: readonly number[] };
}

export interface Played {
  readonly code: ExitCode;
  readonly stdout: string;
  readonly stderr: string;
  /** The code of a process that was ended at once. */
  readonly quit: readonly number[];
  /** How many still wait for an interrupt. */
  readonly listening: number;
}

export async function cli(argv: readonly string[], scene: Scene = {}): Promise<Played> {
  const { columns, env = {}, interrupt, stdin = "" } = scene;
  const handlers = new Set<() => void>();
  const quit: number[] = [];
  let later = 0;
  let pressed = false;
  const press = (text: string) => {
    if (pressed || interrupt === undefined || !interrupt.at.test(text)) return;
    pressed = true;
    for (const ms of interrupt.after) {
      later += ms;
      for (const handler of handlers) handler();
    }
  };
  const stdout = recorder(columns, () => {});
  const stderr = recorder(columns, press);
  const io: Io = {
    stdout: stdout.stream,
    stderr: stderr.stream,
    stdin: typeof stdin === "string" ? chunks(stdin) : stdin,
    env,
    now: () => performance.now() + later,
    onInterrupt: (handler) => {
      handlers.add(handler);
      return () => handlers.delete(handler);
    },
    quit: (code) => quit.push(code),
    command: "netwright",
    folders: scene.folders ?? { home: temporaryFolder(), temporary: temporaryFolder() },
    platform: {},
    ...(scene.workers === undefined ? {} : { workers: scene.workers }),
  };
  const watch = setInterval(() => {
    if (pressed || scene.pressWhen?.() !== true) return;
    pressed = true;
    for (const handler of handlers) handler();
  }, 0);
  const code = await run(argv, io);
  clearInterval(watch);
  return { code, stdout: stdout.text(), stderr: stderr.text(), quit, listening: handlers.size };
}

/** The last line of standard output. */
export function lastLine({ stdout }: Played): unknown {
  return JSON.parse(stdout.trimEnd().split("\n").at(-1) ?? "");
}

/** As bytes cut in the middle of whatever is there. */
async function* chunks(text: string): AsyncGenerator<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  for (let i = 0; i < bytes.length; i += 7) yield bytes.subarray(i, i + 7);
}

function recorder(columns: number | undefined, onText: (text: string) => void) {
  let written = "";
  const writable = new Writable({
    decodeStrings: false,
    write: (chunk, _, next) => {
      written += String(chunk);
      onText(written);
      next();
    },
  });
  const terminal = columns === undefined ? {} : { isTTY: true, columns };
  const stream: OutputStream = Object.assign(writable, terminal);
  return { stream, text: () => written };
}
