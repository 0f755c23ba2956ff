// Node runs the module that was written, on the sample rows.

import { isObject } from "@netwright/definitions";
import { type CheckFormat, differenceTo } from "../check.ts";
import type { PortableOutputs } from "../model/outputs.ts";
import type { SampleAnswer } from "../model/samples.ts";
import { importText } from "./import-text.ts";

type Predicted = Readonly<Record<string, unknown>>;

interface Predictor {
  /** Of a row, or of the rows of a window. @throws RangeError for what is refused */
  readonly predict: (row: unknown) => Predicted;
}

export const checkJs: CheckFormat = async ({ files }, model) => {
  const own = await importText(files, ".mjs");
  if (!isPredictor(own)) throw new TypeError("the module has no function `predict`");
  const { samples, window, outputs } = model;
  const { length } = samples;
  const rows = samples.rows.map(({ values }) => values);
  const given = samples.answers.map((_, i) =>
    own.predict(window === null ? rows[i] : rows.slice(i * length, (i + 1) * length)),
  );
  const taken = samples.refused.filter(({ values }) => {
    try {
      own.predict(values);
      return true;
    } catch {
      return false;
    }
  }).length;
  const values = given.flatMap((one) => numbersIn(outputs, one));
  const { difference, otherClasses } = differenceTo(model, values);
  return {
    kind: "checked",
    by: `Node ${process.versions.node}`,
    predictions: samples.answers.length,
    difference,
    otherClasses: Math.max(otherClasses, otherWords(given, samples.answers)),
    taken,
  };
};

/** How many words that are predicted are others. */
export function otherWords(given: readonly Predicted[], answers: readonly SampleAnswer[]): number {
  return answers.filter((own, i) =>
    Object.entries(own).some(([target, value]) => typeof value === "string" && given[i]?.[target] !== value),
  ).length;
}

function isPredictor(value: unknown): value is Predictor {
  return isObject(value) && typeof value["predict"] === "function";
}

/** In the order in which the network gives them. */
function numbersIn(outputs: PortableOutputs, given: Predicted): readonly number[] {
  const among = (key: string, names: readonly string[]) => {
    const own = given[key];
    return names.map((name) => (isObject(own) ? Number(own[name]) : Number.NaN));
  };
  switch (outputs.kind) {
    case "numbers":
      return outputs.columns.map(({ name }) => Number(given[name]));
    case "quantiles":
      return among("quantiles", outputs.levels.map(String));
    case "classes":
      return among(outputs.probabilities ? "probabilities" : "margins", outputs.words);
    case "labels":
      return among("probabilities", outputs.words);
  }
}
