// Time of one training step of a small CNN (network.mjs), whole and kernel by kernel, on one thread, with the products' GFLOP/s.
// After `npm run build`: node packages/backend-jit/bench/convolution.mjs [batch, default 64]
//
// What it shows, on one core of an EPYC of family 25 (Zen 4), 59 GFLOP/s in registers, Node 20, batch 64, for the second
// convolution, 32 channels to 64:
// - Forward 45 GFLOP/s and the gradient of its input 43, where windows are read where they lie, run by run; 23 and 34
//   where all windows of a block were packed into panels, nine times what the picture holds.
// - The gradient of its kernel 39, one picture after the other as pieces of the contracted index. It was 34 where sums
//   took each place of all pictures in turn, however long the pieces and however large the blocks (128 to 1024 steps,
//   32 KB to 8 MB): a cache line for every 16 bytes.
// - The gradient of the maxima: 1.6 ms with four channels in a vector, 6.2 ms element by element.

import { lower } from "@netwright/compiler";
import { expand, inline, optimize } from "@netwright/ir";
import { emitModule } from "../dist/emit/module.js";
import { hasLowering } from "../dist/plan/lowering/table.js";
import { planProgram } from "../dist/plan/plan.js";
import { keepsInstructionOrder } from "../dist/wasm/engine.js";
import { cnn } from "./network.mjs";
import { fill, processorTime } from "./time.mjs";

const batch = Number(process.argv[2] ?? 64);
const started = performance.now();
const plan = planProgram(optimize(expand(inline(lower(cnn(), { step: [batch] })), hasLowering)), {
  keepsOrder: keepsInstructionOrder(),
});
const planned = performance.now();
const bytes = emitModule(plan, { exportKernels: true });
const emitted = performance.now();
const memory = new WebAssembly.Memory({ initial: Math.ceil(plan.bytes / 65536) });
const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory } });
const ready = performance.now();
console.log(
  `plan ${(planned - started).toFixed(1)} ms, emit ${(emitted - planned).toFixed(1)} ms, ` +
    `compile ${(ready - emitted).toFixed(1)} ms, ${bytes.length} bytes, memory ${(plan.bytes / 1e6).toFixed(0)} MB`,
);

fill(memory);

function time(run) {
  const warm = processorTime() + 100;
  while (processorTime() < warm) run();
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 5; round++) {
    const start = processorTime();
    let count = 0;
    do {
      run();
      count++;
    } while (processorTime() - start < 20);
    best = Math.min(best, (processorTime() - start) / count);
  }
  return best;
}

const index = plan.functions.findIndex(({ func }) => func.kind === "step");
const step = time(exports[`f${index}`]);
console.log(`step ${batch}: ${step.toFixed(3)} ms, ${((1000 * batch) / step).toFixed(0)} samples/s`);
plan.functions[index].kernels.forEach(({ kernel }, k) => {
  const ms = time(exports[`f${index}_k${k}`]);
  const { batch: many = 1, rows: m, columns: n, inner: depth } = kernel;
  const product = kernel.kind === "contraction";
  const size = product
    ? `${many > 1 ? `${many}x` : ""}${m}x${n}x${depth} ops ${kernel.body.ops.length}`
    : `${kernel.body?.ops.length ?? ""} ${kernel.shape?.join("x") ?? kernel.size ?? ""}`;
  console.log(
    `${k} ${kernel.kind} ${size}`.padEnd(44),
    ms.toFixed(3).padStart(9),
    `${((100 * ms) / step).toFixed(1)}%`.padStart(6),
    product ? `${((2 * many * m * n * depth) / ms / 1e6).toFixed(1)} GFLOP/s` : "",
  );
});
