// The stages of an update: what clipping, freezing and adding up do to the weights, each against its formula.

import { describe, expect, test } from "@jest/globals";
import { lower } from "@netwright/compiler";
import { verify } from "@netwright/ir";
import { compiled, type ModelText, modelOf, numbers } from "./support.ts";

const flow = "dense(4, tanh)\n dense(2)";
/** With sgd at rate 1 a step takes the gradient off the weights. */
const plain = "loss: mse\n optimizer: sgd(learning_rate: 1)";

function batchOf(rows: number, offset = 0) {
  const targets = numbers(2 * rows, 50 + offset).map((value) => 5 * value);
  return { rows, feeds: { x: numbers(3 * rows, offset), y: targets } };
}

/** By weight, all of `init` less what is left after a step. */
async function gradientsOf(model: ModelText, rows = 6): Promise<ReadonlyMap<string, readonly number[]>> {
  const executable = await compiled(model, { step: [rows] });
  executable.init(5);
  const before = executable.readState();
  executable.step(batchOf(rows));
  const after = executable.readState();
  return new Map(
    [...after]
      .filter(([name]) => name !== "step")
      .map(([name, data]) => [name, Array.from(data, (value, i) => (before.get(name)?.[i] ?? 0) - value)]),
  );
}

function normOf(gradients: ReadonlyMap<string, readonly number[]>): number {
  return Math.hypot(...[...gradients.values()].flat());
}

function expectClose(found: Iterable<number>, expected: readonly number[], tolerance = 1e-5): void {
  const values = [...found];
  expect(values).toHaveLength(expected.length);
  for (const [i, value] of values.entries()) {
    expect(Math.abs(value - (expected[i] ?? Number.NaN))).toBeLessThan(tolerance);
  }
}

describe("clip", () => {
  test("clip_value cuts each number, clip_norm scales all weights together, both in this order", async () => {
    const free = await gradientsOf({ flow, train: plain });
    const clip = (limit: number) => (value: number) => Math.min(Math.max(value, -limit), limit);
    expect(Math.max(...[...free.values()].flat().map(Math.abs))).toBeGreaterThan(0.3);

    const cut = await gradientsOf({ flow, train: `${plain}\n clip_value: 0.3` });
    for (const [name, values] of free) expectClose(cut.get(name) ?? [], values.map(clip(0.3)));

    const norm = normOf(free);
    const short = await gradientsOf({ flow, train: `${plain}\n clip_norm: 0.5` });
    expect(norm).toBeGreaterThan(0.5);
    expect(normOf(short)).toBeCloseTo(0.5, 5);
    for (const [name, values] of free) {
      expectClose(
        short.get(name) ?? [],
        values.map((value) => (value * 0.5) / norm),
      );
    }

    const both = await gradientsOf({ flow, train: `${plain}\n clip_norm: 0.5\n clip_value: 0.3` });
    for (const [name, values] of cut) {
      expectClose(
        both.get(name) ?? [],
        values.map((value) => (value * 0.5) / normOf(cut)),
      );
    }
  });

  test("clip_norm_each scales each weight by itself, before clip_norm scales all", async () => {
    const free = await gradientsOf({ flow, train: plain });
    const lengths = [...free.values()].map((values) => Math.hypot(...values)).sort((a, b) => a - b);
    expect(lengths).toHaveLength(4);
    const limit = ((lengths[1] ?? 0) + (lengths[2] ?? 0)) / 2;
    const each = await gradientsOf({ flow, train: `${plain}\n clip_norm_each: ${limit}` });
    for (const [name, values] of free) {
      const scale = Math.min(1, limit / Math.hypot(...values));
      expectClose(
        each.get(name) ?? [],
        values.map((value) => value * scale),
      );
      if (scale === 1) expect(each.get(name)).toEqual(values);
    }
    const both = await gradientsOf({ flow, train: `${plain}\n clip_norm: 0.25\n clip_norm_each: ${limit}` });
    for (const [name, values] of each) {
      expectClose(
        both.get(name) ?? [],
        values.map((value) => (value * 0.25) / normOf(each)),
      );
    }
  });

  test("what is within the limits keeps its bits", async () => {
    const free = await gradientsOf({ flow, train: plain });
    expect(
      await gradientsOf({
        flow,
        train: `${plain}\n clip_value: 100\n clip_norm: 1000\n clip_norm_each: 1000`,
      }),
    ).toEqual(free);
  });

  test("over three steps, of which two are clipped", async () => {
    // The target sets the gradient of each weight: 2 (w - t) over two outputs is w - t.
    const executable = await compiled(
      {
        input: 1,
        flow: "dense(2, use_bias: false)",
        train: "loss: mse\n optimizer: sgd(learning_rate: 0.1)\n clip_norm: 0.5",
      },
      { step: [1] },
    );
    let weights: [number, number] = [1, -2];
    executable.writeState(new Map([["dense_1.kernel", Float32Array.from(weights)]]));
    for (const gradient of [
      [3, -4],
      [0.6, -0.8],
      [0.03, 0.04],
    ] as const) {
      const target = weights.map((weight, i) => weight - (gradient[i] ?? 0));
      executable.step({ rows: 1, feeds: { x: Float32Array.of(1), y: Float32Array.from(target) } });
      const scale = Math.min(1, 0.5 / Math.hypot(...gradient));
      weights = [weights[0] - 0.1 * scale * gradient[0], weights[1] - 0.1 * scale * gradient[1]];
      expectClose(executable.readState().get("dense_1.kernel") ?? [], weights, 1e-6);
    }
  });
});

describe("freeze", () => {
  test("a frozen layer has no gradient, no slot, no penalty and no write; the others are trained as before", async () => {
    const model = {
      flow: "dense(4, tanh, kernel_regularizer: l2(0.1))\n residual { dense(4) -> tanh }\n dense(2)",
      train: "optimizer: adam",
    };
    const program = lower(modelOf({ ...model, train: `${model.train}\n freeze: [dense_1, dense_2]` }), {
      step: [3],
    });
    expect(program.state.map(({ name }) => name)).toEqual([
      "dense_1.kernel",
      "dense_1.bias",
      "dense_2.kernel",
      "dense_2.bias",
      "dense_3.kernel",
      "dense_3.bias",
      "dense_3.kernel/m",
      "dense_3.kernel/v",
      "dense_3.bias/m",
      "dense_3.bias/v",
      "step",
    ]);
    const step = program.functions.find(({ kind }) => kind === "step");
    expect(step?.writes.filter((name) => name.startsWith("dense_1") || name.startsWith("dense_2"))).toEqual(
      [],
    );
    expect(verify(program)).toEqual([]);

    const all = await gradientsOf({ flow, train: plain });
    const some = await gradientsOf({ flow, train: `${plain}\n freeze: dense_1` });
    expect(some.get("dense_2.kernel")).toEqual(all.get("dense_2.kernel"));
    expect(some.get("dense_1.kernel")?.every((value) => value === 0)).toBe(true);
    // A part of the flow stands for the layers in it.
    const part = { ...model, train: `${model.train}\n freeze: residual_1` };
    expect(
      lower(modelOf(part), { step: [3] })
        .state.filter(({ role }) => role === "slot")
        .map(({ name }) => name),
    ).toEqual(
      ["dense_1", "dense_3"].flatMap((name) =>
        ["kernel/m", "kernel/v", "bias/m", "bias/v"].map((slot) => `${name}.${slot}`),
      ),
    );
    // Only the length of what is trained counts.
    const short = await gradientsOf({ flow, train: `${plain}\n freeze: dense_1\n clip_norm: 0.25` });
    expect(normOf(short)).toBeCloseTo(0.25, 5);
  });

  test("everything may be frozen", async () => {
    const frozen = await gradientsOf({ flow, train: `${plain}\n freeze: [dense_1, dense_2]\n clip_norm: 1` });
    expect(normOf(frozen)).toBe(0);
  });
});

describe("accumulate", () => {
  const sizes = { step: [2, 5, 9], accumulate: [5, 2], stepsPerEpoch: 4 };

  test.each(["sgd(learning_rate: 0.5)", "adam(learning_rate: 0.1)"])(
    "%s moves as by one batch of all rows, whatever the sizes",
    async (optimizer) => {
      const train = `loss: huber\n optimizer: ${optimizer}\n clip_norm: 0.4\n accumulate: 3`;
      const model = { flow: "dense(4, tanh, kernel_regularizer: l2(0.1))\n dense(2)", train };
      const [parts, whole] = [await compiled(model, sizes), await compiled(model, sizes)];
      for (const executable of [parts, whole]) executable.init(1);
      const [x, y] = [numbers(27), numbers(18, 40)];
      const cut = (from: number, rows: number) => ({
        rows,
        feeds: { x: x.slice(3 * from, 3 * (from + rows)), y: y.slice(2 * from, 2 * (from + rows)) },
      });
      for (let update = 1; update <= 3; update++) {
        const losses = [cut(0, 5), cut(5, 2)].map(({ rows, feeds }) => {
          const { inputs, outputs, run } = parts.invocation("accumulate", rows);
          for (const [name, input] of inputs) input.set(name === "x" ? feeds.x : feeds.y);
          run();
          return (outputs.get("loss")?.[0] ?? Number.NaN) * rows;
        });
        const last = parts.step(cut(7, 2)).loss;
        const loss = whole.step({ rows: 9, feeds: { x, y } }).loss;
        expect(losses.reduce((sum, part) => sum + part, 2 * last) / 9).toBeCloseTo(loss, 5);
        const [found, expected] = [parts.readState(), whole.readState()];
        for (const [name, data] of expected) expectClose(found.get(name) ?? [], [...data], 2e-5);
        expect(found.get("step")).toEqual(Int32Array.of(update));
        expect(found.get("accumulated_rows")).toEqual(Float32Array.of(0));
      }
    },
  );

  test("between updates the weights rest, and sums and random state change", async () => {
    const model = { flow: "dense(4)\n dropout(0.5)\n dense(2)", train: "optimizer: adam\n accumulate: 2" };
    const program = lower(modelOf(model), sizes);
    expect(verify(program)).toEqual([]);
    const func = program.functions.find(({ kind }) => kind === "accumulate");
    expect(func?.writes.filter((name) => !name.endsWith("/gradient"))).toEqual([
      "accumulated_rows",
      "random",
    ]);
    expect(lower(modelOf({ ...model, train: "optimizer: adam" }), { step: [2] }).state).not.toContainEqual(
      expect.objectContaining({ role: "gradient" }),
    );
  });

  test("schedules count updates", async () => {
    const executable = await compiled(
      {
        input: 1,
        flow: "dense(1, use_bias: false, kernel_initializer: zeros)",
        train:
          "loss: mae\n epochs: 1\n accumulate: 2\n optimizer: sgd(learning_rate: exponential_decay(1, decay_rate: 0.5, staircase: true))",
      },
      { step: [1], accumulate: [1], stepsPerEpoch: 3 },
    );
    executable.init(0);
    const seen: number[] = [];
    for (const kind of ["accumulate", "step", "step", "accumulate", "step"] as const) {
      const { inputs, run } = executable.invocation(kind, 1);
      inputs.get("x")?.fill(1);
      inputs.get("y")?.fill(-100);
      run();
      seen.push(executable.readState().get("dense_1.kernel")?.[0] ?? Number.NaN);
    }
    // Three batches are two updates of an epoch: the rate halves after the second.
    expect(seen).toEqual([0, -1, -2, -2, -2.5]);
  });
});

describe("weight_average", () => {
  const model = {
    input: 1,
    flow: "dense(2, use_bias: false)",
    train: "loss: mse\n optimizer: sgd(learning_rate: 0.1)\n weight_average: 0.9",
  };

  test("as Keras 3.15.1 with ema_momentum 0.9, and predictions are those of the average", async () => {
    const executable = await compiled(model, { step: [1], predict: [1], evaluate: [1] });
    executable.init(3);
    expect(executable.readState().get("dense_1.kernel/average")).toEqual(
      executable.readState().get("dense_1.kernel"),
    );
    executable.writeState(new Map([["dense_1.kernel", Float32Array.of(1, -2)]]));
    const keras = [
      { gradient: [0.5, -0.25], weight: [0.95, -1.975], average: [0.95, -1.975] },
      { gradient: [1, 0.5], weight: [0.84999996, -2.025], average: [0.94, -1.9800001] },
      { gradient: [-0.3, 2], weight: [0.88, -2.2250001], average: [0.93399996, -2.0045002] },
    ];
    const x = Float32Array.of(1);
    for (const { gradient, weight, average } of keras) {
      const before = executable.readState().get("dense_1.kernel") ?? [];
      const y = Float32Array.from(before, (value, i) => value - (gradient[i] ?? 0));
      executable.step({ rows: 1, feeds: { x, y } });
      const state = executable.readState();
      expectClose(state.get("dense_1.kernel") ?? [], weight, 1e-6);
      expectClose(state.get("dense_1.kernel/average") ?? [], average, 1e-6);
      const kept = Float32Array.from(state.get("dense_1.kernel/average") ?? []);
      expect(executable.predict({ rows: 1, feeds: { x } })).toEqual(kept);
      const feeds = { x, y, weight: Float32Array.of(1) };
      expect(executable.evaluate({ rows: 1, feeds }).prediction).toEqual(kept);
    }
  });

  test("a model that only predicts holds it, and a frozen layer has none", () => {
    const state = (train: string) =>
      lower(modelOf({ flow, train }), { predict: [1] }).state.map(({ role, name }) => `${role} ${name}`);
    expect(state("weight_average: 0.5\n freeze: dense_1")).toEqual([
      "weight dense_1.kernel",
      "weight dense_1.bias",
      "weight dense_2.kernel",
      "weight dense_2.bias",
      "average dense_2.kernel/average",
      "average dense_2.bias/average",
    ]);
    expect(state("loss: mse")).toHaveLength(4);
    const all = lower(modelOf({ flow, train: "weight_average: 0.5\n accumulate: 2" }), {
      step: [2],
      accumulate: [2],
      predict: [1],
      trace: [1],
    });
    expect(verify(all)).toEqual([]);
  });
});

describe("constraint", () => {
  const after = async (constraint: string, kernel: readonly number[], bias: readonly number[]) => {
    const executable = await compiled(
      {
        input: 2,
        flow: `dense(2, kernel_constraint: ${constraint}, bias_constraint: ${constraint})`,
        train: "optimizer: sgd(learning_rate: 1)",
      },
      { step: [1] },
    );
    executable.writeState(
      new Map([
        ["dense_1.kernel", Float32Array.from(kernel)],
        ["dense_1.bias", Float32Array.from(bias)],
      ]),
    );
    // With x = 0 and y = bias there is no gradient.
    executable.step({ rows: 1, feeds: { x: new Float32Array(2), y: Float32Array.from(bias) } });
    const state = executable.readState();
    return [...(state.get("dense_1.kernel") ?? []), ...(state.get("dense_1.bias") ?? [])];
  };

  test("non_neg", async () => {
    expect(await after("non_neg", [1, -2, -0.5, 3], [-1, 2])).toEqual([1, 0, 0, 3, 0, 2]);
  });

  test("unit_norm gives the weights of each output the length 1, and leaves zeros", async () => {
    expectClose(await after("unit_norm", [3, 0, 4, 0], [6, 8]), [0.6, 0, 0.8, 0, 0.6, 0.8], 1e-6);
  });

  test("min_max_norm brings lengths between its bounds, by a share of the way", async () => {
    // Columns (3, 4) of length 5 and (0.3, 0.4) of 0.5; a bias within the bounds.
    const kernel = [3, 0.3, 4, 0.4];
    const bounds = "min_value: 1, max_value: 2";
    expectClose(
      await after(`min_max_norm(${bounds})`, kernel, [0.9, 1.2]),
      [1.2, 0.6, 1.6, 0.8, 0.9, 1.2],
      1e-6,
    );
    // Half of the way: lengths of 3.5 and 0.75.
    expectClose(
      await after(`min_max_norm(${bounds}, rate: 0.5)`, kernel, [0.9, 1.2]),
      [2.1, 0.45, 2.8, 0.6, 0.9, 1.2],
      1e-6,
    );
  });

  test("max_norm scales the weights of each output, and a bias as a whole", async () => {
    // Columns (3, 4) of length 5 and (0.5, 0) within the limit, which keeps its bits; the bias (6, 8) of length 10.
    expectClose(await after("max_norm", [3, 0.5, 4, 0], [6, 8]), [1.2, 0.5, 1.6, 0, 1.2, 1.6], 1e-6);
    expectClose(await after("max_norm(4)", [3, 0.5, 4, 0], [0, 0]), [2.4, 0.5, 3.2, 0, 0, 0], 1e-6);
  });
});
