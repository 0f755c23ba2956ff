// One size in a process of its own: `node measure-size.js WIDTH BATCH SECONDS THREADS CLOCK` prints the seconds of a
// training step of the jit backend. The process ends with its memory, which reaches gigabytes. The clock `cpu` counts
// the time that the process had a processor: for one thread on a busy machine.

import { lower } from "@netwright/compiler";
import { compile } from "@netwright/runtime";
import { findBackend } from "netwright";
import { networkOf, rowsOf } from "../network.ts";

/** The fastest third of spans of this length count: shorter than what the system gives a process at a time. */
const CHUNK_SECONDS = 0.005;
/** Until the engine has replaced its first code. A step that takes longer is not repeated for it. */
const WARM_SECONDS = 0.3;

const [width = 0, batch = 0, seconds = 0, threads = 1] = process.argv.slice(2).map(Number);
const isProcessorTime = process.argv[6] === "cpu";
const backend = await findBackend("jit");
if (!backend.ok) throw new Error(backend.problems.map(({ message }) => message).join(" "));
const program = lower(networkOf(width), { step: [batch] });
const started = now();
const executable = await compile(backend.value, program, { threads });
const compileSeconds = now() - started;
executable.init(0);
const rows = rowsOf(batch);

const warm = now();
do executable.step(rows);
while (now() - warm < WARM_SECONDS);

const chunks: number[] = [];
let steps = 0;
const end = now() + seconds;
do {
  const start = now();
  let count = 0;
  do {
    executable.step(rows);
    count++;
  } while (now() - start < CHUNK_SECONDS);
  chunks.push((now() - start) / count);
  steps += count;
  // The event loop has to run for workers to start.
  await new Promise((resolve) => setImmediate(resolve));
} while (now() < end);

const fastest = chunks.sort((a, b) => a - b).slice(0, Math.max(1, Math.floor(chunks.length / 3)));
const stepSeconds = fastest.reduce((sum, time) => sum + time, 0) / fastest.length;
console.log(JSON.stringify({ stepSeconds, steps, compileSeconds, threads: executable.threads ?? null }));
executable.dispose();

function now(): number {
  if (!isProcessorTime) return performance.now() / 1000;
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}
