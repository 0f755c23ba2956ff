// Ensembles inside a network: the layers of their members, the loss of each, the mean that predicts. Values are those of
// the package `tabm`, in `golden/tabm.jsonl`, whose first line says where they come from.

import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { losses, lower, modelVariables } from "@netwright/compiler";
import { at } from "@netwright/definitions";
import { verify } from "@netwright/ir";
import { compiled, modelOf, numbers } from "./support.ts";

interface Golden {
  readonly loss: "mse" | "cross_entropy";
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly weights: Readonly<Record<string, readonly number[]>>;
  readonly prediction: readonly number[];
  readonly evaluated: number;
  readonly losses: readonly number[];
  readonly after: Readonly<Record<string, readonly number[]>>;
}

const [, ...cases] = readFileSync(new URL("./golden/tabm.jsonl", import.meta.url), "utf8")
  .trim()
  .split("\n");

const flow = (outputs: number) => `members(4)
  repeat 2 {
    member_scale
    dense(5, use_bias: false)
    member_scale(use_bias: true)
    relu
  }
  member_dense(${outputs})`;

describe.each(
  cases.map((line): [string, Golden] => {
    const golden: Golden = JSON.parse(line);
    return [golden.loss, golden];
  }),
)("TabM with %s", (loss, golden) => {
  const rows = 6;
  const outputs = loss === "mse" ? 1 : 3;
  const network = {
    input: 3,
    flow: flow(outputs),
    train: `loss: ${loss}\n optimizer: sgd(learning_rate: 0.1)`,
  };
  const y = loss === "mse" ? Float32Array.from(golden.y) : Int32Array.from(golden.y);
  const x = Float32Array.from(golden.x);
  const start = async () => {
    const executable = await compiled(network, { step: [rows], predict: [rows], evaluate: [rows] });
    executable.init(0);
    executable.writeState(
      new Map(Object.entries(golden.weights).map(([name, w]) => [name, Float32Array.from(w)])),
    );
    return executable;
  };

  test("predicts the mean of the members", async () => {
    expectClose((await start()).predict({ rows, feeds: { x } }), golden.prediction);
  });

  test("is evaluated by the mean prediction", async () => {
    const executable = await start();
    const feeds = { x, y, weight: new Float32Array(rows).fill(1) };
    const { loss: sum, prediction } = executable.evaluate({ rows, feeds });
    expect(sum / rows).toBeCloseTo(golden.evaluated, 5);
    expectClose(prediction, golden.prediction);
  });

  test("trains each member by its own loss", async () => {
    const executable = await start();
    for (const expected of golden.losses)
      expect(executable.step({ rows, feeds: { x, y } }).loss).toBeCloseTo(expected, 5);
    const state = executable.readState();
    for (const [name, expected] of Object.entries(golden.after)) expectClose(state.get(name), expected);
  });
});

describe("the mean of members", () => {
  const members = 3;
  const rows = 4;
  const examples: readonly (readonly [string, number])[] = [
    ["mse", 2],
    ["mae", 1],
    ["huber", 1],
    ["log_cosh", 1],
    ["quantile(0.9)", 1],
    ["quantile(levels: [0.1, 0.5, 0.9])", 3],
    ["poisson", 2],
    ["kl_divergence", 3],
    ["cross_entropy(smoothing: 0.1)", 3],
    ["focal", 3],
    ["binary_cross_entropy", 1],
    ["hinge", 1],
    ["ordinal", 3],
    ["multi_label_cross_entropy", 2],
  ];

  test.each(examples)("of %s is that of their predictions", async (loss, width) => {
    const train = `loss: ${loss}\n optimizer: sgd`;
    // One member alone passes what it is given on, so that all predictions can be asked for.
    const single = await compiled({ input: width, flow: "linear", train }, { predict: [1] });
    const several = await compiled(
      { input: width, flow: "members(3) -> member_scale(use_bias: true)", train },
      { predict: [rows], step: [rows] },
    );
    several.init(1);
    const scale = numbers(members * width).map((value) => 3 * value);
    const bias = numbers(members * width, 50);
    several.writeState(
      new Map([
        ["member_scale_1.scale", scale],
        ["member_scale_1.bias", bias],
      ]),
    );
    const x = numbers(rows * width, 9).map((value) => 4 * value);
    const predicted = several.predict({ rows, feeds: { x } });
    const size = predicted.length / rows;
    for (let row = 0; row < rows; row++) {
      const sums = new Float64Array(size);
      for (let member = 0; member < members; member++) {
        const given = Float32Array.from(
          { length: width },
          (_, j) => at(x, row * width + j) * at(scale, member * width + j) + at(bias, member * width + j),
        );
        for (const [j, value] of single.predict({ rows: 1, feeds: { x: given } }).entries())
          sums[j] = at(sums, j) + value;
      }
      expectClose(
        predicted.subarray(row * size, (row + 1) * size),
        [...sums].map((sum) => sum / members),
      );
    }
  });

  // A direction, whose mean is no longer of length 1, and a normal distribution, whose mixture has another spread.
  const others = ["gaussian_nll", "cosine_similarity"];

  test("is tried with every loss but those whose mean is another one", () => {
    const named = new Set(examples.map(([loss]) => loss.replace(/\(.*/, "")));
    expect([...losses.keys()].filter((name) => !named.has(name))).toEqual(others);
  });

  test("of directions points where their sum does", async () => {
    const several = await compiled(
      {
        input: 2,
        flow: "members(2) -> member_scale",
        train: "loss: cosine_similarity\n optimizer: sgd",
      },
      { predict: [1] },
    );
    several.writeState(new Map([["member_scale_1.scale", Float32Array.of(3, 0, 0, 0.5)]]));
    // [3, 0] and [0, 0.5]: each counts as a direction, whatever its length.
    expectClose(several.predict({ rows: 1, feeds: { x: Float32Array.of(1, 1) } }), [
      Math.SQRT1_2,
      Math.SQRT1_2,
    ]);
  });

  test.each([
    ["cross_entropy", 3],
    ["binary_cross_entropy", 1],
    ["multi_label_cross_entropy", 1],
    ["ordinal", 3],
    ["poisson", 1],
  ] as const)("of %s does not overflow where members are sure and disagree", async (loss, width) => {
    const executable = await compiled(
      {
        input: width,
        flow: "members(2) -> member_scale",
        train: `loss: ${loss}\n optimizer: sgd`,
      },
      { evaluate: [1], step: [1] },
    );
    executable.init(0);
    const scale = Float32Array.from({ length: 2 * width }, (_, i) => (i < width ? 80 : -80));
    executable.writeState(new Map([["member_scale_1.scale", scale]]));
    const kind = losses.get(loss)?.target;
    const y = kind === "class" || kind === "ordinal" ? Int32Array.of(1) : Float32Array.of(1);
    const x = new Float32Array(width).fill(1);
    const result = executable.evaluate({ rows: 1, feeds: { x, y, weight: Float32Array.of(1) } });
    expect(Number.isFinite(result.loss)).toBe(true);
    for (const value of result.prediction) expect(Number.isFinite(value)).toBe(true);
  });
});

describe("chosen members", () => {
  test.each([
    ["mse", 1],
    ["cross_entropy", 3],
    ["binary_cross_entropy", 1],
    ["poisson", 1],
    ["ordinal", 2],
  ] as const)("predict by %s as if there were no others, whatever these give", async (loss, width) => {
    const train = `loss: ${loss}\n optimizer: sgd`;
    const flow = (members: string) => `members(${members}) -> member_scale`;
    const [some, two] = await Promise.all([
      compiled({ input: width, flow: flow("4, choose: best"), train }, { predict: [3] }),
      compiled({ input: width, flow: flow("2"), train }, { predict: [3] }),
    ]);
    const scale = numbers(2 * width);
    const broken = new Float32Array(width).fill(Number.NaN);
    const endless = new Float32Array(width).fill(1e38);
    const [first, second] = [scale.subarray(0, width), scale.subarray(width)];
    some.writeState(
      new Map([
        ["members_1.chosen", Float32Array.of(1, 0, 0, 1)],
        ["member_scale_1.scale", Float32Array.of(...first, ...broken, ...endless, ...second)],
      ]),
    );
    two.writeState(new Map([["member_scale_1.scale", scale]]));
    const feeds = { x: numbers(3 * width, 7) };
    expectClose(some.predict({ rows: 3, feeds }), [...two.predict({ rows: 3, feeds })]);
  });
});

describe("members", () => {
  test("that are one are the network without them", async () => {
    const train = "loss: mse\n optimizer: adam";
    const trained = async (flow: string) => {
      const executable = await compiled({ flow, train }, { step: [4], predict: [4] });
      executable.init(3);
      for (let i = 0; i < 3; i++)
        executable.step({ rows: 4, feeds: { x: numbers(12, i), y: numbers(4, 40 + i) } });
      return executable.predict({ rows: 4, feeds: { x: numbers(12) } });
    };
    expect(await trained("members(1) -> member_dense(8, tanh) -> member_dense(1)")).toEqual(
      await trained("dense(8, tanh) -> dense(1)"),
    );
  });

  test("start each as a layer of its own does", async () => {
    const executable = await compiled({ input: 6, flow: "members(4) -> member_dense(5)" }, { step: [1] });
    executable.init(1);
    const kernel = executable.readState().get("member_dense_1.kernel");
    const limit = Math.sqrt(6 / (6 + 5));
    const largest = Math.max(...Array.from(kernel ?? [], Math.abs));
    expect(largest).toBeLessThan(limit);
    expect(largest).toBeGreaterThan(0.9 * limit);
    expect(new Set(kernel).size).toBe(4 * 6 * 5);
  });

  test("share what is between their scales", () => {
    const model = modelOf({ flow: flow(1) });
    expect(modelVariables(model).map(({ id, shape }) => [id, shape])).toEqual([
      ["member_scale_1.scale", [4, 3]],
      ["dense_1.kernel", [3, 5]],
      ["member_scale_2.scale", [4, 5]],
      ["member_scale_2.bias", [4, 5]],
      ["member_scale_3.scale", [4, 5]],
      ["dense_2.kernel", [5, 5]],
      ["member_scale_4.scale", [4, 5]],
      ["member_scale_4.bias", [4, 5]],
      ["member_dense_1.kernel", [4, 5, 1]],
      ["member_dense_1.bias", [4, 1]],
    ]);
    expect(model.outputs).toEqual([
      expect.objectContaining({ members: 4, type: { kind: "number", shape: [4, 1] } }),
    ]);
    expect(verify(lower(model, { step: [4], predict: [1], evaluate: [4] }))).toEqual([]);
  });

  test("are over where a layer makes another size of them", () => {
    const { outputs } = modelOf({ flow: "members(4) -> dense(2, relu) -> flatten -> dense(1)" });
    expect(outputs[0]?.members).toBeUndefined();
  });

  test.each([
    "conv1d(3, 3, padding: same)",
    "simple_rnn(3, return_sequences: true)",
    "parallel { wide { dense(3) } near { conv1d(3, 3, padding: same) } } -> add",
  ])("are over where %s takes their numbers together", (layer) => {
    const { outputs } = modelOf({ flow: `members(4) -> ${layer} -> member_dense(1)` });
    expect(outputs[0]?.type.shape).toEqual([4, 1]);
    expect(outputs[0]?.members).toBeUndefined();
  });

  test.each([
    "dense(3, relu)",
    "batch_norm",
    "dropout(20%)",
    "learned_scale",
    "softmax",
    "activation(tanh)",
    "parametric_activation(selu)",
    "member_dense(3)",
    "parallel { wide { dense(3) } deep { relu } } -> concat",
    "residual { dense(3) -> relu }",
  ])("stay apart in %s, whatever the others give", async (layer) => {
    const flow = `members(4, choose: best) -> member_scale -> ${layer} -> member_dense(1)`;
    const executable = await compiled({ flow }, { predict: [3], step: [3] });
    executable.init(1);
    executable.writeState(new Map([["members_1.chosen", Float32Array.of(0, 1, 0, 0)]]));
    const predicted = (scale: number) => {
      const others = new Float32Array(3).fill(scale);
      const scales = Float32Array.of(...others, 1, 2, 3, ...others, ...others);
      executable.writeState(new Map([["member_scale_1.scale", scales]]));
      return [...executable.predict({ rows: 3, feeds: { x: numbers(9) } })];
    };
    const alone = predicted(0);
    expect(alone.every(Number.isFinite)).toBe(true);
    expect(predicted(-7)).toEqual(alone);
  });

  test.each(["member_scale", "member_dense(2)"])("%s needs them", (layer) => {
    expect(() => modelOf({ flow: layer })).toThrow(/takes the numbers of several members/);
  });
});

function expectClose(actual: ArrayLike<number> | undefined, expected: readonly number[]): void {
  expect(actual).toHaveLength(expected.length);
  for (const [i, value] of expected.entries())
    expect(Math.abs((actual?.[i] ?? Number.NaN) - value)).toBeLessThan(4e-6 * Math.max(1, Math.abs(value)));
}
