// Time of a training step of a recurrent layer and of attention, on one thread, kernel by kernel, those in loops too: for
// these microseconds of one step of the loop, in which all of what it reads is in the near caches. After `npm run build`:
//   node packages/backend-jit/bench/sequences.mjs [lstm or attention] [batch] [least share that is shown, default 0.5%]
//
// Node 20, an EPYC of family 25 (58.9 GFLOP/s in registers), the LSTM with 64 rows: 14.0 ms. The products take 8.4 of
// them, those of a step at 44 to 46 GFLOP/s; gates and activations 2.6, at 1.9 ns a logistic and 2.3 a tanh; copies of elements and gates 1.5.

import { lower } from "@netwright/compiler";
import { expand, optimize } from "@netwright/ir";
import { emitModule } from "../dist/emit/module.js";
import { ruleOf } from "../dist/kernels/table.js";
import { hasLowering } from "../dist/plan/lowering/table.js";
import { planProgram } from "../dist/plan/plan.js";
import { keepsInstructionOrder } from "../dist/wasm/engine.js";
import { attention, lstm } from "./network.mjs";
import { fill, processorTime, time } from "./time.mjs";

const networks = new Map(Object.entries({ lstm, attention }));
const name = process.argv[2] ?? "lstm";
const network = networks.get(name);
if (network === undefined) throw new Error(`there is no ${name}: ${[...networks.keys()].join(", ")}`);
const batch = Number(process.argv[3] ?? (name === "lstm" ? 64 : 32));
const least = Number(process.argv[4] ?? 0.5);

const program = lower(network(), { step: [batch] });
const plan = planProgram(optimize(expand(program, hasLowering)), { keepsOrder: keepsInstructionOrder() });
const memory = new WebAssembly.Memory({ initial: Math.ceil(plan.bytes / 65536) });
const module = new WebAssembly.Module(emitModule(plan, { exportKernels: true }));
const { exports } = new WebAssembly.Instance(module, { env: { memory } });

fill(memory);

const index = plan.functions.findIndex(({ func }) => func.kind === "step");
const { kernels, purposes } = plan.functions[index];
const step = time(exports[`f${index}`], processorTime);
console.log(`step ${batch}: ${step.toFixed(3)} ms, ${(batch / step).toFixed(1)} thousand samples/s`);
const show = (kernel, id, times, depth) => {
  const ms = times * time(exports[id], processorTime);
  const { batch: many = 1, rows, columns, inner } = kernel;
  const isProduct = kernel.kind === "contraction";
  const shape = ruleOf(kernel).shape(kernel).join("x");
  const ops = [
    ...new Set(
      ruleOf(kernel)
        .ops(kernel, purposes)
        .map((op) => op.name),
    ),
  ].join(" ");
  const share = (100 * ms) / step;
  if (share >= least) {
    console.log(
      `${"  ".repeat(depth)}${id.slice(3)} ${kernel.kind} ${shape}`.padEnd(40),
      ms.toFixed(3).padStart(7),
      `${share.toFixed(1)}%`.padStart(6),
      times > 1 ? `${((1000 * ms) / times).toFixed(1)} us`.padStart(9) : "",
      isProduct ? `${((2 * times * many * rows * columns * inner) / ms / 1e6).toFixed(1)} GFLOP/s` : "",
      ops.slice(0, 60),
    );
  }
  const parts = kernel.kind === "loop" ? [...kernel.before, ...kernel.body] : [];
  for (const [i, part] of parts.entries()) {
    show(part, `${id}_${i}`, i < kernel.before.length ? 1 : kernel.length, depth + 1);
  }
};
for (const [k, { kernel }] of kernels.entries()) show(kernel, `f${index}_k${k}`, 1, 0);
