// How far members of an ensemble and passes with numbers dropped are apart, from numbers that are known.

import { expect, test } from "@jest/globals";
import { referenceBackend } from "@netwright/backend-reference";
import { lower } from "@netwright/compiler";
import type { ReportSettings } from "@netwright/lang";
import { compile } from "@netwright/runtime";
import { type ModelText, modelOf } from "./support.ts";

const train = "loss: mse\n optimizer: sgd\n seed: 5";

async function predicting(model: ModelText, report: Omit<ReportSettings, "spans">, rows: number) {
  const told = { ...modelOf({ train, ...model }), report: { ...report, spans: {} } };
  const program = lower(told, { step: [rows], predict: [rows], evaluate: [rows] });
  const executable = await compile(referenceBackend, program);
  executable.init(0);
  return executable;
}

/** Divided by one less than there are. */
function deviationOf(values: readonly number[]): number {
  const mean = values.reduce((a, b) => a + b) / values.length;
  return Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (values.length - 1));
}

test("of members it is the standard deviation of what they predict, and the loss is that of their mean", async () => {
  const flow = "members(3) -> member_dense(1, use_bias: false)";
  const executable = await predicting({ input: 1, flow }, { spread: "members" }, 2);
  const [kernel = ""] = executable.readState().keys();
  executable.writeState(new Map([[kernel, Float32Array.of(1, 2, 6)]]));
  const given = Array.from(executable.predict({ rows: 2, feeds: { x: Float32Array.of(1, -10) } }));
  const deviation = deviationOf([1, 2, 6]);
  [3, deviation, -30, 10 * deviation].forEach((value, i) => {
    expect(given[i]).toBeCloseTo(value, 4);
  });
  const feeds = { x: Float32Array.of(1, -10), y: Float32Array.of(3, -28), weight: Float32Array.of(1, 1) };
  expect(executable.evaluate({ rows: 2, feeds }).loss).toBeCloseTo(0 + 4, 4);
});

test("of members of which one is chosen it is nothing, and of some it is theirs", async () => {
  const flow = "members(3, choose: best) -> member_dense(1, use_bias: false)";
  const executable = await predicting({ input: 1, flow }, { spread: "members" }, 1);
  const names = [...executable.readState().keys()];
  const [kernel = "", chosen = ""] = [
    names.find((one) => one.includes("kernel")),
    names.find((one) => one.includes("chosen")),
  ];
  for (const [choice, mean, deviation] of [
    [[0, 1, 0], 2, 0],
    [[1, 0, 1], 3.5, deviationOf([1, 6])],
  ] as const) {
    executable.writeState(
      new Map([
        [kernel, Float32Array.of(1, 2, 6)],
        [chosen, Float32Array.from(choice)],
      ]),
    );
    const given = Array.from(executable.predict({ rows: 1, feeds: { x: Float32Array.of(1) } }));
    expect(given).toEqual([expect.closeTo(mean, 5), expect.closeTo(deviation, 5)]);
  }
});

test("of passes each drops the same of every row, by its own share, and what is left counts as in training", async () => {
  const model = { input: 1, flow: "dropout(25%)" };
  const executable = await predicting(model, { spread: "dropout", samples: 400 }, 3);
  const [mean = 0, spread = 0, ...others] = executable.predict({
    rows: 3,
    feeds: { x: Float32Array.of(3, 6, -3) },
  });
  // Each pass gives 0 or 3 / 0.75, so that the mean says how many gave which.
  const kept = mean / 4;
  expect(Math.abs(kept - 0.75)).toBeLessThan(0.07);
  const passes = Array.from({ length: 400 }, (_, i) => (i < Math.round(400 * kept) ? 4 : 0));
  expect(spread).toBeCloseTo(deviationOf(passes), 4);
  expect(others).toEqual([2 * mean, 2 * spread, -mean, spread].map((x) => expect.closeTo(x, 4)));
});

test("two units are not dropped together, and a seed has passes of its own", async () => {
  const given = async (seed: number) => {
    const text = { input: 2, flow: "dropout(50%)", train: `loss: mse\n optimizer: sgd\n seed: ${seed}` };
    const executable = await predicting(text, { spread: "dropout", samples: 30 }, 1);
    return Array.from(executable.predict({ rows: 1, feeds: { x: Float32Array.of(1, 1) } }));
  };
  const [first, again, other] = [await given(1), await given(1), await given(2)];
  expect(again).toEqual(first);
  expect(other).not.toEqual(first);
  expect(first[0]).not.toBe(first[1]);
});

test("of passes each member drops by a share of its own, where it has one", async () => {
  const flow = "members(2) -> dropout(by_member([0, 50%])) -> member_scale";
  const executable = await predicting({ input: 1, flow }, { spread: "dropout", samples: 200 }, 1);
  const [mean = 0, spread = 0] = executable.predict({ rows: 1, feeds: { x: Float32Array.of(4) } });
  // The first gives 4 in each pass, the second 0 or 8, and so both together 2 or 6.
  const kept = (mean - 2) / 4;
  expect(Math.abs(kept - 0.5)).toBeLessThan(0.12);
  const passes = Array.from({ length: 200 }, (_, i) => (i < Math.round(200 * kept) ? 6 : 2));
  expect(spread).toBeCloseTo(deviationOf(passes), 4);
});

test.each([
  ["gaussian_dropout(0.5)", 1],
  ["alpha_dropout(0.5)", 1.22],
  ["reshape([200, 1]) -> spatial_dropout(0.5) -> flatten", 1],
])("of passes through %s ones are spread as in training, and rows alike", async (flow, deviation) => {
  const width = 200;
  const model = { input: width, flow: `${flow} -> dense(1, use_bias: false)` };
  const executable = await predicting(model, { spread: "dropout", samples: 400 }, 2);
  // Of independent numbers the variances add up; of one channel all numbers go together.
  const share = flow.includes("spatial") ? 1 / width : 1 / Math.sqrt(width);
  executable.writeState(new Map([["dense_1.kernel", new Float32Array(width).fill(share)]]));
  const given = executable.predict({ rows: 2, feeds: { x: new Float32Array(2 * width).fill(1) } });
  expect((given[1] ?? 0) / deviation).toBeGreaterThan(0.9);
  expect((given[1] ?? 0) / deviation).toBeLessThan(1.1);
  expect([...given.slice(2)]).toEqual([...given.slice(0, 2)]);
});
