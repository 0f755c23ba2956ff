// The Io of a real process, with its streams guarded: whoever reads our output may stop reading at any time.

import { closeSync, openSync } from "node:fs";
import { devNull, homedir, tmpdir } from "node:os";
import { basename } from "node:path";
import { codeOf, reasonOf } from "../project/file-errors.ts";
import { fileOutput, isFile } from "./file-output.ts";
import type { Io, OutputStream } from "./io.ts";
import { onParentGone } from "./parent-gone.ts";
import { onStopSignal } from "./stop-signals.ts";

export interface ProcessIo {
  readonly io: Io;
  /** Waits until all output has been taken; gives why standard output could not be written, if so. */
  readonly flush: () => Promise<string | undefined>;
}

/** `script` is what this process was started with. */
export function processIo(script: string): ProcessIo {
  let failure: string | undefined;
  const parent = process.ppid;
  // `netwright ir model.net | head` ends here: the rest of the output is wanted by nobody.
  const isClosed = (error: Error) =>
    "code" in error && ["EPIPE", "EIO", "ERR_STREAM_DESTROYED"].includes(String(error.code));
  const stdout: OutputStream = isFile(1) ? fileOutput(1) : process.stdout;
  stdout.on("error", (error) => {
    if (isClosed(error)) return;
    failure ??= codeOf(error) === null ? error.message : reasonOf(error, "standard output");
  });
  process.stderr.on("error", () => {});

  const io: Io = {
    stdout,
    stderr: process.stderr,
    // Opened when it is read, which few commands do.
    get stdin() {
      return process.stdin;
    },
    env: process.env,
    now: () => performance.now(),
    onInterrupt: (handler) => {
      const leave = () => process.once("exit", leaveTerminal);
      const ends = [
        onStopSignal(process, process.platform, handler, leave),
        onParentGone(process, parent, handler),
      ];
      return () => {
        for (const end of ends) end();
      };
    },
    quit: (code) => process.exit(code),
    workers: { script, worth: 1.5 },
    folders: { home: homeFolder(), temporary: tmpdir() },
    command: commandName(process.argv[1] ?? "", process.env),
    platform: { node: process.versions.node },
  };
  const flush = async () => {
    await Promise.all([drained(stdout), drained(process.stderr)]);
    return failure;
  };
  return { io, flush };
}

/** The folder for what is temporary for a user who has none, as in containers, for whom Node throws. */
function homeFolder(): string {
  try {
    return homedir();
  } catch {
    return tmpdir();
  }
}

/** Node brings a terminal back into its first state when it ends, and aborts where that is gone; it leaves alone what has another file. */
function leaveTerminal(): void {
  for (const descriptor of [0, 1, 2]) {
    try {
      closeSync(descriptor);
      // Takes the lowest number that is free.
      openSync(devNull, "r+");
    } catch {}
  }
}

/** Installed for all, it is found by its name; in a project, npx finds it. */
function commandName(script: string, env: Io["env"]): string {
  const inProject = env["npm_command"] === "exec" || basename(script) !== "netwright";
  return inProject ? "npx netwright" : "netwright";
}

/** Resolves when what was written before has been taken or has failed. */
function drained(stream: OutputStream): Promise<void> {
  return new Promise((resolve) => {
    stream.write("", () => resolve());
  });
}
