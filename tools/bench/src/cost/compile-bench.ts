// `npm run bench -- compile`: what training concrete.net costs besides its steps: compiling in a fresh process, the
// memory over many steps, and the whole command for its 100 epochs.

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Output, print } from "../output.ts";
import { median } from "../rate.ts";
import { lastLine, runScript } from "../run-script.ts";
import type { DrawTable } from "../table.ts";

export interface CompileOptions {
  readonly backend: string;
  /** 0: as many as the backend takes. */
  readonly threads: number;
  readonly rounds: number;
  readonly steps: number;
  readonly epochs: number;
  readonly output: Output;
}

interface Span {
  readonly name: string;
  /** Milliseconds of each round, each in a fresh process. */
  readonly times: readonly number[];
}

interface Memory {
  readonly marks: readonly { readonly steps: number; readonly bytes: number }[];
  readonly most: number;
}

interface Command {
  readonly seconds: number;
  readonly most: number;
}

/** For `measure-compile.ts`, and what the table calls them. */
const FUNCTIONS = [
  ["all", "all that training needs"],
  ["step", "one step alone"],
] as const;

const at = (path: string) => fileURLToPath(new URL(`../../../../${path}`, import.meta.url));
/** Told on the way out by the process itself, as its parent cannot ask. */
const TELL_MOST =
  "data:text/javascript,process.on('exit',()=>console.error('most',process.resourceUsage().maxRSS*1024))";

export async function compileBench(options: CompileOptions): Promise<void> {
  await print("compile", options.output, async () => {
    const spans = compileTimes(options);
    const memory = memoryOf(options);
    const command = commandOf(options);
    return {
      text: (draw) => textOf(options, spans, memory, command, draw),
      json: { spans, memory, command },
    };
  });
}

function compileTimes({ backend, threads, rounds }: CompileOptions): readonly Span[] {
  const times = new Map<string, number[]>();
  for (let round = 1; round <= rounds; round++) {
    console.error(`round ${round}/${rounds}: compile`);
    for (const [functions, title] of FUNCTIONS) {
      const found = lastLine(runScript("./cost/measure-compile.js", [backend, String(threads), functions]));
      if (typeof found !== "object" || found === null) throw new Error("measure-compile printed no times");
      for (const [part, time] of Object.entries(found)) {
        const name = `${title}: ${part}`;
        times.set(name, [...(times.get(name) ?? []), Number(time)]);
      }
    }
  }
  return [...times].map(([name, each]) => ({ name, times: each }));
}

function memoryOf({ backend, threads, steps }: CompileOptions): Memory {
  console.error(`${steps} steps of training`);
  const found = lastLine(runScript("./cost/measure-memory.js", [backend, threads, steps].map(String)));
  if (typeof found === "object" && found !== null && "marks" in found && "most" in found) {
    // Its own script printed it, as typed there.
    return found as Memory;
  }
  throw new Error("measure-memory printed no marks");
}

function commandOf({ backend, threads, epochs }: CompileOptions): Command {
  const folder = mkdtempSync(join(tmpdir(), "netwright-bench-"));
  try {
    console.error(`netwright train, ${epochs} epochs`);
    const args = ["train", at("examples/concrete/concrete.net"), "--backend", backend, "--quiet"];
    if (threads > 0) args.push("--threads", String(threads));
    args.push("--epochs", String(epochs), "--out", folder);
    const start = performance.now();
    const { status, stderr } = spawnSync(
      process.execPath,
      ["--import", TELL_MOST, at("apps/netwright/dist/main.js"), ...args],
      { encoding: "utf8" },
    );
    const seconds = (performance.now() - start) / 1000;
    // 3: expectations that are not met, as with few epochs.
    if (status !== 0 && status !== 3) throw new Error(`netwright train ended with ${status}:\n${stderr}`);
    return { seconds, most: Number(/^most (\d+)$/m.exec(stderr)?.[1] ?? Number.NaN) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function textOf(
  { backend, rounds, epochs }: CompileOptions,
  spans: readonly Span[],
  { marks, most }: Memory,
  command: Command,
  draw: DrawTable,
): string {
  const times = draw(
    [`ms, ${rounds} fresh processes`, "best", "median"],
    spans.map(({ name, times: each }) => [name, Math.min(...each).toFixed(1), median(each).toFixed(1)]),
  );
  const sizes = draw(
    ["after steps", "resident MB"],
    [...marks.map(({ steps, bytes }) => [String(steps), megabytes(bytes)]), ["at most", megabytes(most)]],
  );
  const whole = `netwright train concrete.net --epochs ${epochs} in all: ${command.seconds.toFixed(2)} s, at most ${megabytes(command.most)} MB resident`;
  return `${backend}, 8-512-512-512-1, batch 128\n${times}\n${sizes}\n${whole}`;
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(0);
}
