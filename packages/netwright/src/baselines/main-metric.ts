// The metric by which baselines and a network are compared: the one that says how far off predictions are, as the loss does.

import type { TargetKind } from "@netwright/definitions";
import type { Model } from "@netwright/lang";
import type { Metrics, MetricUse } from "@netwright/runtime";
import type { FullCatalog } from "../catalog/catalog.ts";
import { isCentred, targetKindOf } from "../training/measure.ts";

/** The first that is measured; those of numbers are least for a mean. */
const OF_KIND: { readonly [K in TargetKind]: readonly string[] } = {
  number: ["rmse"],
  count: ["rmse"],
  distribution: ["kl_divergence"],
  direction: ["cosine_similarity"],
  class: ["log_loss", "accuracy"],
  ordinal: ["log_loss", "accuracy"],
  labels: ["f1"],
};

/** Others that are worth a word where they say otherwise. */
const BESIDE: readonly string[] = ["mae", "rmse", "accuracy"];

export interface Comparison {
  readonly main: MetricUse;
  readonly beside: readonly MetricUse[];
}

/**
 * That of the loss itself where one has its name, as `mae`. Null where the loss asks for something that no such metric tells,
 * as for a quantile that is not the middle.
 */
export function comparisonOf(
  model: Model,
  measured: readonly MetricUse[],
  known: FullCatalog,
): Comparison | null {
  if (!isCentred(model, known)) return null;
  const plain = measured.filter(({ label, metric }) => label === metric.name);
  const names = [model.train?.loss.name ?? "", ...OF_KIND[targetKindOf(model, known)]];
  const [main] = names.flatMap((name) => plain.filter(({ label }) => label === name));
  if (main === undefined) return null;
  return { main, beside: plain.filter((one) => one !== main && BESIDE.includes(one.label)) };
}

/** Whether the first value is better; a value that is not defined is worse than any. */
export function isBetter({ metric }: MetricUse, value: number | null, than: number | null): boolean {
  if (value === null || Number.isNaN(value)) return false;
  if (than === null || Number.isNaN(than)) return true;
  return metric.better === "lower" ? value < than : value > than;
}

/** The first of the best; undefined where none has a value. */
export function bestBy<T>(use: MetricUse, all: readonly T[], of: (one: T) => Metrics | null): T | undefined {
  let best: T | undefined;
  const scoreOf = (one: T | undefined) => (one === undefined ? null : (of(one)?.[use.label] ?? null));
  for (const one of all) if (isBetter(use, scoreOf(one), scoreOf(best))) best = one;
  return best;
}
