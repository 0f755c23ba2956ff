// Simple models against scikit-learn: what it predicts stands in `golden/scikit-learn.jsonl`, which `golden/scikit_learn.py`
// writes.

import { readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { rowStore } from "@netwright/data";
import { ONLY_INPUT, type TargetKind } from "@netwright/definitions";
import { familyOf } from "../../src/baselines/families.ts";
import type { KnownRows } from "../../src/baselines/known-rows.ts";
import { fitLinear, type Predictor } from "../../src/baselines/linear.ts";
import { neighbourPredictor } from "../../src/baselines/neighbours.ts";
import { type SparseRows, sparseRows } from "../../src/baselines/sparse-rows.ts";

type Matrix = readonly (readonly number[])[];

interface Golden {
  readonly model: "linear" | "neighbours";
  readonly kind: TargetKind;
  readonly penalty?: number;
  readonly weighted?: boolean;
  readonly k?: number;
  readonly y: Matrix;
  readonly predicted: Matrix;
}

const [, table = "", ...lines] = readFileSync(new URL("./golden/scikit-learn.jsonl", import.meta.url), "utf8")
  .trim()
  .split("\n");
const given: { readonly x: Matrix; readonly new: Matrix; readonly weights: readonly number[] } =
  JSON.parse(table);
const cases = lines.map((line): Golden => JSON.parse(line));

function sparse(matrix: Matrix): SparseRows {
  const width = matrix[0]?.length ?? 0;
  const store = rowStore(matrix.length, [
    { name: ONLY_INPUT, width, data: Float32Array.from(matrix.flat()) },
  ]);
  const spans = [{ name: ONLY_INPUT, from: 0, held: width, isIndex: false }];
  return sparseRows(store, { width, spans }, null, 0, matrix.length);
}

function fitted({ model, kind, penalty = 0, weighted = false, k = 0, y }: Golden): Predictor {
  const outputs = y[0]?.length ?? 0;
  const weights = weighted ? Float64Array.from(given.weights) : null;
  const known: KnownRows = { x: sparse(given.x), y: Float64Array.from(y.flat()), outputs, weights };
  if (model === "neighbours") return neighbourPredictor(known, kind === "class", k);
  return fitLinear(known, familyOf(kind, outputs), penalty).predict;
}

test.each(
  cases.map((one) => {
    const { model, kind, y, penalty, weighted, k } = one;
    const how = model === "linear" ? `penalty ${penalty}${weighted ? ", weighted" : ""}` : `k ${k}`;
    return [`${model} of ${kind}, ${y[0]?.length} outputs, ${how}`, one] as const;
  }),
)("%s", (_, one) => {
  const predicted = fitted(one)(sparse(given.new));
  const expected = one.predicted.flat();
  expect(predicted).toHaveLength(expected.length);
  for (const [i, value] of expected.entries()) {
    expect(Math.abs((predicted[i] ?? Number.NaN) - value)).toBeLessThan(2e-5 * Math.max(1, Math.abs(value)));
  }
});
