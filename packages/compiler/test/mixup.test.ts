// Mixup: what a step makes of a batch, against its definition in Zhang et al. 2018, with shares worked out here from the words of the
// generator; their distribution against that of Beta(alpha, alpha).

import { describe, expect, test } from "@jest/globals";
import { lower } from "@netwright/compiler";
import { ROW_WEIGHT, verify } from "@netwright/ir";
import { fillPhilox } from "@netwright/ir/numerics";
import { compiled, type ModelText, modelOf, numbers } from "./support.ts";

const SEED = 5;
/** Behind the seed in the key of all numbers drawn while training. */
const WHILE_TRAINING = 1;

/** The share of each row in the first step of a training, by the formula of Bailey 1994 in doubles. */
function sharesOf(alpha: number, rows: number): readonly number[] {
  const [u, v] = [new Uint32Array(rows), new Uint32Array(rows)];
  const next = fillPhilox([SEED, WHILE_TRAINING], [0, 0, 0, 0], u);
  fillPhilox([SEED, WHILE_TRAINING], next, v);
  const uniform = (word: number) => (word >>> 8) / 2 ** 24;
  return [...u].map((word, row) => {
    const power = (1 - uniform(word)) ** (1 / alpha);
    const cosine = Math.cos(2 * Math.PI * uniform(v[row] ?? 0));
    const side = cosine * Math.sqrt((1 - power) / (power + (1 - power) * cosine ** 2));
    return (1 + side) / 2;
  });
}

type Rows = readonly (readonly number[])[];

/** Row r with its share, and the row behind it with the rest. */
function mixedRows(rows: Rows, shares: readonly number[]): Rows {
  return rows.map((row, r) => {
    const [share = 0, other = []] = [shares[r], rows[(r + 1) % rows.length]];
    return row.map((value, i) => share * value + (1 - share) * (other[i] ?? 0));
  });
}

interface Step {
  readonly loss: number;
  readonly kernel: readonly number[];
}

/** A step of gradient descent at rate 1 from weights of 0: what is left is minus the gradient. */
async function stepOf(
  model: ModelText,
  feeds: Readonly<Record<string, Float32Array | Int32Array>>,
  rows: number,
): Promise<Step> {
  const executable = await compiled(model, { step: [rows] });
  executable.init(SEED);
  const { loss } = executable.step({ rows, feeds });
  return { loss, kernel: [...(executable.readState().get("dense_1.kernel") ?? [])] };
}

const floats = (values: readonly number[]) => Float32Array.from(values);
const zeros = (outputs: number) => `dense(${outputs}, kernel_initializer: zeros)`;
const plain = "optimizer: sgd(learning_rate: 1)";

function expectClose(found: readonly number[], expected: readonly number[]): void {
  expect(found).toHaveLength(expected.length);
  for (const [i, value] of found.entries()) expect(value).toBeCloseTo(expected[i] ?? Number.NaN, 5);
}

const rowsOf = (count: number, width: number, offset = 0): Rows =>
  Array.from({ length: count }, (_, r) => [...numbers(width, offset + r * width)]);

describe("a batch", () => {
  test.each([0.2, 1, 8])("numbers and their targets by the same shares, alpha %d", async (alpha) => {
    const [x, y] = [rowsOf(5, 3), rowsOf(5, 1, 90)];
    const model = { flow: zeros(1), train: `loss: mse\n ${plain}\n mixup: ${alpha}` };
    const step = await stepOf(model, { x: floats(x.flat()), y: floats(y.flat()) }, 5);
    const shares = sharesOf(alpha, 5);
    const [mixedX, mixedY] = [mixedRows(x, shares), mixedRows(y, shares).flat()];
    expect(step.loss).toBeCloseTo(
      mixedY.reduce((sum, value) => sum + value ** 2 / 5, 0),
      5,
    );
    const slope = (i: number) =>
      mixedX.reduce((sum, row, r) => sum + (2 / 5) * (row[i] ?? 0) * (mixedY[r] ?? 0), 0);
    expectClose(step.kernel, [slope(0), slope(1), slope(2)]);
  });

  test("classes: cross entropy to soft targets", async () => {
    const x = rowsOf(6, 3);
    const classes = [0, 2, 1, 1, 0, 2];
    const model = { flow: zeros(3), train: `loss: cross_entropy\n ${plain}\n mixup: 1` };
    const step = await stepOf(model, { x: floats(x.flat()), y: Int32Array.from(classes) }, 6);
    const shares = sharesOf(1, 6);
    const soft = mixedRows(
      classes.map((own) => [0, 1, 2].map((c) => (c === own ? 1 : 0))),
      shares,
    );
    const mixedX = mixedRows(x, shares);
    expect(step.loss).toBeCloseTo(Math.log(3), 5);
    const slopes = [0, 1, 2].flatMap((i) =>
      [0, 1, 2].map((c) =>
        mixedX.reduce((sum, row, r) => sum + ((row[i] ?? 0) * ((soft[r]?.[c] ?? 0) - 1 / 3)) / 6, 0),
      ),
    );
    expectClose(step.kernel, slopes);
  });

  test("of one row stays as it is", async () => {
    const feeds = { x: numbers(3), y: floats([0.7]) };
    const train = `loss: mse\n ${plain}`;
    const mixed = await stepOf({ flow: zeros(1), train: `${train}\n mixup: 1` }, feeds, 1);
    expect(mixed).toEqual(await stepOf({ flow: zeros(1), train }, feeds, 1));
  });

  test("with weights: shares count them, a mixed row has both, and one of 0 is mixed into none", async () => {
    const [x, y, w] = [rowsOf(4, 2), rowsOf(4, 1, 90), [2, 0, 0, 1.5]];
    const model = {
      params: 'data t { source: "t.csv", target: y, weight: w }',
      input: 2,
      flow: zeros(1),
      train: `loss: mse\n ${plain}\n mixup: 1`,
    };
    const step = await stepOf(
      model,
      { x: floats(x.flat()), y: floats(y.flat()), [ROW_WEIGHT]: floats(w) },
      4,
    );
    const weights = sharesOf(1, 4).map((share, r) => [
      share * (w[r] ?? 0),
      (1 - share) * (w[(r + 1) % 4] ?? 0),
    ]);
    const parts = weights.map(([own = 0, other = 0]) => (own + other === 0 ? 1 : own / (own + other)));
    expect(parts.slice(0, 3)).toEqual([1, 1, 0]);
    const [mixedX, mixedY] = [mixedRows(x, parts), mixedRows(y, parts).flat()];
    const slope = (i: number) =>
      mixedX.reduce((sum, row, r) => {
        const [own = 0, other = 0] = weights[r] ?? [];
        return sum + ((own + other) / 4) * 2 * (row[i] ?? 0) * (mixedY[r] ?? 0);
      }, 0);
    expectClose(step.kernel, [slope(0), slope(1)]);
  });

  test("of a loss of classes each class counts by the weight of its row", async () => {
    const [x, classes, w] = [rowsOf(4, 2), [0, 1, 1, 0], [2, 0, 0.5, 1.5]];
    const model = {
      params: 'data t { source: "t.csv", target: y, weight: w }',
      input: 2,
      flow: zeros(2),
      train: `loss: cross_entropy\n ${plain}\n mixup: 1`,
    };
    const { loss } = await stepOf(
      model,
      { x: floats(x.flat()), y: Int32Array.from(classes), [ROW_WEIGHT]: floats(w) },
      4,
    );
    const total = sharesOf(1, 4).reduce(
      (sum, share, r) => sum + share * (w[r] ?? 0) + (1 - share) * (w[(r + 1) % 4] ?? 0),
      0,
    );
    expect(loss).toBeCloseTo((total / 4) * Math.log(2), 5);
  });
});

describe("shares", () => {
  /** By share (1 - share) of 2,000 rows, which is the same for a share and for the rest. */
  test.each([
    // Of the arcsine law, and of a uniform share: P(s (1 - s) < q).
    [0.5, (q: number) => (4 / Math.PI) * Math.asin(Math.sqrt((1 - Math.sqrt(1 - 4 * q)) / 2))],
    [1, (q: number) => 1 - Math.sqrt(1 - 4 * q)],
  ])("are those of Beta(alpha, alpha), alpha %d", (alpha, below) => {
    const products = sharesOf(alpha, 2000)
      .map((share) => share * (1 - share))
      .sort((a, b) => a - b);
    const distances = products.map((q, i) => Math.abs(below(q) - (i + 0.5) / products.length));
    // Kolmogorov and Smirnov at one in a thousand.
    expect(Math.max(...distances)).toBeLessThan(1.95 / Math.sqrt(products.length));
  });

  test.each([0.05, 0.2, 3, 50])(
    "have the variance of Beta(alpha, alpha), alpha %d, 1 / (4 (2 alpha + 1))",
    (alpha) => {
      const shares = sharesOf(alpha, 8000);
      const variance = shares.reduce((sum, share) => sum + (share - 0.5) ** 2 / shares.length, 0);
      expect(variance * 4 * (2 * alpha + 1)).toBeGreaterThan(0.95);
      expect(variance * 4 * (2 * alpha + 1)).toBeLessThan(1.05);
    },
  );

  test("are of any size that may be stated finite in a step", async () => {
    for (const alpha of [0.01, 100]) {
      const feeds = { x: numbers(3 * 500), y: numbers(500) };
      const step = await stepOf(
        { flow: zeros(1), train: `loss: mse\n ${plain}\n mixup: ${alpha}` },
        feeds,
        500,
      );
      expect([step.loss, ...step.kernel].every(Number.isFinite)).toBe(true);
    }
  });
});

test("a program with mixup is sound, in batches of an update too, and predicts as one without", () => {
  const train = "loss: cross_entropy\n accumulate: 2";
  const sizes = { step: [4, 3], accumulate: [4], predict: [4] };
  const program = lower(modelOf({ flow: "dense(3)", train: `${train}\n mixup: 0.2` }), sizes);
  expect(verify(program)).toEqual([]);
  const without = lower(modelOf({ flow: "dense(3)", train }), sizes);
  const predict = ({ functions }: typeof program) => functions.filter(({ kind }) => kind === "predict");
  expect(predict(program)).toEqual(predict(without));
});
