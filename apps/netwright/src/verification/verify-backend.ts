// One backend against the reference: a step that shows everything, then some steps of training as they are,
// both from the same state.

import type { Program } from "@netwright/ir";
import { type Backend, type Batch, compile, type Executable, type NamedTensors } from "@netwright/runtime";
import type { Instrumented, Watched } from "./instrument.ts";

/** The largest differences, each relative to the largest number of its tensor. */
export interface Differences {
  readonly loss: number;
  readonly gradients: number;
  readonly weights: number;
  readonly predictions: number;
  /** The first result of the step that is further off than the tolerance. */
  readonly first: Watched | undefined;
}

/** What a backend computes. */
export interface Trial {
  /** After each of the steps that were watched. */
  readonly watched: readonly NamedTensors[];
  readonly losses: readonly number[];
  readonly state: NamedTensors;
  readonly prediction: Float32Array;
}

export interface Experiment {
  readonly program: Program;
  readonly instrumented: Instrumented;
  readonly batch: Batch;
  readonly steps: number;
}

/** What every operation gives is large; differences show soon or not at all. */
const WATCHED_STEPS = 5;

/** From the state, or from the backend's own initial state where none is given. */
export async function tryBackend(
  backend: Backend,
  { program, instrumented, batch, steps }: Experiment,
  state: NamedTensors,
): Promise<Trial> {
  const watched = await using(backend, instrumented.program, (executable) => {
    executable.writeState(state);
    return Array.from({ length: Math.min(steps, WATCHED_STEPS) }, () => {
      executable.step(batch);
      return executable.readState();
    });
  });
  return using(backend, program, (executable) => {
    executable.writeState(state);
    const losses = Array.from({ length: steps }, () => executable.step(batch).loss);
    const prediction = executable.predict(batch);
    return { watched, losses, state: executable.readState(), prediction };
  });
}

export async function using<T>(
  backend: Backend,
  program: Program,
  work: (executable: Executable) => T,
): Promise<T> {
  const executable = await compile(backend, program);
  try {
    return work(executable);
  } finally {
    executable.dispose();
  }
}

export function differencesOf(
  { program, instrumented }: Experiment,
  trial: Trial,
  reference: Trial,
  tolerance: number,
): Differences {
  const largest = (pairs: readonly (readonly [NamedTensors, NamedTensors])[], names: readonly string[]) =>
    Math.max(0, ...pairs.flatMap(([a, b]) => names.map((name) => difference(a.get(name), b.get(name)))));
  const weights = program.state.flatMap(({ name, role }) => (role === "weight" ? [name] : []));
  const steps = trial.watched.map((tensors, i) => [tensors, reference.watched[i] ?? new Map()] as const);
  const beyond = (pair: (typeof steps)[number]) =>
    instrumented.watched.find(({ variable }) => !(largest([pair], [variable]) <= tolerance));
  const first = steps.map(beyond).find((watched) => watched !== undefined);
  return {
    loss: difference(trial.losses, reference.losses),
    gradients: largest(steps, [...instrumented.gradients.values()]),
    weights: largest([[trial.state, reference.state]], weights),
    predictions: difference(trial.prediction, reference.prediction),
    first,
  };
}

/** NaN where only one of the two is finite, or an array is missing. */
export function difference(
  actual: ArrayLike<number> | undefined,
  expected: ArrayLike<number> | undefined,
): number {
  if (actual === undefined || expected === undefined || actual.length !== expected.length) return Number.NaN;
  let [largest, scale] = [0, 0];
  for (let i = 0; i < expected.length; i++) {
    const [a, e] = [actual[i] ?? 0, expected[i] ?? 0];
    if (Object.is(a, e)) continue;
    const off = Math.abs(a - e);
    if (!Number.isFinite(off)) return Number.NaN;
    largest = Math.max(largest, off);
  }
  if (largest === 0) return 0;
  for (let i = 0; i < expected.length; i++) scale = Math.max(scale, Math.abs(expected[i] ?? 0));
  return largest / scale;
}
