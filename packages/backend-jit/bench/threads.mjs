// Thousand samples/s of training 8-512-512-512-1 (ReLU, MAE, Adam) by number of threads and batch size: whole calls
// of `step`, inputs copied in. After `npm run build`:
//   node packages/backend-jit/bench/threads.mjs [threads, default 1,2] [batches, default 32,128,256]

import { definitions, lower } from "@netwright/compiler";
import { analyze } from "@netwright/lang";
import { jitBackend } from "../dist/index.js";

const list = (text, usual) => (text ?? usual).split(",").map(Number);
const counts = list(process.argv[2], "1,2");
const batches = list(process.argv[3], "32,128,256");
const flow = "-> dense(512, relu) -> dense(512, relu) -> dense(512, relu) -> dense(1)";
const text = `netwright 1\nmodel {\n input(8)\n ${flow}\n}\ntrain {\n optimizer: adam(0.001)\n loss: mae\n}\n`;
const catalog = {
  layer: definitions.layer,
  definitions: {
    ...definitions.definitions,
    encoder: new Map([["zscore", { name: "zscore", doc: "", params: {} }]]),
  },
  metrics: new Set(["mae"]),
};
const host = { readFile: () => undefined, columns: () => undefined };
const { model, diagnostics } = analyze({ file: "bench.net", text }, { catalog, host });
if (model === undefined) throw new Error(diagnostics.map(({ message }) => message).join("\n"));

const numbers = (count) => Float32Array.from({ length: count }, (_, i) => Math.sin(12.9898 * (i + 1) ** 1.3));

/** Best of many short runs: the machine may be shared. */
function best(executable, rows) {
  const batch = { rows, x: numbers(8 * rows), y: numbers(rows) };
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
    const executable = await jitBackend.compile(program, { threads });
    const speed = best(executable, rows);
    alone ??= speed;
    console.log(
      `batch ${rows}, ${executable.threads} of ${threads} threads: ${speed.toFixed(1)} thousand samples/s, ${(speed / alone).toFixed(2)}x`,
    );
    executable.dispose();
  }
}
