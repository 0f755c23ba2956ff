// A backend that computes while its caller goes on has steps begun ahead of one another. What comes of it is what comes of a backend
// that does not, and nobody looks at the state while steps are under way.

import { describe, expect, test } from "@jest/globals";
import { referenceBackend } from "@netwright/backend-reference";
import {
  type Backend,
  type Checkpoint,
  comparableHistory,
  compile,
  type TrainingCallbacks,
  type TrainingResult,
  train,
} from "@netwright/runtime";
import { type PlanOptions, smallPlan } from "../fixtures/small-plan.ts";

interface Late {
  /** Told of each step that is waited for, counted from 1, once it is no longer under way. */
  readonly onWait?: (step: number) => void;
  /** The same of each that is to be begun. */
  readonly onBegin?: (step: number) => void;
}

/** Its steps give their loss when they are waited for; `most` of them were under way at once, and `left` are now. */
function lateBackend({ onWait, onBegin }: Late): Backend & {
  readonly most: () => number;
  readonly left: () => number;
} {
  let [underWay, most, steps] = [0, 0, 0];
  const idle = <T>(value: T): T => {
    if (underWay > 0) throw new Error(`${underWay} steps are under way`);
    return value;
  };
  return {
    ...referenceBackend,
    most: () => most,
    left: () => underWay,
    load: async (program, options) => {
      const machine = await referenceBackend.load(program, options);
      return {
        ...machine,
        readState: () => idle(machine.readState()),
        writeState: (state) => idle(machine.writeState(state)),
        call: (name) => {
          const call = machine.call(name);
          if (!name.startsWith("step")) return { ...call, run: () => idle(call.run()) };
          const begin = () => {
            const step = ++steps;
            onBegin?.(step);
            call.run();
            most = Math.max(most, ++underWay);
            const given = call.outputs.map((output) => output.slice());
            for (const output of call.outputs) output.fill(7);
            return () => {
              underWay--;
              onWait?.(step);
              call.outputs.forEach((output, i) => {
                output.set(given[i] ?? []);
              });
            };
          };
          return { ...call, run: () => idle(call.run()), begin };
        },
      };
    },
  };
}

/** By a clock that goes on by so much with every step. */
async function latePlan(options: PlanOptions, milliseconds = 0) {
  let time = 0;
  const plan = await smallPlan({ ...options, now: () => time });
  const onWait = () => {
    time += milliseconds;
  };
  const backend = lateBackend({ onWait });
  return { ...plan, executable: await compile(backend, plan.program), most: backend.most };
}

const options: PlanOptions = { epochs: 5, network: { learningRate: 0.05, hidden: 4, scale: 1 } };

function expectSame(actual: TrainingResult, expected: TrainingResult): void {
  expect(actual.status).toBe(expected.status);
  expect(actual.weights).toEqual(expected.weights);
  expect(comparableHistory(actual.history)).toEqual(comparableHistory(expected.history));
  expect(actual.evaluations).toEqual(expected.evaluations);
}

/** Of each step, in order. */
async function told(plan: Awaited<ReturnType<typeof latePlan>> | Awaited<ReturnType<typeof smallPlan>>) {
  const steps: unknown[] = [];
  const result = await train({ ...plan, callbacks: { onStep: (event) => steps.push(event) } });
  return { steps, result };
}

test("the same steps are told, with the same bits", async () => {
  const [late, usual] = [await latePlan(options), await smallPlan(options)];
  const [actual, expected] = [await told(late), await told(usual)];
  expectSame(actual.result, expected.result);
  expect(actual.steps).toEqual(expected.steps);
  // By a clock that stands still, all that is left of an epoch is begun at once: its five steps, once there was a first one.
  expect(late.most()).toBe(5);
});

test("with steps of 10 ms two are begun at a time, with slower ones one, while those before are under way", async () => {
  for (const [milliseconds, most] of [
    [10, 4],
    [21, 2],
    [1000, 2],
  ] as const) {
    const plan = await latePlan(options, milliseconds);
    await train(plan);
    expect([milliseconds, plan.most()]).toEqual([milliseconds, most]);
  }
});

test("an interrupt waits for what is under way, and what goes on from there has the same bits", async () => {
  const whole = await train(await smallPlan(options));
  const places: (readonly [number, number])[] = [];
  for (const at of [1, 2, 3, 5]) {
    const controller = new AbortController();
    const plan = await latePlan({ ...options, signal: controller.signal });
    const result = await train({
      ...plan,
      callbacks: {
        onStep: ({ epoch, step }) => {
          if (epoch === 2 && step === at) controller.abort();
        },
      },
    });
    if (result.status !== "interrupted") throw new Error(`ended as ${result.status}`);
    const { checkpoint } = result;
    places.push([checkpoint.epoch, checkpoint.step]);
    expectSame(await train(await smallPlan({ ...options, resume: checkpoint })), whole);
    expectSame(await train(await latePlan({ ...options, resume: checkpoint })), whole);
  }
  expect(places).toEqual([
    [2, 5],
    [2, 5],
    [2, 5],
    [2, 5],
  ]);
});

test("no step is under way when a checkpoint is taken", async () => {
  const all: Checkpoint[] = [];
  const keep = async (checkpoint: Checkpoint) => {
    all.push(checkpoint);
    return 0;
  };
  const result = await train(
    await latePlan({ ...options, checkpoints: { every: null, waits: true, keep } }, 25_000),
  );
  expect(all.length).toBeGreaterThan(3);
  expect(all.some(({ step }) => step > 0)).toBe(true);
  for (const checkpoint of all) {
    expectSame(await train(await smallPlan({ ...options, resume: checkpoint })), result);
  }
});

test("a loss that is not finite is found at the same step", async () => {
  const network = { learningRate: 1e4, activation: "linear" } as const;
  const failures = [];
  for (const plan of [await latePlan({ network }), await smallPlan({ network })]) {
    const result = await train(plan);
    if (result.status !== "non_finite") throw new Error(`ended as ${result.status}`);
    failures.push([result.failure, result.lastGood]);
  }
  expect(failures[0]).toEqual(failures[1]);
});

describe("steps that were begun are waited for", () => {
  /** Fails in `doing`; gives what training was rejected with, and how many steps are left under way. */
  async function failed(late: Late, callbacks: TrainingCallbacks = {}) {
    const plan = await smallPlan({ ...options, now: () => 0 });
    const backend = lateBackend(late);
    const executable = await compile(backend, plan.program);
    const why = await train({ ...plan, executable, callbacks }).catch((error: unknown) => error);
    return { why, most: backend.most(), left: backend.left() };
  }
  const broken = new Error("broken");
  const breaking = (turn: number) => (step: number) => {
    if (step === turn) throw broken;
  };

  // Of an epoch of five the first is begun alone, and the others together behind it.
  test.each([1, 2, 4, 5, 6, 8])("where step %i cannot be begun", async (turn) => {
    const { why, left } = await failed({ onBegin: breaking(turn) });
    expect([why, left]).toEqual([broken, 0]);
  });

  test.each([1, 2, 3, 5, 7])("where step %i fails", async (turn) => {
    const { why, most, left } = await failed({ onWait: breaking(turn) });
    expect([why, left]).toEqual([broken, 0]);
    expect(most).toBeGreaterThan(1);
  });

  test("where each of them fails, and the first failure is told", async () => {
    const { why, most, left } = await failed({
      onWait: (step) => {
        throw new Error(`step ${step}`);
      },
    });
    expect([why, most, left]).toEqual([new Error("step 1"), 2, 0]);
  });

  test.each([1, 2, 4])("where the caller throws at step %i", async (turn) => {
    const { why, most, left } = await failed({}, { onStep: ({ step }) => breaking(turn)(step) });
    expect([why, left]).toEqual([broken, 0]);
    expect(most).toBeGreaterThan(1);
  });
});
