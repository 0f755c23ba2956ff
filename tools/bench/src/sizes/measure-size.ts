// One size in a process of its own: `node measure-size.js WIDTH BATCH SECONDS THREADS` prints the seconds of a
// training step of the jit backend, 0 threads for as many as it takes. The process ends with its memory, which
// reaches gigabytes.

import { lower } from "@netwright/compiler";
import { findBackend } from "netwright";
import { networkOf, rowsOf } from "../network.ts";

/** The fastest third of spans of this length count: shorter than what the system gives a process at a time. */
const CHUNK_SECONDS = 0.005;
/** Until the engine has replaced its first code. A step that takes longer is not repeated for it. */
const WARM_SECONDS = 0.3;

const [width = 0, batch = 0, seconds = 0, threads = 0] = process.argv.slice(2).map(Number);
const backend = await findBackend("jit");
if (!backend.ok) throw new Error(backend.problems.map(({ message }) => message).join(" "));
const program = lower(networkOf(width), { step: [batch] });
const started = performance.now();
const executable = await backend.value.compile(program, threads === 0 ? {} : { threads });
const compileSeconds = since(started);
executable.init(0);
const rows = rowsOf(batch);

const warm = performance.now();
do executable.step(rows);
while (since(warm) < WARM_SECONDS);

const chunks: number[] = [];
let steps = 0;
const measured = performance.now();
do {
  const start = performance.now();
  let count = 0;
  do {
    executable.step(rows);
    count++;
  } while (since(start) < CHUNK_SECONDS);
  chunks.push(since(start) / count);
  steps += count;
  // The event loop has to run for workers to start.
  await new Promise((resolve) => setImmediate(resolve));
} while (since(measured) < seconds);

const fastest = chunks.sort((a, b) => a - b).slice(0, Math.max(1, Math.floor(chunks.length / 3)));
const stepSeconds = fastest.reduce((sum, time) => sum + time, 0) / fastest.length;
console.log(JSON.stringify({ stepSeconds, steps, compileSeconds, threads: executable.threads ?? null }));
executable.dispose();

function since(start: number): number {
  return (performance.now() - start) / 1000;
}
