// How far targets spread around the numbers that a model predicts, where it tells.

import { float64At } from "@netwright/definitions";
import type { Model } from "@netwright/lang";
import type { FullCatalog } from "../catalog/catalog.ts";
import type { Spreads } from "./predictions.ts";

/** Whether a spread is predicted beside each number: by the loss, or by what `report` asks for. */
export function hasSpread(
  { train, report }: Pick<Model, "train" | "report">,
  { compiler }: FullCatalog,
): boolean {
  if (train === null) return false;
  return (report?.spread ?? "runs") !== "runs" || compiler.loss.get(train.loss.name)?.spread === true;
}

/** Of each target, by name; `spread` is [rows x targets]. */
export function spreadsOf(names: readonly string[], spread: Float64Array, row: number): Spreads {
  return Object.fromEntries(names.map((name, j) => [name, float64At(spread, row * names.length + j)]));
}

/** What a column of the spread is called: `y(spread)`. */
export function spreadName(column: string): string {
  return `${column}(spread)`;
}
