import { expect, test } from "@jest/globals";
import { coloursFor } from "../../src/output/colours.ts";
import { metricsTable } from "../../src/output/metrics-table.ts";

const colours = coloursFor(process.stdout, {}, false);
const metrics = { mae: 1.25, rmse: 2, r2: 0.9, mape: 0.0825, max_error: null };
const MEAN = "the mean of the training rows";
const split = { title: "validation", shortTitle: "val", rows: 1200, metrics };

test("metrics are in the unit of the target, shares in percent, and a dash stands for none", () => {
  expect(metricsTable([split], { unit: "MPa", baseline: MEAN }, { colours, width: 80 })).toBe(
    [
      "                 validation",
      "rows                  1,200",
      "MAE (MPa)             1.250",
      "RMSE (MPa)            2.000",
      "R2                   0.9000",
      "MAPE (%)              8.250",
      "Max error (MPa)           -",
      "",
    ].join("\n"),
  );
});

test("the baseline is below, with what it is", () => {
  const baseline = { mae: 12.5, rmse: 15, r2: -0.01, mape: null, max_error: 40 };
  expect(
    metricsTable([{ ...split, baseline }], { unit: "MPa", baseline: MEAN }, { colours, width: 40 }),
  ).toBe(
    [
      "                          validation",
      "rows                           1,200",
      "MAE (MPa)                      1.250",
      "RMSE (MPa)                     2.000",
      "R2                            0.9000",
      "MAPE (%)                       8.250",
      "Max error (MPa)                    -",
      "baseline MAE (MPa)             12.50",
      "baseline RMSE (MPa)            15.00",
      "baseline R2                 -0.01000",
      "baseline MAPE (%)                  -",
      "baseline Max error (MPa)       40.00",
      "baseline: the mean of the training rows,",
      "predicted for every row",
      "",
    ].join("\n"),
  );
});

test("in a narrow terminal the baseline has a table of its own", () => {
  const three = ["train", "val", "test"].map((title) => ({
    ...split,
    title,
    shortTitle: title,
    baseline: metrics,
  }));
  const text = metricsTable(three, { unit: "MPa", baseline: MEAN }, { colours, width: 40 });
  expect(text).toMatch(/^ +train +val +test\nrows +1,200/);
  expect(text).toMatch(/\n\nbaseline +train +val +test\nMAE \(MPa\) +1\.250/);
  for (const line of text.split("\n")) expect(line.length).toBeLessThanOrEqual(40);
});

test("titles are short where there is little room", () => {
  expect(metricsTable([split], { unit: null, baseline: MEAN }, { colours, width: 20 })).toMatch(
    /^ +val\nrows +1,200\nMAE +1\.250\n/,
  );
});

test("in blocks of lines the baseline is called so", () => {
  const three = ["train", "val", "test"].map((title) => ({
    ...split,
    title,
    shortTitle: title,
    baseline: metrics,
  }));
  const text = metricsTable(three, { unit: "MPa", baseline: MEAN }, { colours, width: 16 });
  expect(text).toMatch(/^baseline:\nMAE \(MPa\)$/m);
});
