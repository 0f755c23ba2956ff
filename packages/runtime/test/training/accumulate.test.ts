// Several batches of one update: which function the loop calls when, and that an interrupt between two batches of an
// update costs nothing, also by way of a file and on another backend.

import { expect, test } from "@jest/globals";
import { jitBackend } from "@netwright/backend-jit";
import { referenceBackend } from "@netwright/backend-reference";
import { lower } from "@netwright/compiler";
import {
  type Backend,
  batchSizes,
  type Checkpoint,
  compile,
  readCheckpoint,
  type TrainingPlan,
  train,
  writeCheckpoint,
} from "@netwright/runtime";
import { modelOf } from "../../../compiler/test/support.ts";
import { measure, smallSplits } from "../fixtures/small-splits.ts";

const BATCH = 5;
const EVALUATED = 4;

interface Options {
  readonly backend?: Backend;
  readonly accumulate?: number;
  readonly abortAt?: readonly [epoch: number, step: number];
  readonly resume?: Checkpoint;
}

/** 22 rows in batches of 5: four full ones and one of 2. */
async function planOf({ backend = referenceBackend, accumulate = 3, abortAt, resume }: Options = {}) {
  const splits = smallSplits(22, 9, 6);
  const model = modelOf({
    input: 2,
    flow: "dense(4, tanh)\n dropout(0.25)\n dense(1)",
    train: `epochs: 4\n accumulate: ${accumulate}\n clip_norm: 1\n optimizer: adam(learning_rate: cosine(0.1))`,
  });
  const step = batchSizes(splits.train.rows, BATCH);
  const program = lower(model, {
    step,
    accumulate: accumulate > 1 ? [BATCH] : [],
    evaluate: [EVALUATED],
    stepsPerEpoch: 5,
  });
  const controller = new AbortController();
  const plan: TrainingPlan = {
    executable: await compile(backend, program),
    variables: program.state,
    splits,
    measure,
    batch: BATCH,
    accumulate,
    evaluateBatch: EVALUATED,
    epochs: 4,
    seed: 2,
    stop: null,
    signal: controller.signal,
    callbacks: {
      onStep: ({ epoch, step: done }) => {
        if (epoch === abortAt?.[0] && done === abortAt[1]) controller.abort();
      },
    },
    ...(resume && { resume }),
  };
  return plan;
}

test("an update follows every third batch, and the last of an epoch", async () => {
  const plan = await planOf();
  const counts: number[] = [];
  await train({
    ...plan,
    callbacks: { onStep: () => counts.push(plan.executable.readState().get("step")?.[0] ?? Number.NaN) },
  });
  expect(counts.slice(0, 10)).toEqual([0, 0, 1, 1, 2, 2, 2, 3, 3, 4]);
  expect(counts.at(-1)).toBe(8);
});

test("interrupted between two batches of an update it goes on to the same bits, on every exact backend", async () => {
  const whole = await train(await planOf());
  for (const [epoch, step] of [
    [1, 1],
    [2, 2],
    [3, 4],
    [4, 5],
  ] as const) {
    const plan = await planOf({ abortAt: [epoch, step] });
    const stopped = await train(plan);
    if (stopped.status !== "interrupted") throw new Error(stopped.status);
    const rows = stopped.checkpoint.state.get("accumulated_rows");
    expect(rows).toEqual(Float32Array.of(step === 5 ? 0 : (step % 3) * BATCH));
    const bytes = writeCheckpoint({ run: "abc", checkpoint: stopped.checkpoint }, plan.variables);
    const saved = readCheckpoint(bytes, "checkpoint.safetensors");
    if (!saved.ok) throw new Error(saved.problems[0]?.message);
    for (const backend of step === 2 ? [referenceBackend, jitBackend] : [referenceBackend]) {
      const next = await planOf({ backend, resume: saved.value.checkpoint });
      const resumed = await train(next);
      next.executable.dispose();
      expect(resumed.weights).toEqual(whole.weights);
      expect(resumed.history.map(({ loss }) => loss)).toEqual(whole.history.map(({ loss }) => loss));
    }
  }
}, 60_000);

test("with more batches than an epoch has, each epoch is one update", async () => {
  const plan = await planOf({ accumulate: 100 });
  await train(plan);
  expect(plan.executable.readState().get("step")).toEqual(Int32Array.of(4));
});
