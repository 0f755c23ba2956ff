// The training loop on the reference backend: what an epoch is, how its loss is computed, early stopping.

import { describe, expect, test } from "@jest/globals";
import { referenceBackend } from "@netwright/backend-reference";
import { batches, permutation, rowsOf } from "@netwright/data";
import { compile, type EpochEvent, type StepEvent, train } from "@netwright/runtime";
import { smallPlan } from "../fixtures/small-plan.ts";
import { smallSplits } from "../fixtures/small-splits.ts";

describe("train", () => {
  test("does what the loop written out by hand does, to the bit", async () => {
    const plan = await smallPlan({ epochs: 3 });
    const result = await train(plan);

    const executable = await compile(referenceBackend, plan.program);
    const { train: rows, validation } = plan.splits;
    executable.init(plan.seed);
    const expected = [];
    for (let epoch = 1; epoch <= 3; epoch++) {
      const order = permutation(22, plan.seed, epoch);
      let sum = 0;
      for (const { start, count } of batches(22, 5)) {
        const [x, y] = [new Float32Array(2 * count), new Float32Array(count)];
        rowsOf(rows).gather(
          order,
          start,
          count,
          new Map([
            ["x", x],
            ["y", y],
          ]),
        );
        sum += executable.step({ rows: count, feeds: { x, y } }).loss * count;
      }
      let validationSum = 0;
      for (const { start, count } of batches(9, 4)) {
        // Nine rows by four: the last piece is filled up with rows that count nothing.
        const [x, y, weight] = [new Float32Array(8), new Float32Array(4), new Float32Array(4)];
        x.set(validation.x.subarray(2 * start, 2 * (start + count)));
        y.set(validation.y.subarray(start, start + count));
        weight.fill(1, 0, count);
        validationSum += executable.evaluate({ rows: 4, feeds: { x, y, weight } }).loss;
      }
      expected.push({
        epoch,
        loss: sum / 22,
        validation_loss: validationSum / 9,
        seconds: expect.any(Number),
      });
    }
    const state = executable.readState();
    expect(result).toMatchObject({ status: "completed", best: null });
    expect(result.history).toEqual(expected);
    expect([...result.weights.keys()]).toEqual(["first/kernel", "second/kernel"]);
    for (const [name, data] of result.weights) expect(data).toEqual(state.get(name));
  });

  test("learns, and reports every split in original units", async () => {
    const plan = await smallPlan({ epochs: 150, network: { hidden: 6, scale: 1 } });
    const { history, evaluations } = await train(plan);
    expect(history.at(-1)?.loss).toBeLessThan((history[0]?.loss ?? 0) / 10);
    const { train: train_, validation, test: test_ } = evaluations;
    expect([train_?.rows, validation?.rows, test_?.rows]).toEqual([22, 9, 6]);
    expect(test_?.metrics["r2"]).toBeGreaterThan(0.8);
    // The target is ten times the encoded one, and so is the error.
    const encoded = history.at(-1)?.validation_loss ?? Number.NaN;
    expect(validation?.loss).toBe(encoded);
    expect(validation?.metrics["rmse"]).toBeCloseTo(10 * Math.sqrt(encoded), 4);
    expect(validation?.predictions).toHaveLength(9);
  });

  test("tells what happens, in order", async () => {
    const told: string[] = [];
    const steps: StepEvent[] = [];
    const plan = await smallPlan({
      epochs: 2,
      callbacks: {
        onStart: ({ epochs, steps: perEpoch, rows, epoch, step }) =>
          told.push(`start ${epochs}x${perEpoch} of ${rows} at ${epoch}.${step}`),
        onStep: (event) => {
          told.push(`step ${event.epoch}.${event.step}`);
          steps.push(event);
        },
        onEpoch: ({ epoch }) => told.push(`epoch ${epoch}`),
        onEnd: ({ status }) => told.push(`end ${status}`),
      },
    });
    const { history } = await train(plan);
    const epoch = (n: number) => [1, 2, 3, 4, 5].map((step) => `step ${n}.${step}`).concat(`epoch ${n}`);
    expect(told).toEqual(["start 2x5 of 22 at 1.0", ...epoch(1), ...epoch(2), "end completed"]);
    expect(steps.map(({ rows }) => rows)).toEqual([5, 5, 5, 5, 2, 5, 5, 5, 5, 2]);
    expect(steps[4]?.loss).toBe(history[0]?.loss);
  });

  test("goes without validation and test rows", async () => {
    const plan = await smallPlan({ splits: smallSplits(22, 0, 0), epochs: 2 });
    const { history, evaluations } = await train(plan);
    expect(history.map((line) => line.validation_loss)).toEqual([null, null]);
    expect(evaluations).toMatchObject({ validation: null, test: null });
  });

  test("lets the event loop run", async () => {
    let ticks = 0;
    const timer = setInterval(() => ticks++, 1);
    await train(await smallPlan({ epochs: 250 }));
    clearInterval(timer);
    expect(ticks).toBeGreaterThan(0);
  });

  test("refuses a plan that cannot be followed", async () => {
    const stop = { patience: 1, minDelta: 0 };
    await expect(train(await smallPlan({ splits: smallSplits(22, 0, 6), stop }))).rejects.toThrow(
      "the validation split has no rows",
    );
  });
});

describe("early stopping", () => {
  test("stops after `patience` epochs without improvement, with the weights of the best", async () => {
    // With this learning rate the loss falls, then rises and falls.
    const network = { learningRate: 0.5, hidden: 6, scale: 1 };
    const events: EpochEvent[] = [];
    const stopped = await train(
      await smallPlan({
        epochs: 200,
        stop: { patience: 4, minDelta: 0 },
        network,
        callbacks: { onEpoch: (event) => events.push(event) },
      }),
    );
    const losses = stopped.history.map((line) => line.validation_loss ?? Number.NaN);
    const best = losses.indexOf(Math.min(...losses)) + 1;
    expect(stopped.status).toBe("stopped_early");
    expect(best).toBeGreaterThan(1);
    expect(stopped.best).toEqual({ epoch: best, loss: losses[best - 1] });
    expect(stopped.history).toHaveLength(best + 4);
    expect(events.at(best - 1)?.improved).toBe(true);
    expect(events.slice(best).every(({ improved }) => !improved)).toBe(true);

    const uptoBest = await train(await smallPlan({ epochs: best, network }));
    expect(stopped.weights).toEqual(uptoBest.weights);
    expect(stopped.evaluations.validation?.loss).toBe(stopped.best?.loss);
  });

  test("restores the best weights also when all epochs are done", async () => {
    const network = { learningRate: 0.5, hidden: 6, scale: 1 };
    const result = await train(await smallPlan({ epochs: 12, stop: { patience: 50, minDelta: 0 }, network }));
    expect(result.status).toBe("completed");
    expect(result.best?.epoch).toBeLessThan(12);
    expect(result.evaluations.validation?.loss).toBe(result.best?.loss);
  });

  test("counts only improvements by more than minDelta", async () => {
    const result = await train(await smallPlan({ epochs: 50, stop: { patience: 3, minDelta: 1000 } }));
    expect(result).toMatchObject({ status: "stopped_early", best: { epoch: 1 } });
    expect(result.history).toHaveLength(4);
  });
});
