// Everything in a model besides its layers, as paths with their values spelled out: what two files are compared by.

import type { Args, Instance } from "@netwright/definitions";
import type { Model } from "@netwright/lang";
import { spellArgument } from "../resolved/flow-lines.ts";
import { columnArguments, readingLines, spellTyped } from "../resolved/resolved-text.ts";

/** `train.optimizer.learning_rate` -> `0.001`, in order of the file. */
export function settingsOf({ params, data, train, expect }: Model): ReadonlyMap<string, string> {
  const settings = new Map<string, string>();
  for (const { name, value } of params) settings.set(`param ${name}`, spellArgument(value));
  if (data !== null) {
    settings.set("data.source", data.source);
    settings.set("data.target", data.target.join(", "));
    settings.set("data.features", data.features === "all" ? "all" : data.features.join(", "));
    for (const [name, column] of Object.entries(data.columns)) {
      settings.set(`data.columns.${name}`, columnText(column));
    }
    addInstance(settings, "data.scale", data.scale);
    addInstance(settings, "data.missing", data.missing);
    for (const line of readingLines(data)) {
      const colon = line.indexOf(": ");
      settings.set(`data.${line.slice(0, colon)}`, line.slice(colon + 2));
    }
    for (const [key, value] of Object.entries(data.split)) settings.set(`data.split.${key}`, String(value));
  }
  if (train !== null) {
    addInstance(settings, "train.loss", train.loss);
    addInstance(settings, "train.optimizer", train.optimizer);
    settings.set("train.batch", String(train.batch));
    for (const key of ["accumulate", "clip_value", "clip_norm", "weight_average", "freeze"] as const) {
      settings.set(`train.${key}`, spellArgument(train[key]));
    }
    settings.set("train.epochs", String(train.epochs));
    addInstance(settings, "train.stop", train.stop);
    settings.set("train.seed", String(train.seed));
  }
  for (const { split, label, comparison, value } of expect) {
    settings.set(`expect ${split}.${label} ${comparison}`, String(value));
  }
  return settings;
}

/** What it leaves to the section, or says nothing of, is left out. */
function columnText({ name, args }: Instance): string {
  const given = Object.entries(columnArguments(name)).flatMap(([key, { type }]) => {
    const value = args[key] ?? null;
    return value === null ? [] : [`${key}: ${spellTyped(type, value)}`];
  });
  return given.length === 0 ? name : `${name}(${given.join(", ")})`;
}

/** Its arguments apart, so that a changed learning rate is one line. */
function addInstance(settings: Map<string, string>, path: string, instance: Instance | null): void {
  settings.set(path, instance === null ? "none" : instance.name);
  const args: Args = instance?.args ?? {};
  for (const [key, value] of Object.entries(args)) settings.set(`${path}.${key}`, spellArgument(value));
}
