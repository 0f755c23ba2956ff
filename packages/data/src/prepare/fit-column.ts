// Learns one column's fill and scaling from the training rows, and nothing from the others.

import { count, float64At, grouped, int32At, quote } from "@netwright/definitions";
import type { ColumnRule } from "../check/column-rule.ts";
import type { FittedColumn } from "../fitted/fitted-encoders.ts";
import { columnRange } from "../preprocess/column-range.ts";
import { fitScaling } from "../preprocess/encoders.ts";
import { fillsIn, fitMissing } from "../preprocess/missing.ts";
import { type DataProblem, error, warning } from "../problem/problem.ts";
import type { NumberColumn } from "../table/table.ts";

/** `fitted` is absent where an error is among the problems. */
export interface FitResult {
  readonly fitted?: FittedColumn;
  readonly problems: readonly DataProblem[];
}

/** `train` are indices (from 0) of the training rows: at least one. */
export function fitColumn(rule: ColumnRule, column: NumberColumn, train: Int32Array): FitResult {
  const details = { setting: rule.setting, column: rule.name };
  const present = presentIn(column, train);
  if (present.length === 0) {
    const message = `Column ${quote(rule.name)} has no value in any of the ${count(train.length, "training row")}.`;
    const how = fillsIn(rule.policy)
      ? [`There is no ${rule.policy} to fill in: leave the column out of \`features\`.`]
      : [];
    return { problems: [error("NW0638", message, { notes: how, ...details })] };
  }
  const missing = fitMissing(rule.policy, present);
  const values =
    present.length === train.length ? present : filledIn(column, train, missing.fill ?? Number.NaN);
  const scaling = fitScaling(rule.encoder, values);
  const learned = [missing.fill ?? 0, ...Object.values(scaling.params)];
  if (!learned.every(Number.isFinite)) {
    const message = `The values of column ${quote(rule.name)} are too large to compute their ${fillsIn(rule.policy) ? `${rule.policy} and scale` : "scale"}.`;
    return { problems: [error("NW0635", message, { notes: ["Use a larger unit."], ...details })] };
  }
  const { min, max } = columnRange(values);
  return {
    fitted: { name: rule.name, ...scaling, missing, contract: rule.contract, ...seenIn(present) },
    problems: min === max ? [constant(rule, min, train.length)] : [],
  };
}

function seenIn(present: Float64Array): Pick<FittedColumn, "seen"> {
  let sum = 0;
  for (let i = 0; i < present.length; i++) sum += present[i] ?? Number.NaN;
  const mean = sum / present.length;
  const { min, max } = columnRange(present);
  // JSON has no -0.
  return Number.isFinite(mean) ? { seen: { min: min + 0, max: max + 0, mean: mean + 0 } } : {};
}

function presentIn({ values, missing }: NumberColumn, rows: Int32Array): Float64Array {
  const present = new Float64Array(rows.length);
  let count = 0;
  for (let i = 0; i < rows.length; i++) {
    const row = int32At(rows, i);
    if (missing[row] === 0) present[count++] = float64At(values, row);
  }
  return present.subarray(0, count);
}

function filledIn({ values, missing }: NumberColumn, rows: Int32Array, fill: number): Float64Array {
  const filled = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const row = int32At(rows, i);
    filled[i] = missing[row] === 1 ? fill : float64At(values, row);
  }
  return filled;
}

function constant(rule: ColumnRule, value: number, rows: number): DataProblem {
  const [what, advice] = {
    feature: ["nothing can be learned from it", "Leave it out of `features`, unless later data will vary."],
    target: ["there is nothing to learn and R2 has no meaning", "Check that this is the column to predict."],
  }[rule.role];
  return warning(
    "NW0636",
    `Column ${quote(rule.name)} is ${value} in ${rows === 1 ? "the one training row" : `all ${grouped(rows)} training rows`}: ${what}.`,
    {
      notes: [advice ?? "", "It is not divided by its spread, which is 0."],
      setting: rule.setting,
      column: rule.name,
    },
  );
}
