// Every loss against its formula in double precision, with one and with two outputs.

import { describe, expect, test } from "@jest/globals";
import { losses } from "@netwright/compiler";
import { compiled } from "./support.ts";

const formulas: Readonly<Record<string, (e: number) => number>> = {
  mae: Math.abs,
  mse: (e) => e * e,
  huber: (e) => (Math.abs(e) <= 1 ? (e * e) / 2 : Math.abs(e) - 0.5),
  quantile: (e) => Math.abs(e) / 2,
  log_cosh: (e) => Math.abs(e) + Math.log1p(Math.exp(-2 * Math.abs(e))) - Math.LN2,
};

const prediction = Float32Array.of(0, 0.5, -0.5, 3, -40, 1, 1, 1);
const target = Float32Array.of(0, 0.25, 0.25, 0, 40, 1, -1, 2);

const ofOneNumber = [...losses.values()].filter(
  ({ target: of, spread }) => of === "number" && spread !== true,
);

test.each(ofOneNumber.map(({ name }) => name))("%s", async (name) => {
  const formula = formulas[name];
  if (formula === undefined) throw new Error(`no formula for ${name} in this test`);
  for (const outputs of [1, 2]) {
    const rows = prediction.length / outputs;
    const model = { input: outputs, flow: "linear", train: `loss: ${name}\n optimizer: sgd` };
    const executable = await compiled(model, { evaluate: [rows] });
    const { loss } = executable.evaluate({
      rows,
      feeds: { x: prediction, y: target, weight: new Float32Array(rows).fill(1) },
    });
    const expected = [...prediction].reduce((sum, p, i) => sum + formula(p - (target[i] ?? 0)), 0) / outputs;
    expect(Math.abs(loss - expected)).toBeLessThan(1e-5 * expected + 1e-6);
  }
});

test("huber takes its delta", async () => {
  const model = { input: 1, flow: "linear", train: "loss: huber(delta: 2)\n optimizer: sgd" };
  const executable = await compiled(model, { evaluate: [1] });
  const feeds = { x: Float32Array.of(5), y: Float32Array.of(0), weight: Float32Array.of(1) };
  expect(executable.evaluate({ rows: 1, feeds }).loss).toBeCloseTo(8, 5);
});

test.each([
  ["quantile(0.1)", 0.37],
  ["quantile(0.5)", 0.65],
  ["quantile(0.9)", 0.93],
])("%s is that of scikit-learn", async (loss, expected) => {
  const model = { input: 3, flow: "linear", train: `loss: ${loss}\n optimizer: sgd` };
  const executable = await compiled(model, { evaluate: [1] });
  const feeds = { x: Float32Array.of(0.4, -2, 2.5), y: Float32Array.of(0, 1, 2), weight: Float32Array.of(1) };
  expect(executable.evaluate({ rows: 1, feeds }).loss).toBeCloseTo(expected, 6);
});

test("rows count by their weight, and a row of weight 0 not at all, whatever its loss", async () => {
  const model = { input: 1, flow: "linear", train: "loss: mse\n optimizer: sgd" };
  const executable = await compiled(model, { evaluate: [3] });
  const feeds = {
    x: Float32Array.of(3, Number.POSITIVE_INFINITY, 5),
    y: Float32Array.of(1, 0, 4),
    weight: Float32Array.of(2, 0, 0.5),
  };
  expect(executable.evaluate({ rows: 3, feeds })).toMatchObject({ loss: 2 * 4 + 0.5, weight: 2.5 });
});

// The formula of torch's `GaussianNLLLoss` in double precision, 0.5 (log(var) + (m - t)^2 / var), and its derivatives by the mean
// and by the x of which the root of the variance is softplus(x) + 1e-3; with beta those of Seitzer et al., times var^beta, which is
// for training alone.
describe("gaussian_nll", () => {
  const outputs = [0.3, -0.4, -2, 3, 0.25, -30, 5, 60];
  const targets = [1.1, 0.5, 0.2, -7];
  const known: readonly (readonly [string, readonly number[], readonly number[]])[] = [
    [
      "gaussian_nll",
      [0.5456477512969884, 1.4510284059729408, 1243.09224448717, 4.114360562099879],
      [
        -3.0278752283358843, -1.1104468430931698, -0.26881769525819377, 0.10244080181003364,
        49999.99999064236, -2.338469979256289e-7, 0.0033332222249999387, 0.015999755559074028,
      ],
    ],
    [
      "gaussian_nll(beta: 0.5)",
      [0.5456477512969884, 1.4510284059729408, 1243.09224448717, 4.114360562099879],
      [
        -1.5563740497286338, -0.5707866143292661, -0.8197830433385924, 0.3124021734849511, 49.999999995321176,
        -2.338469979475114e-10, 0.1999966667222213, 0.9600013333000007,
      ],
    ],
  ];

  test.each(known)("%s is that of torch, and so are its slopes", async (loss, values, slopes) => {
    const flow = "dense(2, use_bias: false)";
    for (const [row, value] of values.entries()) {
      const model = { input: 1, flow, train: `loss: ${loss}\n optimizer: sgd(1)` };
      const executable = await compiled(model, { step: [1], evaluate: [1], predict: [1] });
      executable.init(0);
      const [name = ""] = executable.readState().keys();
      const kernel = Float32Array.from(outputs.slice(2 * row, 2 * row + 2));
      executable.writeState(new Map([[name, kernel]]));
      const feeds = { x: Float32Array.of(1), y: Float32Array.of(targets[row] ?? 0) };
      const found = executable.evaluate({ rows: 1, feeds: { ...feeds, weight: Float32Array.of(1) } });
      expect(Math.abs(found.loss - value)).toBeLessThan(1e-5 * Math.abs(value));
      const [mean = 0, x = 0] = kernel;
      const spread = Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))) + 1e-3;
      expect([found.prediction[0], found.prediction[1]]).toEqual([mean, expect.closeTo(spread, 5)]);
      executable.step({ rows: 1, feeds });
      const next = executable.readState().get(name) ?? [];
      for (const place of [0, 1] as const) {
        const slope = slopes[2 * row + place] ?? 0;
        const expected = (kernel[place] ?? 0) - slope;
        expect(Math.abs((next[place] ?? 0) - expected)).toBeLessThan(1e-5 * Math.abs(slope) + 4e-6);
      }
    }
  });

  test("of two columns it has the means of both and then the spreads of both, and members are mixed", async () => {
    const train = "loss: gaussian_nll(min_spread: 0.01)\n optimizer: sgd";
    const executable = await compiled({ input: 4, flow: "linear", train }, { predict: [1] });
    const rows = { rows: 1, feeds: { x: Float32Array.of(1, 2, 0, -200) } };
    const given = Array.from(executable.predict(rows));
    [1, 2, Math.LN2 + 0.01, 0.01].forEach((value, i) => {
      expect(given[i]).toBeCloseTo(value, 6);
    });
    // Means 1 and 5 of one spread are a mixture with the mean 3, and the variance of both and that between them.
    const flow = "members(2) -> member_dense(2, use_bias: false)";
    const mixed = await compiled({ input: 1, flow, train }, { step: [1], predict: [1] });
    mixed.init(0);
    const [kernel = ""] = mixed.readState().keys();
    mixed.writeState(new Map([[kernel, Float32Array.of(1, 0.5, 5, 0.5)]]));
    const [mean, spread] = mixed.predict({ rows: 1, feeds: { x: Float32Array.of(1) } });
    expect(mean).toBeCloseTo(3, 6);
    expect(spread).toBeCloseTo(Math.hypot(Math.log1p(Math.exp(0.5)) + 0.01, 2), 6);
  });
});

describe("cross_entropy", () => {
  const text = (loss: string) => ({ input: 3, flow: "linear", train: `loss: ${loss}\n optimizer: sgd` });
  const evaluated = async (loss: string, logits: readonly number[], classes: readonly number[]) => {
    const rows = classes.length;
    const executable = await compiled(text(loss), { evaluate: [rows] });
    const weight = new Float32Array(rows).fill(1);
    return executable.evaluate({
      rows,
      feeds: { x: Float32Array.from(logits), y: Int32Array.from(classes), weight },
    });
  };

  test("of a class, and its prediction is the share of each class", async () => {
    const { loss, prediction } = await evaluated("cross_entropy", [1, 2, 3, 0, 0, 0], [2, 1]);
    const total = Math.log(Math.exp(-2) + Math.exp(-1) + 1);
    expect(loss).toBeCloseTo(total + Math.log(3), 6);
    const shares = [-2, -1, 0].map((x) => Math.exp(x - total));
    [...shares, 1 / 3, 1 / 3, 1 / 3].forEach((share, i) => {
      expect(prediction[i]).toBeCloseTo(share, 6);
    });
  });

  test("of large numbers does not overflow, and a class that there is not is no small loss", async () => {
    expect((await evaluated("cross_entropy", [1e30, 0, -1e30], [0])).loss).toBe(0);
    expect((await evaluated("cross_entropy", [1000, 0, -1000], [2])).loss).toBe(2000);
    for (const unknown of [-1, 3]) {
      expect((await evaluated("cross_entropy", [1, 2, 3], [unknown])).loss).toBeNaN();
    }
  });

  // Keras 3.15.1 on probabilities, of which these are the logits.
  test.each([
    ["focal", [0.0433217, 0.02043302]],
    ["focal(gamma: 0, alpha: 1)", [Math.LN2, 0.5108256]],
  ])("%s is that of Keras", async (loss, expected) => {
    const shares = [
      [0.2, 0.5, 0.3],
      [0.6, 0.3, 0.1],
    ];
    for (const [row, target] of [1, 0].entries()) {
      const logits = (shares[row] ?? []).map((share) => Math.log(share) + 3);
      expect((await evaluated(loss, logits, [target])).loss).toBeCloseTo(expected[row] ?? 0, 7);
    }
  });

  test.each([0, 0.5, 1, 2])("focal of gamma %s has a slope where a class is certain", async (gamma) => {
    const model = {
      input: 2,
      flow: "dense(2, kernel_initializer: ones, use_bias: false)",
      train: `loss: focal(gamma: ${gamma})\n optimizer: sgd(0.1)`,
    };
    const executable = await compiled(model, { step: [2] });
    executable.init(0);
    const kernel = Float32Array.of(100, 0, 0, 100);
    const [name = ""] = executable.readState().keys();
    executable.writeState(new Map([[name, kernel]]));
    executable.step({ rows: 2, feeds: { x: Float32Array.of(1, 0, 0, 1), y: Int32Array.of(0, 1) } });
    expect([...(executable.readState().get(name) ?? [])].every(Number.isFinite)).toBe(true);
  });

  test("smoothing shares the target among all classes", async () => {
    const { loss } = await evaluated("cross_entropy(smoothing: 0.3)", [1, 2, 3], [0]);
    const total = Math.log(Math.exp(1) + Math.exp(2) + Math.exp(3));
    const expected = [0.8, 0.1, 0.1].reduce((sum, share, i) => sum + share * (total - (i + 1)), 0);
    expect(loss).toBeCloseTo(expected, 6);
  });

  test("learns classes", async () => {
    const model = {
      input: 2,
      flow: "dense(3)",
      train: "loss: cross_entropy\n optimizer: adam(learning_rate: 0.1)",
    };
    const executable = await compiled(model, { step: [6], predict: [6] });
    executable.init(1);
    const batch = {
      rows: 6,
      feeds: {
        x: Float32Array.of(0, 1, 0, 2, 1, 0, 2, 0, -1, -1, -2, -2),
        y: Int32Array.of(0, 0, 1, 1, 2, 2),
      },
    };
    for (let i = 0; i < 200; i++) executable.step(batch);
    expect(executable.step(batch).loss).toBeLessThan(0.1);
    const shares = executable.predict(batch);
    expect(shares[0]).toBeGreaterThan(0.8);
    expect(shares[17]).toBeGreaterThan(0.8);
  });
});

describe("binary_cross_entropy", () => {
  const text = (loss: string) => ({ input: 1, flow: "linear", train: `loss: ${loss}\n optimizer: sgd` });
  const evaluated = async (loss: string, logits: readonly number[], classes: readonly number[]) => {
    const rows = classes.length;
    const executable = await compiled(text(loss), { evaluate: [rows] });
    const weight = new Float32Array(rows).fill(1);
    const feeds = { x: Float32Array.from(logits), y: Int32Array.from(classes), weight };
    return executable.evaluate({ rows, feeds });
  };

  // Keras 3.15.1, `BinaryCrossentropy` with `from_logits`, of two rows of two: sums of four.
  test.each([
    ["binary_cross_entropy", 4 * 1.1157135],
    ["binary_cross_entropy(smoothing: 0.1)", 4 * 1.1094635],
  ])("%s is that of Keras", async (loss, expected) => {
    expect((await evaluated(loss, [2, -1, 0.5, -3], [1, 0, 0, 1])).loss).toBeCloseTo(expected, 5);
  });

  test("its prediction is the share of each class, small ones too", async () => {
    const { prediction } = await evaluated("binary_cross_entropy", [40, -40, 0], [1, 0, 1]);
    const small = 1 / (1 + Math.exp(40));
    [small, 1, 1, small, 0.5, 0.5].forEach((share, i) => {
      expect(Math.abs((prediction[i] ?? 0) / share - 1)).toBeLessThan(1e-5);
    });
  });

  test("of large numbers it does not overflow, and what is left of small ones stays", async () => {
    expect((await evaluated("binary_cross_entropy", [1e30, -1e30], [1, 0])).loss).toBe(0);
    expect((await evaluated("binary_cross_entropy", [-1000, 1000], [1, 0])).loss).toBe(2000);
    const { loss } = await evaluated("binary_cross_entropy", [20], [1]);
    expect(Math.abs(loss / Math.exp(-20) - 1)).toBeLessThan(1e-5);
    for (const unknown of [-1, 2])
      expect((await evaluated("binary_cross_entropy", [1], [unknown])).loss).toBeNaN();
  });
});

const onRows = async (input: number, loss: string, x: readonly number[], y: Float32Array | Int32Array) => {
  const model = { input, flow: "linear", train: `loss: ${loss}\n optimizer: sgd` };
  const rows = x.length / input;
  const executable = await compiled(model, { evaluate: [rows] });
  const weight = new Float32Array(rows).fill(1);
  return executable.evaluate({ rows, feeds: { x: Float32Array.from(x), y, weight } });
};

test("poisson is that of Keras, of rates whose logarithms these are", async () => {
  const rates = [0.5, 1, 1, 2];
  const { loss, prediction } = await onRows(2, "poisson", rates.map(Math.log), Float32Array.of(2, 0, 1, 3));
  expect(loss).toBeCloseTo(1.443147 + 0.46027917, 5);
  rates.forEach((rate, i) => {
    expect(prediction[i]).toBeCloseTo(rate, 6);
  });
});

describe("ordinal", () => {
  const logits = [0.5, -1, 2];
  const softplus = (x: number) => Math.log1p(Math.exp(x));
  const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
  const places = [0.5, 0.5 - softplus(-1), 0.5 - softplus(-1) - softplus(2)];

  test.each([0, 1, 2, 3])("a row of class %s costs at each place", async (own) => {
    const { loss, prediction } = await onRows(3, "ordinal", logits, Int32Array.of(own));
    const expected = places.reduce((sum, c, k) => sum + softplus(own > k ? -c : c), 0);
    expect(loss).toBeCloseTo(expected, 5);
    const beyond = [1, ...places.map(sigmoid), 0];
    [0, 1, 2, 3].forEach((k) => {
      expect(prediction[k]).toBeCloseTo((beyond[k] ?? 0) - (beyond[k + 1] ?? 0), 6);
    });
  });

  test("of two classes it is binary cross entropy", async () => {
    for (const y of [0, 1]) {
      const [ordinal, binary] = [
        await onRows(1, "ordinal", [0.7], Int32Array.of(y)),
        await onRows(1, "binary_cross_entropy", [0.7], Int32Array.of(y)),
      ];
      expect(ordinal).toEqual(binary);
    }
  });

  test("of large numbers it does not overflow, and shares are never below 0", async () => {
    expect((await onRows(2, "ordinal", [1e30, 0], Int32Array.of(2))).loss).toBe(0);
    const { prediction } = await onRows(3, "ordinal", [16, -40, -40, 90, 90, 90], Int32Array.of(3, 0));
    expect([...prediction].every((share) => share >= 0 && share <= 1)).toBe(true);
    for (const unknown of [-1, 4])
      expect((await onRows(3, "ordinal", logits, Int32Array.of(unknown))).loss).toBeNaN();
  });
});

test("several quantiles cost their mean, and what is predicted is in order", async () => {
  const x = [0.4, -2, 2.5, 3, 2, 1];
  const { loss, prediction } = await onRows(3, "quantile(levels: [0.1, 0.5, 0.9])", x, Float32Array.of(1, 2));
  const pinball = (p: number, t: number, level: number) => Math.max(level * (t - p), (1 - level) * (p - t));
  const levels = [0.1, 0.5, 0.9];
  const expected = x.reduce((sum, p, i) => sum + pinball(p, i < 3 ? 1 : 2, levels[i % 3] ?? 0) / 3, 0);
  expect(loss).toBeCloseTo(expected, 6);
  expect([...prediction]).toEqual([-2, 0.4, 2.5, 1, 2, 3].map(Math.fround));
});

/** A step of plain gradient descent on a layer of weights that give `x`, row by row: what the loss takes off each. */
const slopesOf = async (
  loss: string,
  x: readonly (readonly number[])[],
  y: Float32Array | Int32Array,
): Promise<readonly number[]> => {
  const [rows, width] = [x.length, x[0]?.length ?? 0];
  const flow = `dense(${width}, use_bias: false)`;
  const rate = 2 ** -6;
  const executable = await compiled(
    { input: rows, flow, train: `loss: ${loss}\n optimizer: sgd(${rate})` },
    { step: [rows] },
  );
  executable.init(0);
  const [name = ""] = executable.readState().keys();
  const before = Float32Array.from(x.flat());
  executable.writeState(new Map([[name, before]]));
  const unit = Float32Array.from({ length: rows * rows }, (_, i) => (i % (rows + 1) === 0 ? 1 : 0));
  executable.step({ rows, feeds: { x: unit, y } });
  const after = executable.readState().get(name);
  return Array.from(before, (value, i) => (value - Number(after?.[i])) / rate);
};

const expectNear = (actual: readonly number[], expected: readonly number[], digits = 5) => {
  expect(actual).toHaveLength(expected.length);
  actual.forEach((value, i) => {
    expect(value).toBeCloseTo(expected[i] ?? Number.NaN, digits);
  });
};

describe("hinge", () => {
  // Keras 3.15.1: its means over two outputs of a row are two rows of ours.
  test.each([
    ["Hinge 0/1", [0.3, 0.3], [0, 1], 1, [0.5, -0.5]],
    ["Hinge -1/1", [0.3, 1.5], [0, 1], 0.65, [0.5, 0]],
    ["Hinge margin edge", [1, 2], [1, 1], 0, null],
  ])("%s is that of Keras", async (_, x, y, value, slopes) => {
    const { loss, prediction } = await onRows(1, "hinge", x, Int32Array.from(y));
    expect(loss / 2).toBeCloseTo(value, 6);
    expect([...prediction]).toEqual(x.flatMap((margin) => [Math.fround(-margin), Math.fround(margin)]));
    if (slopes === null) return;
    const rows = x.map((margin) => [margin]);
    expectNear(await slopesOf("hinge", rows, Int32Array.from(y)), slopes);
  });

  test("a class that there is not is no small loss", async () => {
    for (const unknown of [-1, 2])
      expect((await onRows(1, "hinge", [5], Int32Array.of(unknown))).loss).toBeNaN();
    expect((await onRows(1, "hinge", [1e30, -1e30], Int32Array.of(1, 0))).loss).toBe(0);
  });
});

describe("kl_divergence", () => {
  // Keras 3.15.1 of probabilities, of which these are the logits; it counts none as less than 1e-7.
  test.each([
    ["KL", [0.5, 0.5], [0.2, 0.8], 0.19274479],
    ["KL, a share of 0", [0.4, 0.6], [0, 1], 0.5108241],
    ["KL zero prediction", [1e-7, 1], [0.5, 0.5], 7.365901],
  ])("%s is that of Keras", async (_, predicted, target, value) => {
    const logits = predicted.map((share) => Math.log(share) + 3);
    const { loss, prediction } = await onRows(2, "kl_divergence", logits, Float32Array.from(target));
    expect(loss).toBeCloseTo(value, 5);
    expectNear([...prediction], predicted);
    const total = predicted.reduce((sum, share) => sum + share, 0);
    const slopes = predicted.map((share, i) => share / total - (target[i] ?? 0));
    expectNear(await slopesOf("kl_divergence", [logits], Float32Array.from(target)), slopes, 4);
  });

  test("is 0 of the shares themselves, and cross entropy of a class that is sure", async () => {
    const shares = [0.125, 0.25, 0.625];
    const exact = await onRows(3, "kl_divergence", shares.map(Math.log), Float32Array.from(shares));
    expect(Math.abs(exact.loss)).toBeLessThan(1e-6);
    const sure = await onRows(3, "kl_divergence", [1, 2, 3], Float32Array.of(0, 1, 0));
    expect(sure.loss).toBeCloseTo((await onRows(3, "cross_entropy", [1, 2, 3], Int32Array.of(1))).loss, 6);
  });

  test("of large numbers it does not overflow, and has slopes where a share is 0 or 1", async () => {
    expect((await onRows(2, "kl_divergence", [1e30, -1e30], Float32Array.of(1, 0))).loss).toBe(0);
    expect((await onRows(2, "kl_divergence", [3e38, -3e38], Float32Array.of(1, 0))).loss).toBe(0);
    expect((await onRows(2, "kl_divergence", [1000, -1000], Float32Array.of(0, 1))).loss).toBe(2000);
    expectNear(await slopesOf("kl_divergence", [[50, -50]], Float32Array.of(0, 1)), [1, -1]);
  });
});

describe("cosine_similarity", () => {
  // Keras 3.15.1, a mean over two rows.
  test("is that of Keras", async () => {
    const [x, y] = [[1, 1, -1, 2], Float32Array.of(0, 1, 1, 1)];
    const { loss, prediction } = await onRows(2, "cosine_similarity", x, y);
    expect(loss / 2).toBeCloseTo(-0.51166725, 6);
    expectNear([...prediction], [Math.SQRT1_2, Math.SQRT1_2, -1 / Math.sqrt(5), 2 / Math.sqrt(5)], 6);
    const rows = [x.slice(0, 2), x.slice(2)];
    expectNear(
      await slopesOf("cosine_similarity", rows, y),
      [0.17677669, -0.17677669, -0.18973666, -0.09486833],
    );
    const nothing = await onRows(2, "cosine_similarity", [1, 1], Float32Array.of(0, 0));
    expect(Math.abs(nothing.loss)).toBe(0);
  });

  test.each([1e-5, 1e30, 3e38])("does not depend on lengths, as %s", async (length) => {
    const x = [0.6, -0.8].map((part) => part * length);
    const { loss, prediction } = await onRows(2, "cosine_similarity", x, Float32Array.of(-0.8 * length, 0));
    expect(loss).toBeCloseTo(0.6, 5);
    expectNear([...prediction], [0.6, -0.8]);
  });

  test("of nothing it is 0, with slopes that are numbers", async () => {
    const { loss, prediction } = await onRows(2, "cosine_similarity", [0, 0], Float32Array.of(3, 4));
    expect(Math.abs(loss)).toBe(0);
    expect([...prediction]).toEqual([0, 0]);
    const slopes = await slopesOf("cosine_similarity", [[0, 0]], Float32Array.of(3, 4));
    expect(slopes.every(Number.isFinite)).toBe(true);
  });
});
