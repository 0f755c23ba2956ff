// Several quantiles that a model predicts of its one target.

import { decodeOutput, type OpenEncoders } from "@netwright/data";
import { at, float64At } from "@netwright/definitions";
import type { Model } from "@netwright/lang";
import type { Quantiles } from "@netwright/runtime";
import type { FullCatalog } from "../catalog/catalog.ts";

/** From the least on; null where one number of each target is predicted. */
export function levelsOf({ train }: Model, { compiler }: FullCatalog): readonly number[] | null {
  return train === null ? null : (compiler.loss.get(train.loss.name)?.quantiles(train.loss.args) ?? null);
}

/** `y` is [rows x levels], as the network gives it. */
export function decodeQuantiles(
  encoders: OpenEncoders,
  levels: readonly number[],
  y: Float32Array,
): Quantiles & { readonly middle: Float64Array } {
  const values = decodeOutput(encoders, y);
  const middle = middleOf(levels);
  const rows = y.length / levels.length;
  return {
    levels,
    values,
    middle: Float64Array.from({ length: rows }, (_, row) => float64At(values, row * levels.length + middle)),
  };
}

/** The place of the level nearest to the median; of two as near that of the lower. */
export function middleOf(levels: readonly number[]): number {
  return levels.reduce((best, level, i) => (offMedian(level) < offMedian(at(levels, best)) ? i : best), 0);
}

function offMedian(level: number): number {
  return Math.abs(level - 0.5);
}

/** What a column of one quantile is called: `y(0.1)`. */
export function quantileName(column: string, level: number): string {
  return `${column}(${level})`;
}
