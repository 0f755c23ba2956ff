// Cases of whole programs that the kit is given, such as those of a catalog's examples: a few steps of training, then
// what the network predicts, on the backend and on the reference.

import type { Backend, Executable } from "@netwright/runtime";
import type { Case, ConformanceOptions } from "../kit/case.ts";
import { closenessFor } from "../kit/closeness.ts";
import { requireClose } from "../kit/compare.ts";
import type { TrainedProgram } from "../kit/trained-program.ts";
import { requireSameState, vector, withReference } from "../training/session.ts";

const STEPS = 4;
const SEED = 5;

export function givenPrograms(options: ConformanceOptions): Case[] {
  return (options.programs ?? []).map((given) => ({
    name: `program/${given.name}`,
    run: async (backend) => {
      await withReference(backend, given.name, given.program, async (executable, reference) => {
        await trains(backend, given, options, executable, reference);
        await predicts(backend, given, options, executable, reference);
      });
    },
  }));
}

/** What each half of a program's case says against the backend; null where it passes. */
export interface ProgramOutcome {
  readonly train: string | null;
  readonly infer: string | null;
}

/** Both halves, though the first may fail. Never throws for what a backend does wrong. */
export async function tryProgram(
  backend: Backend,
  given: TrainedProgram,
  options: ConformanceOptions = {},
): Promise<ProgramOutcome> {
  try {
    return await withReference(backend, given.name, given.program, async (executable, reference) => ({
      train: await problemOf(trains(backend, given, options, executable, reference)),
      infer: await problemOf(predicts(backend, given, options, executable, reference)),
    }));
  } catch (error) {
    const message = messageOf(error);
    return { train: message, infer: message };
  }
}

async function problemOf(half: Promise<void>): Promise<string | null> {
  return half.then(
    () => null,
    (error: unknown) => messageOf(error),
  );
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** A few steps: their losses, and the state behind them. */
async function trains(
  backend: Backend,
  { name: label, program, batch }: TrainedProgram,
  options: ConformanceOptions,
  executable: Executable,
  reference: Executable,
): Promise<void> {
  const closeness = await closenessFor(backend, "training", options);
  const [found, wanted] = [executable, reference].map((each) => {
    each.init(SEED);
    return Float32Array.from({ length: STEPS }, () => each.step(batch).loss);
  });
  const comparison = { label, closeness };
  requireClose("loss by step", found ?? [], vector(wanted ?? new Float32Array()), comparison);
  requireSameState(program, executable.readState(), reference.readState(), comparison);
}

/** Predictions and evaluations from the state that the reference has come to. */
async function predicts(
  backend: Backend,
  { name, batch }: TrainedProgram,
  options: ConformanceOptions,
  executable: Executable,
  reference: Executable,
): Promise<void> {
  const closeness = await closenessFor(backend, "composed", options);
  const after = { label: `${name} after training`, closeness };
  executable.writeState(reference.readState());
  requireClose("predict", executable.predict(batch), vector(reference.predict(batch)), after);
  const [ours, theirs] = [executable.evaluate(batch), reference.evaluate(batch)];
  requireClose("evaluate loss", [ours.loss], vector(Float32Array.of(theirs.loss)), after);
  requireClose("evaluate prediction", ours.prediction, vector(theirs.prediction), after);
}
