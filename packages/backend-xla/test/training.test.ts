// The concrete example on XLA: it follows the reference, its weights are everybody's, and what is not finite is seen.

import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { createXlaBackend } from "@netwright/backend-xla";
import { Builder, type Program, tensor } from "@netwright/ir";
import { type Backend, type Call, compile } from "@netwright/runtime";
import { load, train } from "netwright";
import { describeWithPlugin } from "./with-plugin.ts";

/** Nothing is written into the user's cache. */
const xlaBackend = createXlaBackend({ keep: false });

const FILE = "examples/concrete/concrete.net";
const mixture = {
  Cement: 540,
  BlastFurnaceSlag: 0,
  FlyAsh: 0,
  Water: 162,
  Superplasticizer: 2.5,
  CoarseAggregate: 1040,
  FineAggregate: 676,
  Age: 28,
};

describeWithPlugin("training the concrete example", () => {
  for (const optimizer of ["adam", "adamw(learning_rate: cosine(1e-2, warmup_steps: 5))", "lamb"]) {
    test(`with ${optimizer} follows the reference`, async () => {
      const set = { width: 64, "train.optimizer": optimizer };
      const [own, reference] = await Promise.all(
        ([xlaBackend, "reference"] as const).map((backend) => train(FILE, { backend, set, epochs: 3 })),
      );
      const losses = own?.history.map(({ loss }) => loss) ?? [];
      expect(losses).toHaveLength(3);
      for (const [i, loss] of losses.entries()) {
        const expected = reference?.history[i]?.loss ?? Number.NaN;
        expect(Math.abs(loss - expected)).toBeLessThan(1e-3 * expected);
      }
    }, 120_000);
  }

  test("weights go from one backend to another", async () => {
    const model = await train(FILE, { backend: xlaBackend, set: { width: 64 }, epochs: 2 });
    const run = await model.save(mkdtempSync(join(tmpdir(), "netwright-xla-")));
    const strength = async (backend: typeof xlaBackend | string) =>
      Number((await load(run, { backend }).predict(mixture))["CompressiveStrength"]);
    const [there, here] = [await strength("reference"), await strength(xlaBackend)];
    expect(Math.abs(there / here - 1)).toBeLessThan(1e-4);
  }, 120_000);
});

/** The plugin, whose third call that is begun fails; and how many calls were begun and not waited for. */
function failing(why: Error): {
  readonly backend: Backend;
  readonly left: () => number;
  readonly most: () => number;
} {
  let [calls, underWay, most] = [0, 0, 0];
  const call = (made: Call): Call => {
    const { begin: own } = made;
    if (own === undefined) return made;
    const begin = () => {
      const turn = ++calls;
      const end = own();
      most = Math.max(most, ++underWay);
      return () => {
        underWay--;
        end();
        if (turn === 3) throw why;
      };
    };
    return { ...made, begin };
  };
  const load: Backend["load"] = async (program, options) => {
    const machine = await xlaBackend.load(program, options);
    return { ...machine, call: (name) => call(machine.call(name)) };
  };
  return { backend: { ...xlaBackend, load }, left: () => underWay, most: () => most };
}

describeWithPlugin("steps that were begun ahead", () => {
  test("are waited for where one of them fails", async () => {
    const why = new Error("the third");
    const { backend, left, most } = failing(why);
    await expect(train(FILE, { backend, set: { width: 64 }, epochs: 1 })).rejects.toBe(why);
    expect(most()).toBeGreaterThan(1);
    expect(left()).toBe(0);
  }, 120_000);
});

/** One state variable, doubled by `step` and read by `predict`. */
function doubling(): Program {
  const type = tensor("f32", [2]);
  const step = new Builder();
  const before = step.read("w", type);
  const x = step.parameter("x", tensor("f32", [1]));
  const predict = new Builder();
  const w = predict.read("w", type);
  const row = predict.parameter("x", tensor("f32", [1]));
  const relu = predict.maximum(w, predict.like(w, 0));
  const prediction = predict.reshape(
    predict.multiply(relu, predict.spread(predict.reshape(row, []), [2])),
    [1, 2],
  );
  return {
    name: "doubling",
    state: [{ name: "w", role: "weight", type }],
    functions: [
      {
        ...step.finish("step_1", "step", 1, [
          { name: "w", value: step.add(before, before) },
          { name: "loss", value: step.reshape(x, []) },
        ]),
        writes: ["w"],
      },
      predict.finish("predict_1", "predict", 1, [{ name: "prediction", value: prediction }]),
    ],
  };
}

describeWithPlugin("a program on the device", () => {
  test("keeps its state there, gives copies, and lets no maximum hide a NaN", async () => {
    const executable = await compile(xlaBackend, doubling());
    executable.writeState(new Map([["w", Float32Array.of(1.5, Number.NaN)]]));
    const feeds = { x: Float32Array.of(1) };
    for (let i = 0; i < 3; i++) expect(executable.step({ rows: 1, feeds }).loss).toBe(1);
    const state = executable.readState().get("w");
    expect(state).toEqual(Float32Array.of(12, Number.NaN));
    state?.fill(0);
    expect(executable.predict({ rows: 1, feeds })).toEqual(Float32Array.of(12, Number.NaN));
    executable.dispose();
  });

  // By XLA's defaults each of the three drops it, and relu alone does not: see `compile-options.ts`.
  test("keeps a NaN in the maximum of two tensors, of a column, and of thousands of numbers", async () => {
    const [rows, columns] = [16, 512];
    const b = new Builder();
    const [x, y] = [
      b.parameter("x", tensor("f32", [rows, columns])),
      b.parameter("y", tensor("f32", [rows, 1])),
    ];
    const predict = b.finish("predict", "predict", rows, [
      { name: "of_two", value: b.maximum(y, b.slice(x, [0, 0], [rows, 1])) },
      { name: "of_rows", value: b.reduce(x, "max", [1]) },
      { name: "of_columns", value: b.reduce(x, "max", [0]) },
      { name: "of_few", value: b.reduce(b.slice(x, [0, 0], [rows, 8]), "max", [1]) },
    ]);
    const executable = await compile(xlaBackend, { name: "largest", state: [], functions: [predict] });
    const { inputs, outputs, run } = executable.invocation("predict", rows);
    inputs.get("x")?.fill(1);
    inputs.get("x")?.set([Number.NaN]);
    run();
    for (const [name, values] of outputs)
      expect([name, [...values].map(Number.isNaN).indexOf(true)]).toEqual([name, 0]);
    for (const [name, values] of outputs) expect([name, values[1]]).toEqual([name, 1]);
    executable.dispose();
  });

  test("says in its description which plugin computes", async () => {
    const { versions, deterministic } = await xlaBackend.describe();
    expect(versions["pjrt"]).toMatch(/^0\.\d+$/);
    expect(deterministic).toBe(false);
  });
});
