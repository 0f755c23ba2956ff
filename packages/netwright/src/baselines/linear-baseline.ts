// The linear model as a baseline: its penalty is the one that is best on the validation rows.

import { type Family, familyOf } from "./families.ts";
import { firstKnown, type KnownRows } from "./known-rows.ts";
import { fitLinear, type Linear } from "./linear.ts";
import { bestBy } from "./main-metric.ts";
import { type BaselineModel, CHOSEN, measured, metricsOn, predicted, sampled, type Task } from "./task.ts";

/** Weaker ones come first, so that of equally good models the plainer is taken. */
const PENALTIES = [10, 1, 0.1, 0.01, 0.001, 0.0001];
const PENALTY = 0.001;

/** Numbers times sums that one look at all rows goes through; some hundred are taken. */
const MOST_PRODUCTS = 5e6;

export function linearOf(task: Task, all: KnownRows): BaselineModel {
  const { prepared, kind, outputs, comparison, measure } = task;
  const family = familyOf(kind, outputs);
  const products = all.x.places.length * family.sums(outputs);
  const known = firstKnown(all, Math.ceil(all.x.rows * Math.min(1, MOST_PRODUCTS / products)));
  const { validation } = prepared.splits;
  const isChosen = validation.rows > 0 && comparison !== null;
  const tried = pathOf(known, family, isChosen ? PENALTIES : [PENALTY]).map(({ penalty, linear }) => ({
    penalty,
    linear,
    metrics: isChosen ? metricsOn(validation, measure, predicted(validation, task, linear.predict)) : null,
  }));
  const best = comparison === null ? undefined : bestBy(comparison.main, tried, ({ metrics }) => metrics);
  const taken = best ?? tried.at(-1);
  if (taken === undefined) throw new Error("no penalty was tried");
  const { penalty, linear } = taken;
  return {
    name: "linear",
    how: `${family.title}, penalty ${penalty}${best === undefined ? "" : CHOSEN}${sampled(known.x.rows, task)}`,
    settings: { penalty },
    ...measured(task, linear.predict),
  };
}

/** Each begins where the one before has ended. */
function pathOf(known: KnownRows, family: Family, penalties: readonly number[]) {
  const path: { readonly penalty: number; readonly linear: Linear }[] = [];
  for (const penalty of penalties) {
    path.push({ penalty, linear: fitLinear(known, family, penalty, path.at(-1)?.linear) });
  }
  return path;
}
