// Thousand samples/s of training 8-512-512-512-1 (ReLU, MAE, Adam) by number of threads and batch size: whole calls
// of `step`, inputs copied in. After `npm run build`:
//   node packages/backend-jit/bench/threads.mjs [threads, default 1,2] [batches, default 32,128,256]

import { lower } from "@netwright/compiler";
import { compile } from "@netwright/runtime";
import { jitBackend } from "../dist/index.js";
import { model } from "./network.mjs";

const list = (text, usual) => (text ?? usual).split(",").map(Number);
const counts = list(process.argv[2], "1,2");
const batches = list(process.argv[3], "32,128,256");

const numbers = (count) => Float32Array.from({ length: count }, (_, i) => Math.sin(12.9898 * (i + 1) ** 1.3));

/** Best of many short runs: the machine may be shared. */
function best(executable, rows) {
  const batch = { rows, feeds: { x: numbers(8 * rows), y: numbers(rows) } };
  executable.init(0);
  const warm = performance.now() + 700;
  while (performance.now() < warm) executable.step(batch);
  let fastest = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 60; round++) {
    const start = performance.now();
    let count = 0;
    while (performance.now() - start < 25) {
      executable.step(batch);
      count++;
    }
    fastest = Math.min(fastest, (performance.now() - start) / count);
  }
  return rows / fastest;
}

for (const rows of batches) {
  const program = lower(model, { step: [rows] });
  let alone;
  for (const threads of counts) {
    const executable = await compile(jitBackend, program, { threads });
    const speed = best(executable, rows);
    alone ??= speed;
    console.log(
      `batch ${rows}, ${executable.threads} of ${threads} threads: ${speed.toFixed(1)} thousand samples/s, ${(speed / alone).toFixed(2)}x`,
    );
    executable.dispose();
  }
}
