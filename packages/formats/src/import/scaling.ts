// A `rescaling` of a foreign model: its numbers, and the `batch_norm` with numbers that stay as they are that it becomes in between.

import type { Args, Argument } from "@netwright/definitions";
import { at } from "@netwright/definitions";
import type { FloatTensor } from "../model/layouts.ts";
import type { ForeignLayer } from "./foreign-model.ts";

/** (x - centre) / by, one for all numbers or for each. */
export interface Scaling {
  readonly centre: readonly number[];
  readonly by: readonly number[];
}

/** What it is divided by adds no less than that to the root of a variance. */
const EPSILON = 1e-30;

export const SCALING_LAYER = "batch_norm";

/** Of a `rescaling`, as (x - centre) / by; with `inverse` as x by + centre. Null for what is none, and where 0 would divide. */
export function scalingOf(
  { layer, args }: Pick<ForeignLayer, "layer" | "args">,
  inverse: boolean,
): Scaling | null {
  if (layer !== "rescaling") return null;
  const [centre, by] = [numbersIn(args["centre"]), numbersIn(args["by"])];
  if (centre === null || by === null) return null;
  if ((args["inverse"] === true) === inverse) return finite({ centre, by });
  // x b + c is (x + c / b) / (1 / b).
  const count = Math.max(centre.length, by.length);
  const pairs = Array.from({ length: count }, (_, i) => ({
    centre: numberAt(centre, i),
    by: numberAt(by, i),
  }));
  return finite({
    centre: pairs.map((one) => 0 - one.centre / one.by),
    by: pairs.map((one) => 1 / one.by),
  });
}

function finite(scaling: Scaling): Scaling | null {
  return [...scaling.centre, ...scaling.by].every(Number.isFinite) ? scaling : null;
}

/** Squares of it are f32 that are far from `EPSILON`. */
function isVariance(by: number): boolean {
  return Math.abs(by) > 1e-10 && Math.abs(by) < 1e18;
}

/** Null where no mean and variance say it: then it is x by + centre. */
function asStatistics(layer: Pick<ForeignLayer, "layer" | "args">): Scaling | null {
  const scaling = scalingOf(layer, false);
  return scaling?.by.every(isVariance) === true ? scaling : null;
}

/** Those of the `batch_norm`: its scale turns what is divided by less than 0. */
export function scalingArgs(layer: Pick<ForeignLayer, "layer" | "args">): Args {
  const statistics = asStatistics(layer);
  const isTurned = statistics?.by.some((by) => by < 0) ?? true;
  return { epsilon: EPSILON, center: statistics === null, scale: isTurned };
}

/** A weight of that `batch_norm`, by its name in the layer; null for one that it has not. */
export function scalingTensor(
  layer: Pick<ForeignLayer, "layer" | "args">,
  name: string,
  shape: readonly number[],
): FloatTensor | null {
  const of = (
    values: readonly number[],
    change: (value: number) => number = (value) => value,
  ): FloatTensor => ({
    shape,
    data: Float32Array.from({ length: shape[0] ?? 1 }, (_, i) => change(numberAt(values, i))),
  });
  const statistics = asStatistics(layer);
  const line = statistics === null ? scalingOf(layer, true) : null;
  if (statistics === null && line === null) return null;
  switch (name) {
    case "moving_mean":
      return of(statistics?.centre ?? [0]);
    case "moving_variance":
      return of(statistics?.by ?? [1], (value) => value * value);
    case "gamma":
      return statistics === null ? of(line?.by ?? []) : of(statistics.by, Math.sign);
    case "beta":
      return line === null ? null : of(line.centre);
    default:
      return null;
  }
}

function numberAt(values: readonly number[], i: number): number {
  return at(values, values.length === 1 ? 0 : i);
}

export function numbersIn(value: Argument | undefined): readonly number[] | null {
  if (!Array.isArray(value)) return null;
  const list: readonly Argument[] = value;
  return list.every((one): one is number => typeof one === "number") ? list : null;
}
