// A loss that is not finite: the place, the layer, the likely cause, and the weights from before.

import { describe, expect, test } from "@jest/globals";
import { permutation } from "@netwright/data";
import { describeFailure, type Executable, type TrainingResult, train } from "@netwright/runtime";
import { type PlanOptions, smallPlan } from "../fixtures/small-plan.ts";
import { smallSplits } from "../fixtures/small-splits.ts";

type Failed = Extract<TrainingResult, { status: "non_finite" }>;

async function trainToFailure(options: PlanOptions): Promise<Failed & { message: string; notes: string }> {
  const plan = await smallPlan(options);
  const result = await train(plan);
  if (result.status !== "non_finite") throw new Error(`ended as ${result.status}`);
  const described = describeFailure(result.failure, {
    program: plan.program,
    features: ["a", "b"],
    target: ["t"],
  });
  expect(described.code).toBe("NW0801");
  for (const data of result.lastGood.values()) expect([...data].every(Number.isFinite)).toBe(true);
  return { ...result, message: described.message, notes: described.notes.join(" ") };
}

function replaced(values: Float32Array | Int32Array, index: number, value: number): Float32Array {
  const copy = Float32Array.from(values);
  copy[index] = value;
  return copy;
}

describe("a loss that is not finite", () => {
  test("by a learning rate that is too large: the weights grow until a layer or the loss overflows", async () => {
    const network = { learningRate: 1e4, activation: "linear" } as const;
    const { failure, message, notes, lastGood, weights, evaluations } = await trainToFailure({ network });
    expect(failure).toMatchObject({ cause: "growth", during: "step", epoch: 1, datum: null });
    expect(failure.largestWeight).toBeGreaterThan(1e6);
    expect(message).toContain(`The loss is not finite in epoch 1, step ${failure.step}.`);
    expect(notes).toContain("The learning rate is probably too large");
    // The last good state is the one before that step, as a shorter training shows.
    expect(lastGood.get("step")).toEqual(Int32Array.of(failure.step - 1));
    expect(weights.get("first/kernel")).toEqual(lastGood.get("first/kernel"));
    expect(evaluations.train).not.toBeNull();
  });

  test("in a later epoch, with a layer named", async () => {
    const { failure, message, lastGood } = await trainToFailure({
      network: { learningRate: 4, activation: "exponential", loss: "mae", scale: 2 },
      epochs: 400,
    });
    expect(failure.layer).toBe("activation");
    expect(message).toContain("layer `activation` is not finite");
    const done = (failure.epoch - 1) * 5 + failure.step - (failure.during === "step" ? 1 : 0);
    expect(lastGood.get("step")).toEqual(Int32Array.of(done));
  });

  test("the place does not depend on how long ago the state was kept", async () => {
    const options = { network: { learningRate: 1.2, activation: "linear", scale: 1 }, epochs: 60 } as const;
    // Early stopping keeps the state of every epoch, a training without it only now and then.
    const every = await trainToFailure({ ...options, stop: { patience: 1000, minDelta: 0 } });
    const seldom = await trainToFailure(options);
    expect(seldom.failure.epoch).toBeGreaterThan(5);
    expect(seldom.failure).toEqual(every.failure);
    expect(seldom.lastGood).toEqual(every.lastGood);
  });

  test("by an activation that overflows with usual weights", async () => {
    const splits = smallSplits(22, 9, 6);
    const train = { ...splits.train, x: replaced(splits.train.x, 2 * 13, 5000) };
    const { failure, message, notes } = await trainToFailure({
      splits: { ...splits, train },
      network: { activation: "exponential", scale: 0.5, learningRate: 1e-6 },
      seed: 2,
    });
    expect(failure).toMatchObject({ cause: "overflow", layer: "activation", epoch: 1 });
    expect(message).toContain("The output of layer `activation` is not finite");
    expect(notes).toContain("`exponential`");
  });

  test("by the loss itself: the layers are finite and their squares are not", async () => {
    const splits = smallSplits(22, 9, 6);
    const y = replaced(splits.train.y, 7, 1e30);
    const { failure, notes } = await trainToFailure({ splits: { ...splits, train: { ...splits.train, y } } });
    expect(failure).toMatchObject({ cause: "loss", during: "step", layer: null });
    expect(notes).toContain("`mae`");
  });

  test("by an update: the gradient overflows and the loss does not", async () => {
    const splits = smallSplits(22, 9, 6);
    const y = splits.train.y.map(() => 5e18);
    const { failure, message, lastGood } = await trainToFailure({
      splits: { ...splits, train: { ...splits.train, y } },
      network: { learningRate: 1e22 },
    });
    expect(failure).toMatchObject({ cause: "update", during: "update", epoch: 1 });
    expect(failure.variable).toMatch(/kernel/);
    expect(failure.layer).not.toBeNull();
    expect(message).toContain(`The weights are not finite after epoch 1, step ${failure.step}.`);
    expect(lastGood.get("step")).toEqual(Int32Array.of(failure.step - 1));
  });

  /** Only the row of one step of the first epoch does anything: its loss is finite, its update is not. */
  function onlyStep(step: number): PlanOptions {
    const splits = smallSplits(22, 0, 0);
    const row = permutation(22, 3, 1)[5 * (step - 1)] ?? 0;
    const x = replaced(
      splits.train.x.map(() => 0),
      2 * row,
      1e38,
    );
    const train = { ...splits.train, x, y: splits.train.y.map(() => 0) };
    const network = { learningRate: 100, activation: "linear", loss: "mae" } as const;
    return { splits: { ...splits, train }, network, seed: 3, epochs: 1 };
  }

  test.each([3, 5])("by the update of step %d, though its loss was finite", async (step) => {
    // After step 5 no loss is left to show it: the state itself is looked at.
    const { failure, lastGood } = await trainToFailure(onlyStep(step));
    expect(failure).toMatchObject({ cause: "update", during: "update", epoch: 1, step, layer: "first" });
    expect(lastGood.get("step")).toEqual(Int32Array.of(step - 1));
  });

  test("an interrupt right after it does not make a checkpoint of it", async () => {
    const controller = new AbortController();
    const { failure } = await trainToFailure({
      ...onlyStep(2),
      signal: controller.signal,
      callbacks: { onStep: ({ step }) => step === 2 && controller.abort() },
    });
    expect(failure).toMatchObject({ cause: "update", step: 2 });
  });

  test.each([
    { where: "an input", key: "x", index: 2 * 13 + 1, named: "column `b`" },
    { where: "a target", key: "y", index: 13, named: "column `t`" },
  ] as const)("by $where of the data", async ({ key, index, named }) => {
    const splits = smallSplits(22, 9, 6);
    const train = { ...splits.train, [key]: replaced(splits.train[key], index, Number.NaN) };
    const { failure, message } = await trainToFailure({ splits: { ...splits, train } });
    expect(failure).toMatchObject({ cause: "data", during: "step", epoch: 1, datum: { row: 14 } });
    expect(message).toContain(`Row 14 of the data has a value in ${named} that is not finite.`);
  });

  test("in validation, by its data", async () => {
    const splits = smallSplits(22, 9, 6);
    const validation = { ...splits.validation, x: replaced(splits.validation.x, 2 * 8, Number.NaN) };
    const { failure, message } = await trainToFailure({ splits: { ...splits, validation } });
    expect(failure).toMatchObject({
      cause: "data",
      during: "validation",
      epoch: 1,
      step: 5,
      datum: { row: 31 },
    });
    expect(message).toContain("The validation loss is not finite after epoch 1.");
  });

  test("in validation, in a layer", async () => {
    const splits = smallSplits(22, 9, 6);
    const validation = { ...splits.validation, x: replaced(splits.validation.x, 2 * 5, 5000) };
    const { failure } = await trainToFailure({
      splits: { ...splits, validation },
      network: { activation: "exponential", scale: 0.5, learningRate: 1e-6 },
      seed: 2,
    });
    expect(failure).toMatchObject({ cause: "overflow", during: "validation", layer: "activation", epoch: 1 });
  });

  test("before the first step, by an initial value", async () => {
    const plan = await smallPlan({ network: { scale: Number.POSITIVE_INFINITY } });
    const result = await train(plan);
    if (result.status !== "non_finite") throw new Error(`ended as ${result.status}`);
    expect(result.failure).toMatchObject({
      cause: "initial_weights",
      during: "start",
      variable: "first/kernel",
    });
    expect(result.failure.largestWeight).toBeNull();
    expect(result.history).toEqual([]);
    expect(describeFailure(result.failure).message).toBe(
      "Training cannot start. The initial value of `first/kernel` is not finite.",
    );
  });

  test("with early stopping the best weights are kept, not the last ones", async () => {
    const network = { learningRate: 1.5, activation: "linear", scale: 0.1 } as const;
    const options = { network, epochs: 60, stop: { patience: 100, minDelta: 0 } } as const;
    const { failure, best, weights, lastGood } = await trainToFailure(options);
    expect(failure.epoch).toBeGreaterThan(2);
    expect(failure).toMatchObject({ cause: "growth", layer: "second" });
    expect(best).not.toBeNull();
    expect(weights.get("first/kernel")).not.toEqual(lastGood.get("first/kernel"));
    const shorter = await train(await smallPlan({ network, epochs: best?.epoch ?? 0 }));
    expect(weights).toEqual(shorter.weights);
  });

  test("that does not come again: the backend is named as the reason", async () => {
    const plan = await smallPlan();
    let steps = 0;
    const faulty: Executable = {
      ...plan.executable,
      invocation: (kind, rows) => {
        const made = plan.executable.invocation(kind, rows);
        if (kind !== "step") return made;
        return {
          ...made,
          run: () => {
            made.run();
            if (++steps === 8) made.outputs.get("loss")?.fill(Number.NaN);
          },
        };
      },
    };
    const result = await train({ ...plan, executable: faulty });
    expect(result).toMatchObject({
      status: "non_finite",
      failure: { cause: "unrepeatable", epoch: 2, step: 3 },
    });
  });
});
