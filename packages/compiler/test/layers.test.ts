// Layers and flow: values, shapes, names of weights, and what training and predicting do differently.

import { describe, expect, test } from "@jest/globals";
import { lower, modelVariables } from "@netwright/compiler";
import { verify } from "@netwright/ir";
import type { Executable } from "@netwright/runtime";
import { compiled, modelOf, numbers } from "./support.ts";

function set(executable: Executable, weights: Readonly<Record<string, readonly number[]>>): void {
  executable.writeState(new Map(Object.entries(weights).map(([name, w]) => [name, Float32Array.from(w)])));
}

describe("dense", () => {
  test("x kernel + bias", async () => {
    const executable = await compiled({ input: 2, flow: "dense(3)" }, { predict: [2] });
    set(executable, { "dense_1.kernel": [1, 2, 3, 4, 5, 6], "dense_1.bias": [10, 20, 30] });
    expect([...executable.predict({ rows: 2, feeds: { x: Float32Array.of(1, 1, 2, 0) } })]).toEqual([
      15, 27, 39, 12, 24, 36,
    ]);
  });

  test("without a bias there is none in the state", () => {
    expect(modelVariables(modelOf({ flow: "dense(3, use_bias: false)" })).map(({ id }) => id)).toEqual([
      "dense_1.kernel",
    ]);
  });
});

describe("dropout", () => {
  const x = new Float32Array(2000).fill(1);
  const flow = "dropout(0.25)";

  test("does nothing when predicting", async () => {
    const executable = await compiled({ input: 2000, flow }, { predict: [1] });
    expect(executable.predict({ rows: 1, feeds: { x } })).toEqual(x);
  });

  test("drops its share and keeps the mean while training, differently in every step", async () => {
    // The loss of the step against 0 is the mean square of what is left.
    const executable = await compiled({ input: 2000, flow }, { step: [1] });
    executable.init(3);
    const losses = [0, 1, 2].map(
      () => executable.step({ rows: 1, feeds: { x, y: new Float32Array(2000) } }).loss,
    );
    for (const loss of losses) expect(loss).toBeCloseTo(0.75 * (1 / 0.75) ** 2, 0);
    expect(new Set(losses).size).toBe(3);
    executable.init(3);
    expect(executable.step({ rows: 1, feeds: { x, y: new Float32Array(2000) } }).loss).toBe(losses[0]);
  });

  test("keeps a generator in the state only where it draws", () => {
    const roles = (rate: string) =>
      lower(modelOf({ flow: `dropout(${rate})` }), { step: [1] }).state.map(({ role }) => role);
    expect(roles("0.5")).toContain("random");
    expect(roles("0")).not.toContain("random");
  });
});

describe("flow", () => {
  test("residual adds its input", async () => {
    const executable = await compiled({ input: 2, flow: "residual { relu }" }, { predict: [1] });
    expect([...executable.predict({ rows: 1, feeds: { x: Float32Array.of(3, -4) } })]).toEqual([6, -4]);
  });

  test("residual with a projection", async () => {
    const executable = await compiled(
      { input: 1, flow: "residual(project: dense) { dense(2) }" },
      { predict: [1] },
    );
    set(executable, {
      "dense_1.kernel": [1, 2],
      "dense_1.bias": [0, 0],
      "dense_2.kernel": [10, 20],
      "dense_2.bias": [100, 200],
    });
    expect([...executable.predict({ rows: 1, feeds: { x: Float32Array.of(1) } })]).toEqual([111, 222]);
  });

  test.each([
    ["concat", [2, -3, 2, 0]],
    ["add", [4, -3]],
    ["multiply", [4, -0]],
  ])("parallel -> %s", async (merge, expected) => {
    const flow = `parallel { same { linear } bent { relu } } -> ${merge}`;
    const executable = await compiled({ input: 2, flow }, { predict: [1] });
    expect([...executable.predict({ rows: 1, feeds: { x: Float32Array.of(2, -3) } })]).toEqual(expected);
  });

  test("repeat gives every layer its own weights", () => {
    expect(modelOf({ flow: "repeat 3 { dense(4, relu) }" }).nodes.map(({ name }) => name)).toEqual([
      "dense_1",
      "dense_2",
      "dense_3",
    ]);
  });
});

test("trace gives the output of every layer, the last of them the prediction", async () => {
  const executable = await compiled(
    { flow: "dense(4, tanh)\n dense(2)" },
    { step: [2], trace: [2], predict: [2] },
  );
  executable.init(1);
  const x = numbers(6);
  const trace = executable.trace({ rows: 2, feeds: { x } });
  expect([...trace.keys()]).toEqual(["dense_1", "dense_2"]);
  expect(trace.get("dense_2")).toEqual(executable.predict({ rows: 2, feeds: { x } }));
});

test("a step reports the loss before the update, and training lowers it", async () => {
  const executable = await compiled(
    { flow: "dense(8, tanh)\n dense(1)", train: "loss: mse\n optimizer: adam(0.01)" },
    { step: [4] },
  );
  executable.init(2);
  const batch = { rows: 4, feeds: { x: numbers(12), y: numbers(4, 50) } };
  const first = executable.step(batch).loss;
  for (let i = 0; i < 200; i++) executable.step(batch);
  expect(executable.step(batch).loss).toBeLessThan(0.01 * first);
});

test("every program verifies", () => {
  const flow =
    "residual { dense(3, gelu) -> dropout(0.1) }\n parallel { a { mish } b { softmax } } -> concat\n flatten\n dense(2)";
  const train = "loss: log_cosh\n optimizer: adamw";
  const sizes = { step: [4, 3], evaluate: [4, 2], predict: [1, 5], trace: [4] };
  expect(verify(lower(modelOf({ flow, train }), sizes))).toEqual([]);
});
