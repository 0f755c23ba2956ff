// Checkpoints of a training under way: when one is taken by an injected clock, that going on from any of them gives the same
// bits, that none costs what it may not, and that a lost executable is an interrupt that keeps what there was.

import { describe, expect, test } from "@jest/globals";
import { referenceBackend } from "@netwright/backend-reference";
import type { Program } from "@netwright/ir";
import {
  BackendError,
  type Checkpoint,
  type Checkpointing,
  comparableHistory,
  compile,
  type Executable,
  type TrainingPlan,
  type TrainingResult,
  train,
} from "@netwright/runtime";
import { type PlanOptions, smallPlan } from "../fixtures/small-plan.ts";

const options: PlanOptions = { epochs: 12, network: { learningRate: 0.05, hidden: 4, scale: 1 } };

function expectSame(actual: TrainingResult, expected: TrainingResult): void {
  expect(actual.status).toBe(expected.status);
  expect(actual.weights).toEqual(expected.weights);
  expect(actual.best).toEqual(expected.best);
  expect(comparableHistory(actual.history)).toEqual(comparableHistory(expected.history));
  expect(actual.evaluations).toEqual(expected.evaluations);
}

/** A clock that goes on by so much with every step, and what was kept by it. */
async function kept(perStep: number, checkpoints: Omit<Checkpointing, "keep">, more: PlanOptions = {}) {
  let time = 0;
  const all: Checkpoint[] = [];
  const result = await train(
    await smallPlan({
      ...options,
      ...more,
      now: () => time,
      callbacks: {
        onStep: () => {
          time += perStep;
        },
      },
      checkpoints: {
        ...checkpoints,
        keep: async (checkpoint) => {
          all.push(checkpoint);
          return 0;
        },
      },
    }),
  );
  return { result, all, places: all.map(({ epoch, step }) => [epoch, step]) };
}

describe("by an injected clock", () => {
  test.each([1, 2, 5])("every %s epochs", async (every) => {
    const { places } = await kept(0, { every, waits: true });
    const epochs = Array.from({ length: 12 }, (_, i) => i + 1).filter((epoch) => epoch % every === 0);
    expect(places).toEqual(epochs.map((epoch) => [epoch + 1, 0]));
  });

  test("every minute, in the middle of an epoch", async () => {
    // Five steps an epoch, so that a minute is over after 6 of 10 s.
    const { places } = await kept(10_000, { every: null });
    expect(places.slice(0, 3)).toEqual([
      [2, 1],
      [3, 2],
      [4, 3],
    ]);
    expect(places).toHaveLength(10);
  });

  test("none of a training shorter than a minute whose file asks for none", async () => {
    expect((await kept(500, { every: null })).places).toEqual([]);
  });

  test("none before writing is a hundredth of the time, as is expected of the first", async () => {
    // 2 ms for the first one, so that it comes after 200: 5 steps of 10 ms are an epoch.
    expect((await kept(10, { every: 1 })).places[0]).toEqual([6, 0]);
  });

  test("a slow disk is waited for by nothing, and makes checkpoints rare", async () => {
    let time = 0;
    let release = () => {};
    let timer: NodeJS.Timeout | undefined;
    const places: number[] = [];
    const plan = await smallPlan({
      ...options,
      now: () => time,
      callbacks: {
        onStep: () => {
          time += 100;
        },
        onEpoch: ({ epoch }) => {
          if (epoch === 6) release();
          // The last one is let go when all else is done.
          if (epoch === 12) timer = setInterval(() => release(), 20);
        },
      },
      checkpoints: {
        every: 1,
        keep: (checkpoint) => {
          places.push(checkpoint.epoch);
          return new Promise((resolve) => {
            // That long training has stood still.
            release = () => resolve(15);
          });
        },
      },
    });
    await train(plan);
    clearInterval(timer);
    // 500 ms an epoch: the first at its end, the next when it is put away and 1500 ms are over.
    expect(places[0]).toBe(2);
    expect(places[1]).toBeGreaterThan(6);
  });
});

describe("one that fails ends nothing, and is told once", () => {
  const noMemory = () => new RangeError("Array buffer allocation failed");
  const throws = (): never => {
    throw noMemory();
  };
  const failing = async (keep: Checkpointing["keep"], waits: boolean, more: Partial<TrainingPlan> = {}) => {
    let time = 0;
    const told: unknown[] = [];
    const callbacks = {
      onStep: () => {
        time += 20_000;
      },
    };
    const onFailure = (error: unknown) => told.push(error);
    const plan = await smallPlan({ ...options, now: () => time, callbacks });
    const checkpoints = { every: 1, waits, onFailure, keep };
    return { result: await train({ ...plan, checkpoints, ...more }), told };
  };

  test.each([
    ["that rejects", () => Promise.reject(noMemory()), true],
    ["that rejects while training goes on", () => Promise.reject(noMemory()), false],
    ["that rejects with what is no error", () => Promise.reject("no"), true],
    ["that throws", throws, true],
    ["that throws while training goes on", throws, false],
  ] as const)("a store %s", async (_, keep, waits) => {
    const undisturbed = await train(await smallPlan(options));
    let calls = 0;
    const { result, told } = await failing((checkpoint) => {
      calls++;
      return checkpoint.epoch > 0 ? keep() : Promise.resolve(0);
    }, waits);
    expectSame(result, undisturbed);
    expect(told).toHaveLength(1);
    // A later one may succeed.
    expect(calls).toBeGreaterThan(3);
  });

  test("a state for whose copy there is no memory", async () => {
    const undisturbed = await train(await smallPlan(options));
    const plan = await smallPlan(options);
    let copies = 0;
    const executable: Executable = {
      ...plan.executable,
      // The first is the start of training, and the last its end.
      readState: () => (++copies === 3 ? throws() : plan.executable.readState()),
    };
    const { result, told } = await failing(async () => 0, true, { executable });
    expectSame(result, undisturbed);
    expect(told).toEqual([noMemory()]);
  });
});

describe("going on from each of them", () => {
  test.each([
    ["at the ends of epochs", 0, { every: 1, waits: true }, {}],
    ["in the middle of epochs", 20_000, { every: null }, {}],
    ["with early stopping", 0, { every: 1, waits: true }, { stop: { patience: 2, minDelta: 0 } }],
  ] as const)("gives the same bits: %s", async (_, perStep, checkpoints, more) => {
    const merged: PlanOptions = { ...options, ...more };
    const undisturbed = await train(await smallPlan(merged));
    const { result, all } = await kept(perStep, checkpoints, merged);
    expectSame(result, undisturbed);
    expect(all.length).toBeGreaterThan(3);
    for (const resume of all) {
      expectSame(await train(await smallPlan({ ...merged, resume })), undisturbed);
    }
  });
});

describe("an executable that is lost", () => {
  /** Throws at the step of that number, as a backend does when a thread of it has ended. */
  function losing(executable: Executable, at: number): Executable {
    let steps = 0;
    return {
      ...executable,
      invocation: (kind, rows) => {
        if (kind === "step") steps++;
        if (steps > at)
          throw new BackendError("small", "a worker thread is gone", "Compile the program again.");
        return executable.invocation(kind, rows);
      },
    };
  }
  const lost = async (at: number, more: Partial<TrainingPlan> = {}) => {
    const plan = await smallPlan(options);
    return train({
      ...plan,
      executable: losing(plan.executable, at),
      replacement: () => compile(referenceBackend, plan.program),
      ...more,
    });
  };

  test.each([0, 7, 33, 59])("after %s steps is an interrupt, from which training goes on", async (at) => {
    const undisturbed = await train(await smallPlan(options));
    const result = await lost(at);
    if (result.status !== "interrupted") throw new Error(result.status);
    expect(result.fault?.message).toContain("a worker thread is gone");
    expect(result.evaluations.train?.rows).toBe(22);
    expectSame(await train(await smallPlan({ ...options, resume: result.checkpoint })), undisturbed);
  });

  test("goes back no further than to the last checkpoint", async () => {
    const result = await lost(33, { checkpoints: { every: 2, waits: true, keep: async () => 0 } });
    expect(result).toMatchObject({ status: "interrupted", checkpoint: { epoch: 7, step: 0 } });
  });

  test("while the result is evaluated loses nothing", async () => {
    const undisturbed = await train(await smallPlan(options));
    const plan = await smallPlan(options);
    let isDone = false;
    const executable: Executable = {
      ...plan.executable,
      invocation: (kind, rows) => {
        if (isDone) throw new BackendError("small", "a worker thread is gone", "Compile the program again.");
        return plan.executable.invocation(kind, rows);
      },
    };
    const onEpoch = ({ epoch }: { epoch: number }) => {
      isDone = epoch === 12;
    };
    const replacement = () => compile(referenceBackend, plan.program);
    expectSame(await train({ ...plan, executable, replacement, callbacks: { onEpoch } }), undisturbed);
  });

  describe("while members are chosen", () => {
    const choose = { id: "chosen", count: 3 };
    /** As if it had the variable, which changes nothing: the first member is as good as all. */
    const choosing = (executable: Executable, isGone = () => false): Executable => ({
      ...executable,
      writeState: (state) =>
        executable.writeState(new Map([...state].filter(([name]) => name !== choose.id))),
      invocation: (kind, rows) => {
        if (isGone()) throw new BackendError("small", "a worker thread is gone", "Compile it again.");
        return executable.invocation(kind, rows);
      },
    });
    const chosen = async (replacement: (program: Program) => Promise<Executable>) => {
      const plan = await smallPlan(options);
      let isGone = false;
      const onEpoch = ({ epoch }: { epoch: number }) => {
        isGone = epoch === 12;
      };
      return train({
        ...plan,
        choose,
        executable: choosing(plan.executable, () => isGone),
        replacement: () => replacement(plan.program),
        callbacks: { onEpoch },
      });
    };

    test("loses nothing", async () => {
      const plan = await smallPlan(options);
      const undisturbed = await train({ ...plan, choose, executable: choosing(plan.executable) });
      expect(undisturbed.weights.get(choose.id)).toEqual(Float32Array.of(1, 0, 0));
      expectSame(
        await chosen(async (program) => choosing(await compile(referenceBackend, program))),
        undisturbed,
      );
    });

    test("with no memory for another one is an interrupt, from which training goes on", async () => {
      const result = await chosen(() => Promise.reject(new RangeError("Array buffer allocation failed")));
      if (result.status !== "interrupted") throw new Error(result.status);
      expect(result.fault?.message).toContain("a worker thread is gone");
      expect(result.evaluations).toEqual({ train: null, validation: null, test: null });
      expectSame(
        await train(await smallPlan({ ...options, resume: result.checkpoint })),
        await train(await smallPlan(options)),
      );
    });
  });

  describe("with no memory for another one", () => {
    const replacement = () => Promise.reject(new RangeError("Array buffer allocation failed"));
    const none = { train: null, validation: null, test: null };

    test.each([0, 7, 33, 59])("after %s steps is an interrupt without an evaluation", async (at) => {
      const undisturbed = await train(await smallPlan(options));
      const result = await lost(at, { replacement });
      if (result.status !== "interrupted") throw new Error(result.status);
      expect(result.fault?.message).toContain("a worker thread is gone");
      expect(result.evaluations).toEqual(none);
      expect([...result.weights.keys()]).toEqual([...undisturbed.weights.keys()]);
      expectSame(await train(await smallPlan({ ...options, resume: result.checkpoint })), undisturbed);
    });

    test.each([
      ["at the last epoch", {}, "completed"],
      ["early", { epochs: 100, stop: { patience: 2, minDelta: 0.5 } }, "stopped_early"],
      ["early, at once", { epochs: 100, stop: { patience: 0, minDelta: 0.5 } }, "stopped_early"],
    ] as const)("a training that has ended %s is evaluated when it goes on", async (_, more, status) => {
      const merged: PlanOptions = { ...options, ...more };
      const undisturbed = await train(await smallPlan(merged));
      expect(undisturbed.status).toBe(status);
      const plan = await smallPlan(merged);
      const last = undisturbed.history.length;
      let isDone = false;
      const executable: Executable = {
        ...plan.executable,
        invocation: (kind, rows) => {
          if (isDone) throw new BackendError("small", "a worker thread is gone", "Compile it again.");
          return plan.executable.invocation(kind, rows);
        },
      };
      const onEpoch = ({ epoch }: { epoch: number }) => {
        isDone = epoch === last;
      };
      const result = await train({ ...plan, executable, replacement, callbacks: { onEpoch } });
      if (result.status !== "interrupted") throw new Error(result.status);
      expect(result.evaluations).toEqual(none);
      expect(result.weights).toEqual(undisturbed.weights);
      expectSame(await train(await smallPlan({ ...merged, resume: result.checkpoint })), undisturbed);
    });
  });

  test("without another one is an exception, as before", async () => {
    const plan = await smallPlan(options);
    await expect(train({ ...plan, executable: losing(plan.executable, 7) })).rejects.toThrow(BackendError);
  });
});
