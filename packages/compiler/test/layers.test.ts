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

describe("embeddings of numbers", () => {
  test("lie side by side, number by number, with the numbers themselves behind them", () => {
    const widths = (flow: string) => modelOf({ input: 5, flow }).nodes[0]?.type.shape;
    expect(widths("periodic_embedding")).toEqual([20]);
    expect(widths("piecewise_linear_embedding(6)")).toEqual([30]);
    expect(() => modelOf({ input: "5, 2", flow: "periodic_embedding" })).toThrow("`flatten`");
    expect(() => modelOf({ flow: "piecewise_linear_embedding(low: 1, high: 1)" })).toThrow("no width");
  });

  test("start with phases all around, and with frequencies of the stated spread", async () => {
    const executable = await compiled(
      { input: 50, flow: "periodic_embedding(4, frequencies: 40, sigma: 0.3)" },
      { step: [1] },
    );
    executable.init(1);
    const state = executable.readState();
    const [frequencies, phases] = ["frequencies", "phases"].map((name) =>
      Array.from(state.get(`periodic_embedding_1.${name}`) ?? []),
    );
    const deviation = (values: readonly number[] = []) =>
      Math.sqrt(values.reduce((sum, x) => sum + x * x, 0) / values.length);
    expect(deviation(frequencies)).toBeCloseTo(0.3, 1);
    expect(deviation(phases)).toBeCloseTo(Math.PI / Math.sqrt(3), 1);
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

  test("with a schedule drops the share of each step, and none where that is 0", async () => {
    const lossesOf = async (rate: string) => {
      const sizes = { step: [1], predict: [1] };
      const executable = await compiled({ input: 2000, flow: `dropout(${rate})` }, sizes);
      executable.init(3);
      const feeds = { x, y: new Float32Array(2000) };
      const losses = [0, 1, 2, 3].map(() => executable.step({ rows: 1, feeds }).loss);
      expect(executable.predict({ rows: 1, feeds: { x } })).toEqual(x);
      return losses;
    };
    const found = await lossesOf("piecewise_constant(boundaries: [0, 1], values: [0, 0.5, 0.75])");
    const [half, more] = [await lossesOf("0.5"), await lossesOf("0.75")];
    expect(found).toEqual([1, half[1], more[2], more[3]]);
  });

  test("with a schedule that gives one number is that number, to the bit", async () => {
    const trained = async (rate: string) => {
      const model = {
        flow: `dense(8, tanh)\n dropout(${rate})\n dense(2)`,
        train: "loss: mse\n optimizer: adam\n accumulate: 2",
      };
      const executable = await compiled(model, { step: [4], accumulate: [4], stepsPerEpoch: 4 });
      executable.init(3);
      for (let i = 0; i < 3; i++) {
        const { inputs, run } = executable.invocation("accumulate", 4);
        inputs.get("x")?.set(numbers(12, i));
        inputs.get("y")?.set(numbers(8, i + 50));
        run();
        executable.step({ rows: 4, feeds: { x: numbers(12, i + 9), y: numbers(8, i + 70) } });
      }
      return executable.readState();
    };
    const half = "piecewise_constant(boundaries: [1], values: [0.5, 0.5])";
    expect(await trained(half)).toEqual(await trained("0.5"));
    // Batches of one update have the rate of that update.
    const falling = await trained("piecewise_constant(boundaries: [0, 1], values: [0.5, 0, 0])");
    expect(falling).not.toEqual(await trained("0.5"));
  });

  test("a model that does not train knows nothing of the time", () => {
    const model = modelOf({ flow: "dropout(cosine(0.5))" });
    expect(lower(model, { predict: [2], evaluate: [2], trace: [2] }).state).toEqual([]);
    expect(() => lower(model, { step: [2] })).toThrow("steps in an epoch");
    expect(verify(lower(model, { step: [2], stepsPerEpoch: 3 }))).toEqual([]);
  });

  test("keeps a generator in the state only where it draws", () => {
    const roles = (rate: string) =>
      lower(modelOf({ flow: `dropout(${rate})` }), { step: [1] }).state.map(({ role }) => role);
    expect(roles("0.5")).toContain("random");
    expect(roles("0")).not.toContain("random");
    expect(roles("cosine(0.5, decay_steps: 3)")).toContain("random");
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

describe("shared weights", () => {
  const flow =
    "parallel { a { shared(dense(2, tanh)) } b { relu -> shared(dense(2, tanh)) } } -> add\n dense(1)";

  test("belong to the first use, once in the state", () => {
    const model = modelOf({ input: 2, flow });
    expect(modelVariables(model).map(({ id }) => id)).toEqual([
      "dense_1.kernel",
      "dense_1.bias",
      "dense_3.kernel",
      "dense_3.bias",
    ]);
    expect(model.nodes.map(({ weights }) => weights)).toEqual([
      "dense_1",
      "relu_1",
      "dense_1",
      "add_1",
      "dense_3",
    ]);
  });

  test("are what two layers with the same weights compute, and take the gradients of both", async () => {
    const own = "parallel { a { dense(2, tanh) } b { relu -> dense(2, tanh) } } -> add\n dense(1)";
    const train = "loss: mse\n optimizer: sgd(0.1)";
    const sizes = { step: [4], predict: [4] };
    const shared = await compiled({ input: 2, flow, train }, sizes);
    const separate = await compiled({ input: 2, flow: own, train }, sizes);
    shared.init(4);
    const start = shared.readState();
    const both = new Map([...start, ...["kernel", "bias"].map((name) => twin(start, name))]);
    separate.init(4);
    separate.writeState(new Map([...both].filter(([name]) => /^dense/.test(name))));
    const batch = { rows: 4, feeds: { x: numbers(8), y: numbers(4, 20) } };
    const { x } = batch.feeds;
    expect(shared.predict({ rows: 4, feeds: { x } })).toEqual(separate.predict({ rows: 4, feeds: { x } }));
    shared.step(batch);
    separate.step(batch);
    const moved = (name: string) => {
      const change = (state: ReadonlyMap<string, ArrayLike<number>>, id: string) =>
        Array.from(state.get(id) ?? []).map((value, i) => value - (both.get(id)?.[i] ?? 0));
      const [one, other] = [
        change(separate.readState(), `dense_1.${name}`),
        change(separate.readState(), `dense_2.${name}`),
      ];
      for (const [i, value] of change(shared.readState(), `dense_1.${name}`).entries())
        expect(value).toBeCloseTo((one[i] ?? 0) + (other[i] ?? 0), 5);
    };
    moved("kernel");
    moved("bias");
  });
});

function twin(state: ReturnType<Executable["readState"]>, name: string) {
  return [`dense_2.${name}`, state.get(`dense_1.${name}`) ?? new Float32Array()] as const;
}

test("statistics are those of training while training, and moved ones are what predicts", async () => {
  const executable = await compiled(
    { input: 1, flow: "batch_norm(momentum: 0.5)" },
    { step: [2], predict: [1] },
  );
  executable.init(1);
  executable.step({ rows: 2, feeds: { x: Float32Array.of(2, 6), y: Float32Array.of(0, 0) } });
  const state = executable.readState();
  expect(state.get("batch_norm_1.moving_mean")).toEqual(Float32Array.of(2));
  expect(state.get("batch_norm_1.moving_variance")).toEqual(Float32Array.of(2.5));
  executable.writeState(
    new Map([
      ["batch_norm_1.gamma", Float32Array.of(1)],
      ["batch_norm_1.beta", Float32Array.of(0)],
    ]),
  );
  const [prediction] = executable.predict({ rows: 1, feeds: { x: Float32Array.of(4) } });
  expect(prediction).toBeCloseTo(2 / Math.sqrt(2.501), 5);
});

test("average is the mean of its inputs", async () => {
  const flow = "parallel { a { linear } b { relu } c { linear } } -> average";
  const executable = await compiled({ input: 2, flow }, { predict: [1] });
  expect([...executable.predict({ rows: 1, feeds: { x: Float32Array.of(3, -6) } })]).toEqual([3, -4]);
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

test("trace gives behind the outputs what each step takes of which, of padding nothing", async () => {
  const flow = "masking\n multi_head_attention(2, key_dim: 3)\n flatten\n dense(1)";
  const executable = await compiled({ input: "3, 2", flow }, { step: [1], trace: [1] });
  executable.init(1);
  // The last of three steps is padding.
  const trace = executable.trace({ rows: 1, feeds: { x: Float32Array.of(0.5, -1, 2, 0.25, 0, 0) } });
  expect([...trace.keys()]).toEqual([
    "masking_1",
    "multi_head_attention_1",
    "flatten_1",
    "dense_1",
    "multi_head_attention_1.attention",
  ]);
  const shares = trace.get("multi_head_attention_1.attention") ?? [];
  expect(shares).toHaveLength(2 * 3 * 3);
  for (let line = 0; line < 6; line++) {
    const [a = 0, b = 0, padding] = Array.from(shares).slice(3 * line, 3 * line + 3);
    expect([a > 0, b > 0, padding]).toEqual([true, true, 0]);
    expect(a + b).toBeCloseTo(1, 6);
  }
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
