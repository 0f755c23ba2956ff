// What a model predicts, as formats are told of it, and what its loss makes of what the network gives.

import { type Loss, losses } from "@netwright/compiler";
import { labelSeparator, type OpenColumn, type OpenNumbers, thresholdOf } from "@netwright/data";
import { some } from "@netwright/definitions";
import type { Link, NumberOutput, PortableOutputs } from "@netwright/formats";
import { levelsOf, middleOf } from "../../model/quantiles.ts";
import type { SavedModel } from "../../model/saved-model.ts";
import { hasSpread } from "../../model/spreads.ts";
import { hasProbabilities } from "../../training/measure.ts";

export function portableOutputs({ model, encoders, catalog }: SavedModel): PortableOutputs {
  const [only] = encoders.target;
  if (only?.kind === "words") {
    const { name, temperature = null, set = null } = only.fitted;
    const { words } = only.coding;
    const separator = labelSeparator(encoders);
    if (separator !== null) return { kind: "labels", name, words, separator };
    return {
      kind: "classes",
      name,
      words,
      probabilities: hasProbabilities(model, catalog),
      threshold: thresholdOf(encoders),
      temperature,
      set,
    };
  }
  const numbers = encoders.target.filter(isNumbers);
  const levels = levelsOf(model, catalog);
  const [first] = numbers;
  if (levels !== null && first !== undefined)
    return { kind: "quantiles", column: numberOutput(first), levels, middle: middleOf(levels) };
  return { kind: "numbers", columns: numbers.map(numberOutput), spread: hasSpread(model, catalog) };
}

function isNumbers(column: OpenColumn): column is OpenNumbers {
  return column.kind === "number";
}

function numberOutput({ fitted, encoder, coding: { scaling } }: OpenNumbers): NumberOutput {
  const { name, contract, range = null, interval = null } = fitted;
  const { unit, min, max } = contract;
  const invert = scaling?.unheld ?? scaling?.invert ?? ((z) => z);
  const scale = Math.abs(invert(1) - invert(0));
  return {
    name,
    unit,
    min,
    max,
    encoder: encoder.name,
    inverse: scaling?.steps?.invert ?? null,
    range,
    scale: scale > 0 && Number.isFinite(scale) ? scale : 1,
    interval,
  };
}

type LinkOf = (args: Parameters<Loss["link"]>[2]) => Link;

const links: ReadonlyMap<string, LinkOf> = new Map<string, LinkOf>([
  ["cross_entropy", () => ({ kind: "softmax" })],
  ["focal", () => ({ kind: "softmax" })],
  ["kl_divergence", () => ({ kind: "softmax" })],
  ["binary_cross_entropy", () => ({ kind: "two_classes" })],
  ["multi_label_cross_entropy", () => ({ kind: "sigmoid" })],
  ["hinge", () => ({ kind: "margins" })],
  ["poisson", () => ({ kind: "exponential" })],
  ["quantile", (args) => ({ kind: args["levels"] === null ? "as_is" : "sorted" })],
]);

/** Without a section `train` nothing is made of it. */
export function linkOf({ model: { train, outputs }, catalog }: SavedModel): Link {
  if (train === null) return { kind: "as_is" };
  const { name, args } = train.loss;
  const loss = catalog.compiler.loss.get(name);
  const own = losses.get(name);
  const other = { kind: "other", loss: name } as const;
  if (loss === undefined) return other;
  // What all losses of numbers have that say nothing of a link, also those of a user's own.
  const plain = losses.get("mse");
  const isMean = some(outputs)[0].members === undefined || loss.average === plain?.average;
  if (loss.link === plain?.link) return isMean ? { kind: "as_is" } : other;
  return own === loss ? (links.get(name)?.(args) ?? other) : other;
}
