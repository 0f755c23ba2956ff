// Time of one training step of 8-512-512-512-1 (ReLU, MAE, Adam), whole and kernel by kernel, with the products'
// GFLOP/s. After `npm run build`: node packages/backend-jit/bench/step.mjs [batch, default 128]
//
// On one core of an EPYC of family 25 (51.8 GFLOP/s in registers), thousand samples/s at batch 32, 128, 256:
// Node 20: 10.3, 12.2, 12.3; Node 24: 10.4, 12.8, 13.0. Five sixths and more are the six products of 512 x 512. Adam
// behind a weight gradient costs 0.23 ms for 262,144 weights: its divisions and square roots, and 6 MB of memory.

import { lower } from "@netwright/compiler";
import { inline, optimize } from "@netwright/ir";
import { emitModule } from "../dist/emit/module.js";
import { planProgram } from "../dist/plan/plan.js";
import { keepsInstructionOrder } from "../dist/wasm/engine.js";
import { model } from "./network.mjs";
import { fill, time } from "./time.mjs";

const batch = Number(process.argv[2] ?? 128);

const started = performance.now();
const program = lower(model, { step: [batch], predict: [1] });
const plan = planProgram(optimize(inline(program)), { keepsOrder: keepsInstructionOrder() });
const planned = performance.now();
const bytes = emitModule(plan, { exportKernels: true });
const emitted = performance.now();
const memory = new WebAssembly.Memory({ initial: Math.ceil(plan.bytes / 65536) });
const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory } });
const ready = performance.now();
console.log(
  `plan ${(planned - started).toFixed(1)} ms, emit ${(emitted - planned).toFixed(1)} ms, ` +
    `compile ${(ready - emitted).toFixed(1)} ms, ${bytes.length} bytes`,
);

fill(memory);

const index = plan.functions.findIndex(({ func }) => func.kind === "step");
const step = time(exports[`f${index}`]);
console.log(`step ${batch}: ${step.toFixed(3)} ms, ${(batch / step).toFixed(1)} thousand samples/s`);
const rows = plan.functions[index].kernels.map(({ kernel }, k) => {
  const ms = time(exports[`f${index}_k${k}`]);
  const { batch: many = 1, rows: m, columns: n, inner: depth } = kernel;
  const product = kernel.kind === "contraction";
  return {
    ms,
    label: `${k} ${kernel.kind} ${product ? `${m}x${n}x${depth} ops ${kernel.body.ops.length}` : (kernel.body?.ops.length ?? "")}`,
    note: product ? `${((2 * many * m * n * depth) / ms / 1e6).toFixed(1)} GFLOP/s` : "",
  };
});
for (const { label, ms, note } of rows) {
  console.log(label.padEnd(40), ms.toFixed(4), `${((100 * ms) / step).toFixed(1)}%`.padStart(6), note);
}
