// How long each kernel of a training step takes, on the data and the state of a real training. Steps that are timed
// kernel by kernel take turns with whole ones; both compute the same bits, so training simply goes on.

import type { Program } from "@netwright/ir";
import { executableOf, type Profile, type ProfileInput } from "@netwright/runtime";
import { BACKEND_NAME, jitError } from "../error.ts";
import { instantiate } from "../instance.ts";
import { createMachine } from "../machine.ts";
import type { ProgramPlan } from "../plan/plan.ts";
import type { NoThreads, WorkerHost } from "../threads/worker-host.ts";
import { planByKernel } from "./by-kernel.ts";
import { now, pause } from "./clock.ts";
import { explainFunction } from "./explain-plan.ts";
import { measurePeak } from "./peak.ts";

/** Seconds until the optimizing compiler has replaced the first code of every kernel. */
const WARM = 0.6;
/** Seconds that workers may need to join. */
const JOIN = 5;
/** Pairs of steps, however long they take, and at most. */
const LEAST = 3;
const MOST = 2000;

/** @throws BackendError as `instantiate`, and when the program has no step for the batches */
export async function profilePlan(
  program: Program,
  plan: ProgramPlan,
  { state, batches, seconds = 1 }: ProfileInput,
  host?: WorkerHost | NoThreads,
): Promise<Profile> {
  const rows = batches[0]?.rows ?? 0;
  const index = plan.functions.findIndex(({ func }) => func.kind === "step" && func.batch === rows);
  const func = plan.functions[index];
  if (func === undefined || batches.some((batch) => batch.rows !== rows)) {
    throw jitError(
      `program ${program.name} has no step function for all ${batches.length} batches`,
      "Profile on batches of one size for which the program was lowered.",
    );
  }
  const peak = await measurePeak();
  const alone = planByKernel(plan, func);
  const instance = await instantiate(alone.plan, host);
  const nothing = (): void => undefined;
  const runs = alone.kernels.map((i) => instance.functions[i] ?? nothing);
  const copy = alone.copies === undefined ? nothing : (instance.functions[alone.copies] ?? nothing);
  const whole = instance.functions[index] ?? nothing;
  const times = runs.map((): number[] => []);
  const steps: number[] = [];
  const timeWhole = (): void => {
    const start = now();
    whole();
    steps.push(now() - start);
  };
  const timeKernels = (): void => {
    let before = now();
    runs.forEach((run, i) => {
      run();
      const after = now();
      times[i]?.push(after - before);
      before = after;
    });
    copy();
  };
  let inPieces = false;
  const step = (): void => (inPieces ? timeKernels() : timeWhole());
  const functions = instance.functions.map((run, i) => (i === index ? step : run));
  const machine = createMachine(plan, { ...instance, functions });
  const executable = executableOf(BACKEND_NAME, program, machine);
  try {
    executable.writeState(state);
    const forSeconds = (duration: number): void => {
      const end = now() + 1000 * duration;
      for (let pair = 0; pair < MOST && (pair < LEAST || now() < end); pair++) {
        const batch = batches[pair % batches.length];
        if (batch === undefined) return;
        for (const pieces of [false, true]) {
          inPieces = pieces;
          executable.step(batch);
        }
      }
    };
    const patience = now() + 1000 * JOIN;
    do {
      forSeconds(0);
      // Workers of a page start only when its thread is free.
      await pause(1);
    } while ((executable.threads ?? 1) < plan.threads && now() < patience);
    forSeconds(WARM);
    for (const list of [...times, steps]) list.length = 0;
    forSeconds(seconds);
    const explained = explainFunction(plan, func);
    return {
      backend: BACKEND_NAME,
      threads: executable.threads ?? 1,
      function: explained,
      kernels: explained.kernels.map((kernel, i) => ({
        kernel,
        seconds: undisturbed(times[i] ?? []) / 1000,
      })),
      steps: steps.length,
      seconds: undisturbed(steps) / 1000,
      peak,
    };
  } finally {
    executable.dispose();
  }
}

/** The tenth percentile: other work on the machine only slows down, and long steps more often than short kernels. */
function undisturbed(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.floor(sorted.length / 10)] ?? 0;
}
