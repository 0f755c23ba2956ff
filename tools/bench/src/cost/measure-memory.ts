// `node measure-memory.js BACKEND THREADS STEPS` trains concrete.net for at least so many steps and prints the
// resident size on the way, in bytes. 0 threads: as many as the backend takes.

import { compile, train } from "@netwright/runtime";
import { findBackend, measureOf, planRun } from "netwright";
import { loadWorkload } from "../workload.ts";

const [, , name = "jit", threads = "0", steps = "10000"] = process.argv;
const MARKS = [100, 1000, 2000, 5000, 10_000, 20_000, 40_000, 50_000, 100_000];
const { model, train: settings, prepared } = loadWorkload();
const { batch } = settings;
const { rows } = prepared.splits.train;
const backend = await findBackend(name);
if (!backend.ok) throw new Error(backend.problems.map(({ message }) => message).join(" "));

const { program, evaluateBatch, stop } = await planRun(model, settings, prepared, backend.value);
const executable = await compile(backend.value, program, threads === "0" ? {} : { threads: Number(threads) });
const stepsInEpoch = Math.ceil(rows / batch);
const marks = MARKS.filter((mark) => mark <= Number(steps));
const found: { readonly steps: number; readonly bytes: number }[] = [];
await train({
  executable,
  variables: program.state,
  splits: prepared.splits,
  measure: measureOf(model, prepared.encoders),
  batch,
  evaluateBatch,
  epochs: Math.ceil(Number(steps) / stepsInEpoch),
  seed: settings.seed,
  stop,
  callbacks: {
    onEpoch: ({ epoch }) => {
      const done = epoch * stepsInEpoch;
      while (done >= (marks[0] ?? Number.POSITIVE_INFINITY)) {
        marks.shift();
        found.push({ steps: done, bytes: process.memoryUsage.rss() });
      }
    },
  },
});
console.log(JSON.stringify({ marks: found, most: process.resourceUsage().maxRSS * 1024 }));
executable.dispose();
