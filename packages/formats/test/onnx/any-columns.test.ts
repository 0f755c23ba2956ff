// Models of any columns: types, encoders and rules for missing values are drawn. Samples can be made of every one of them, ONNX
// Runtime predicts what the package does, or what cannot be carried is named.

import { describe, expect, test } from "@jest/globals";
import { formats } from "@netwright/formats";
import { checkExport } from "@netwright/formats/node";
import fc from "fast-check";
import { portableModel, train } from "netwright";
import {
  anyColumns,
  anyTarget,
  type Columns,
  data,
  textOf,
} from "../../../netwright/test/export/any-columns.ts";
import { importing } from "./run.ts";

type Target = Parameters<typeof textOf>[1];

/** Whether it is carried. */
async function tried(columns: Columns, target: Target, seed: number): Promise<boolean> {
  const model = await train(textOf(columns, target), { backend: "reference", data });
  const portable = await portableModel(model.bundle, { samples: 24, seed });
  if (!portable.ok) throw new Error(JSON.stringify(portable.diagnostics));
  const { samples } = portable.value;
  const predicted = await model.predict(samples.rows.map(({ cells }) => cells));
  for (const [i, answer] of samples.answers.entries()) expect(predicted[i]).toMatchObject(answer);
  for (const { cells, column, because } of samples.refused)
    await expect(model.predict(cells).then(() => `${column} ${because}`)).rejects.toThrow("NW06");
  await model.dispose();
  const write = await formats.onnx.load();
  const written = await write(portable.value, {});
  if ("refused" in written) {
    expect(written.refused.length).toBeGreaterThan(0);
    return false;
  }
  const report = await checkExport("onnx", { files: written.files, options: {} }, portable.value, importing);
  expect(report).toMatchObject({ kind: "checked", otherClasses: 0, taken: 0 });
  if (report.kind === "checked") expect(report.difference).toBeLessThan(1e-5);
  return true;
}

const runs = (fallback: number) => Number(process.env["NETWRIGHT_RUNS"] ?? fallback);

describe("a model of any columns", () => {
  test("has samples that it predicts, and rows that it refuses", async () => {
    await fc.assert(
      fc.asyncProperty(anyColumns, anyTarget, fc.nat(1000), async (columns, target, seed) => {
        await tried(columns, target, seed);
      }),
      { numRuns: runs(10), seed: 5 },
    );
  }, 240_000);

  test("of numbers and words is predicted alike, or refused by name", async () => {
    let carried = 0;
    await fc.assert(
      fc.asyncProperty(anyColumns, anyTarget, fc.nat(1000), async (columns, target, seed) => {
        const { n, word, flag } = columns;
        const none = { day: null, time: null, last: null, note: null, place: null };
        const number = n === null && word === null && flag === null ? "number(missing: mean)" : n;
        if (await tried({ ...none, n: number, word, flag }, target, seed)) carried++;
      }),
      { numRuns: runs(16), seed: 7 },
    );
    expect(carried).toBeGreaterThan(3);
  }, 240_000);
});
