import { expect, test } from "@jest/globals";
import { coloursFor } from "../../src/output/colours.ts";
import { metricsTable } from "../../src/output/metrics-table.ts";

const colours = coloursFor(process.stdout, {}, false);
const metrics = { mae: 1.25, rmse: 2, r2: 0.9, mape: 0.0825, max_error: null };
const split = { title: "validation", shortTitle: "val", rows: 1200, metrics };

test("metrics are in the unit of the target, shares in percent, and a dash stands for none", () => {
  expect(metricsTable([split], "MPa", { colours, width: 80 })).toBe(
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

test("titles are short where there is little room", () => {
  expect(metricsTable([split], null, { colours, width: 20 })).toMatch(/^ +val\nrows +1,200\nMAE +1\.250\n/);
});
