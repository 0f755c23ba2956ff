// `node measure-compile.js BACKEND THREADS all|step` prints the milliseconds that lie between a model and its first
// finished step, in a process that has compiled nothing yet: with all the functions that training concrete.net needs,
// or with the step of a whole batch alone. 0 threads: as many as the backend takes.

import { lower } from "@netwright/compiler";
import { compile } from "@netwright/runtime";
import { findBackend, planRun } from "netwright";
import { loadWorkload } from "../workload.ts";

const [, , name = "jit", threads = "0", functions = "all"] = process.argv;
const { model, train, prepared } = loadWorkload();
const { rows, x, y } = prepared.splits.train;
const backend = await findBackend(name);
if (!backend.ok) throw new Error(backend.problems.map(({ message }) => message).join(" "));

const times: number[] = [performance.now()];
const program =
  functions === "all"
    ? (await planRun(model, train, prepared, backend.value)).program
    : lower(model, { step: [train.batch] });
times.push(performance.now());
const executable = await compile(backend.value, program, threads === "0" ? {} : { threads: Number(threads) });
times.push(performance.now());
executable.init(train.seed);
times.push(performance.now());
const [inputs, outputs] = [x.length / rows, y.length / rows];
executable.step({
  rows: train.batch,
  feeds: { x: x.slice(0, train.batch * inputs), y: y.slice(0, train.batch * outputs) },
});
times.push(performance.now());
executable.dispose();

const [lowered, compiled, initial, step] = times.slice(1).map((time, i) => time - (times[i] ?? time));
console.log(JSON.stringify({ lower: lowered, compile: compiled, init: initial, "first step": step }));
