// One measurement in a process of its own: `node measure-members.js UNITS DEPTH MEMBERS FEATURES BATCH THREADS SECONDS CLOCK`
// trains an ensemble in one network, step by step, on jit, and prints the seconds of a step: the mean of the fastest third.

import { lower } from "@netwright/compiler";
import { compile } from "@netwright/runtime";
import { findBackend, nodeFiles, openProject } from "netwright";
import { fastestStep } from "../rate.ts";

const [units = 0, depth = 0, members = 0, features = 0, batch = 0, threads = 0, seconds = 0] = process.argv
  .slice(2)
  .map(Number);

const layer = `dense(${units}, use_bias: false) -> member_scale(use_bias: true) -> relu -> dropout(0.1)`;
const text = `netwright 1
model {
  input(${features})
  members(${members})
  member_scale(scale_initializer: random_sign)
  ${layer}
  repeat ${depth - 1} { member_scale -> ${layer} }
  member_dense(1)
}
train { loss: mse, optimizer: adamw(learning_rate: 2e-3, weight_decay: 3e-4) }
`;
const { model } = openProject({ file: "members.net", text }, { files: nodeFiles() });
if (model === undefined) throw new Error(`the model is broken:\n${text}`);
const backend = await findBackend("jit");
if (!backend.ok) throw new Error(backend.problems.map(({ message }) => message).join(" "));
const program = lower(model, { step: [batch], stepsPerEpoch: 10 });
const executable = await compile(backend.value, program, { threads });
executable.init(0);
const numbers = (count: number) =>
  Float32Array.from({ length: count }, (_, i) => ((Math.imul(i + 1, 2654435761) >>> 8) & 2047) / 1024 - 1);
const rows = { rows: batch, feeds: { x: numbers(batch * features), y: numbers(batch) } };
// Workers join when they are ready.
await new Promise((resolve) => setTimeout(resolve, 500));
const onProcessor = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};
const now = process.argv[9] === "cpu" ? onProcessor : () => performance.now();
const value = fastestStep(seconds, () => executable.step(rows), now);
console.log(JSON.stringify({ value, note: `${executable.threads} threads` }));
executable.dispose();
