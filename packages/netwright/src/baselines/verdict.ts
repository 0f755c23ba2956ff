// Which model is best, in one sentence, also where it is not the network.

import type { Metrics } from "@netwright/runtime";
import { shownValue } from "../training/baseline.ts";
import { bestBy, type Comparison, isBetter } from "./main-metric.ts";
import type { BaselineModel } from "./task.ts";

export interface Verdict {
  readonly best: BaselineModel["name"] | null;
  readonly verdict: string;
}

/** In the middle of a sentence. */
export const MODEL_TITLES: { readonly [N in BaselineModel["name"]]: string } = {
  constant: "the constant",
  last_value: "the last value",
  seasonal_naive: "the season before",
  linear: "the linear model",
  neighbours: "nearest neighbours",
  trees: "boosted trees",
  network: "the network",
};

export function verdictOf(
  models: readonly BaselineModel[],
  comparison: Comparison | null,
  split: "validation" | "test",
): Verdict {
  if (comparison === null) {
    return {
      best: null,
      verdict: "The loss asks for what none of these metrics tells: nothing is compared.",
    };
  }
  const { main, beside } = comparison;
  const metricsOf = (model: BaselineModel): Metrics | null => model[split];
  const best = bestBy(main, models, metricsOf);
  const by = nameOf(main.metric.title);
  if (best === undefined) {
    return { best: null, verdict: `${by} is defined for none of the models on the ${split} rows.` };
  }
  const scoreOf = (model: BaselineModel) => metricsOf(model)?.[main.label] ?? null;
  const shown = (model: BaselineModel) => shownValue(main.metric, scoreOf(model) ?? Number.NaN);
  const network = models.find(({ name }) => name === "network");
  const others = beside.flatMap((use) => {
    const other = bestBy(use, models, metricsOf);
    const own = metricsOf(best)?.[use.label] ?? null;
    const isOther =
      other !== undefined && other !== best && isBetter(use, metricsOf(other)?.[use.label] ?? null, own);
    return isOther ? [`By ${nameOf(use.metric.title)} it is ${MODEL_TITLES[other.name]}.`] : [];
  });
  const told = sentence({
    best,
    network,
    second: bestBy(main, without(models, best), metricsOf),
    shown,
    scoreOf,
  });
  return { best: best.name, verdict: [`On the ${split} rows ${told(by)}`, ...others].join(" ") };
}

interface Told {
  readonly best: BaselineModel;
  readonly second: BaselineModel | undefined;
  readonly network: BaselineModel | undefined;
  readonly shown: (model: BaselineModel) => string;
  readonly scoreOf: (model: BaselineModel) => number | null;
}

function sentence({ best, second, network, shown, scoreOf }: Told): (by: string) => string {
  const title = MODEL_TITLES[best.name];
  const verb = best.name === "trees" || best.name === "neighbours" ? ["beat", "are"] : ["beats", "is"];
  const isKnown = network !== undefined && scoreOf(network) !== null;
  if (isKnown && best !== network) {
    const how = scoreOf(network) === scoreOf(best) ? `${verb[1]} as good as` : verb[0];
    return (by) => `${title} ${how} the network: ${by} ${shown(best)} against ${shown(network)}.`;
  }
  if (best === network) {
    const next =
      second === undefined
        ? ""
        : ` against ${shown(second)} of ${MODEL_TITLES[second.name]}, the best baseline`;
    return (by) => `the network is best: ${by} ${shown(best)}${next}.`;
  }
  return (by) => `${title} ${verb[1]} best, ${by} ${shown(best)}: that is what a network has to beat.`;
}

function without(models: readonly BaselineModel[], one: BaselineModel): readonly BaselineModel[] {
  return models.filter((other) => other !== one);
}

/** `MAE` as it is, `Log loss` in the middle of a sentence. */
function nameOf(title: string): string {
  return /^[A-Z][a-z]/.test(title) ? `${title.charAt(0).toLowerCase()}${title.slice(1)}` : title;
}
