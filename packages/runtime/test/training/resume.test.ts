// An interrupted training goes on to the same bits, wherever it was interrupted, also by way of a file.

import { describe, expect, test } from "@jest/globals";
import {
  type Checkpoint,
  comparableHistory,
  readCheckpoint,
  type TrainingCallbacks,
  type TrainingPlan,
  type TrainingResult,
  train,
  writeCheckpoint,
} from "@netwright/runtime";
import { smallPlan } from "../fixtures/small-plan.ts";

const options = {
  epochs: 30,
  stop: { patience: 4, minDelta: 0 },
  network: { learningRate: 0.5, hidden: 6, scale: 1 },
} as const;

/** Interrupts where `when` says, and gives the checkpoint after a trip through its file. */
async function interruptAt(
  when: (abort: () => void) => TrainingCallbacks,
  resume?: Checkpoint,
): Promise<{ result: TrainingResult; checkpoint: Checkpoint }> {
  const controller = new AbortController();
  const callbacks = when(() => controller.abort());
  const plan = await smallPlan({
    ...options,
    callbacks,
    signal: controller.signal,
    ...(resume && { resume }),
  });
  const result = await train(plan);
  if (result.status !== "interrupted") throw new Error(`ended as ${result.status}`);
  const bytes = writeCheckpoint({ run: "abc", checkpoint: result.checkpoint }, plan.variables);
  const saved = readCheckpoint(bytes, "checkpoint.safetensors");
  if (!saved.ok) throw new Error(saved.problems[0]?.message);
  expect(saved.value).toEqual({ run: "abc", checkpoint: result.checkpoint });
  return { result, checkpoint: saved.value.checkpoint };
}

const atStep = (epoch: number, step: number) => (abort: () => void) => ({
  onStep: (event: { epoch: number; step: number }) => {
    if (event.epoch === epoch && event.step === step) abort();
  },
});
const afterEpoch = (epoch: number) => (abort: () => void) => ({
  onEpoch: (event: { epoch: number }) => {
    if (event.epoch === epoch) abort();
  },
});

function expectSame(actual: TrainingResult, expected: TrainingResult): void {
  expect(actual.status).toBe(expected.status);
  expect(actual.weights).toEqual(expected.weights);
  expect(actual.best).toEqual(expected.best);
  expect(comparableHistory(actual.history)).toEqual(comparableHistory(expected.history));
  expect(actual.evaluations).toEqual(expected.evaluations);
}

async function resume(checkpoint: Checkpoint, more: Partial<TrainingPlan> = {}): Promise<TrainingResult> {
  return train(await smallPlan({ ...options, resume: checkpoint, ...more }));
}

describe("resume", () => {
  test("gives the same bits from every kind of place", async () => {
    const whole = await train(await smallPlan(options));
    const best = whole.best?.epoch ?? 0;
    // The training must hold every kind of place: epochs before, at and after the best one.
    expect(whole.status).toBe("stopped_early");
    expect(best).toBeGreaterThan(2);
    const places = {
      "after the first step": atStep(1, 1),
      "in the middle of an epoch": atStep(2, 3),
      "between the last step and validation": atStep(2, 5),
      "at an epoch's end": afterEpoch(2),
      "at the end of the best epoch": afterEpoch(best),
      "in the epoch after the best": atStep(best + 1, 2),
      "when one more epoch without improvement is allowed": afterEpoch(best + 3),
      "in the last epoch": atStep(best + 4, 4),
    };
    const reached: string[] = [];
    for (const place of Object.values(places)) {
      const { checkpoint } = await interruptAt(place);
      reached.push(`${checkpoint.epoch}.${checkpoint.step}`);
      expectSame(await resume(checkpoint), whole);
    }
    expect(reached).toEqual([
      "1.1",
      "2.3",
      "2.5",
      "3.0",
      `${best + 1}.0`,
      `${best + 1}.2`,
      `${best + 4}.0`,
      `${best + 4}.4`,
    ]);
  });

  test("says where it stopped and stops at once", async () => {
    const { checkpoint } = await interruptAt(atStep(3, 2));
    expect(checkpoint).toMatchObject({ epoch: 3, step: 2 });
    expect(checkpoint.history).toHaveLength(2);
    expect([...checkpoint.state.keys()]).toContain("first/kernel/velocity");
    expect(checkpoint.state.get("step")).toEqual(Int32Array.of(12));
  });

  test("can be interrupted again", async () => {
    const whole = await train(await smallPlan(options));
    const first = await interruptAt(atStep(2, 3));
    const second = await interruptAt(atStep(2, 4), first.checkpoint);
    const third = await interruptAt(atStep(4, 1), second.checkpoint);
    expectSame(await resume(third.checkpoint), whole);
  });

  test("does nothing when the signal has aborted before the start", async () => {
    const result = await train(await smallPlan({ ...options, signal: AbortSignal.abort() }));
    expect(result).toMatchObject({ status: "interrupted", checkpoint: { epoch: 1, step: 0 }, history: [] });
  });

  test("an interrupted run leaves the best weights so far", async () => {
    const whole = await train(await smallPlan(options));
    const best = whole.best?.epoch ?? 0;
    const { result } = await interruptAt(atStep(best + 2, 1));
    expect(result.best?.epoch).toBe(best);
    expect(result.weights).toEqual(whole.weights);
    // Without early stopping they are the last ones.
    const controller = new AbortController();
    const plan = await smallPlan({
      stop: null,
      callbacks: atStep(2, 2)(() => controller.abort()),
      signal: controller.signal,
    });
    const interrupted = await train(plan);
    if (interrupted.status !== "interrupted") throw new Error(interrupted.status);
    expect(interrupted.weights.get("first/kernel")).toEqual(interrupted.checkpoint.state.get("first/kernel"));
  });
});
