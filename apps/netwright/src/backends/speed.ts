// How fast a backend is here: training and prediction of a fixed network, for about a second each.

import { lower } from "@netwright/compiler";
import type { Program } from "@netwright/ir";
import { type Backend, compile, type Executable } from "@netwright/runtime";
import { findBackend, memoryFiles, openProject } from "netwright";

export interface Speed {
  /** Rows a second. */
  readonly training: number;
  /** Seconds for one row. */
  readonly prediction: number;
}

/** For messages: what is measured. */
export const MEASURED = "8 inputs, three layers of 512, batch 128, and prediction of one row";

const TEXT = "netwright 1\nmodel {\n  input(8)\n  repeat 3 { dense(512, relu) }\n  dense(1)\n}\n";
const BATCH = 128;
const SECONDS = 1;

export async function measureSpeed(name: string): Promise<Speed | undefined> {
  const backend = await findBackend(name);
  return backend.ok ? speedOf(backend.value) : undefined;
}

export async function speedOf(backend: Backend): Promise<Speed> {
  const { model } = openProject(
    { file: "doctor.net", text: `${TEXT}train { loss: mae }\n` },
    { files: memoryFiles(new Map()) },
  );
  if (model === undefined) throw new Error("the network of the measurement is not sound");
  const { trained, step } = await using(backend, lower(model, { step: [BATCH] }), (training) => {
    training.init(0);
    return { trained: training.readState(), step: secondsOf(stepper(training)) };
  });
  // A program of its own, as that of a model that is loaded: a backend may run one that trains in another way.
  const prediction = await using(backend, lower(model, { predict: [1] }), (predicting) => {
    const read = predicting.readState();
    predicting.writeState(new Map([...trained].filter(([variable]) => read.has(variable))));
    return secondsOf(predictor(predicting));
  });
  return { training: BATCH / step, prediction };
}

/** Whatever fails in `work`, the executable goes. */
async function using<T>(backend: Backend, program: Program, work: (executable: Executable) => T): Promise<T> {
  const executable = await compile(backend, program);
  try {
    return work(executable);
  } finally {
    executable.dispose();
  }
}

function stepper(executable: Executable): () => void {
  const batch = { rows: BATCH, feeds: { x: numbers(BATCH * 8), y: numbers(BATCH) } };
  return () => executable.step(batch);
}

function predictor(executable: Executable): () => void {
  const row = { rows: 1, feeds: { x: numbers(8) } };
  return () => executable.predict(row);
}

/** Between -1 and 1, without any pattern that a batch could repeat. */
function numbers(count: number): Float32Array {
  return Float32Array.from({ length: count }, (_, i) => ((i * 7919) % 1013) / 506.5 - 1);
}

/** The fastest quarter of the calls that fit into the time; the first warms up, and counts where it takes all of it. */
function secondsOf(work: () => void): number {
  const timed = (): number => {
    const start = performance.now();
    work();
    return (performance.now() - start) / 1000;
  };
  const first = timed();
  if (first >= SECONDS) return first;
  const times: number[] = [];
  const end = performance.now() + SECONDS * 1000;
  do times.push(timed());
  while (performance.now() < end);
  times.sort((a, b) => a - b);
  const fastest = times.slice(0, Math.max(1, times.length >> 2));
  return fastest.reduce((sum, time) => sum + time, 0) / fastest.length;
}
