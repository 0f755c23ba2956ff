// Everything in a model besides its layers, as paths with their values spelled out: what two files are compared by.

import type { Args, Instance } from "@netwright/definitions";
import type { Model } from "@netwright/lang";
import type { FullCatalog } from "../catalog/catalog.ts";
import {
  columnArguments,
  readingLines,
  spellWeight,
  teacherLines,
  windowSettings,
} from "../resolved/resolved-text.ts";
import { spellArgument, spellTyped } from "../resolved/spell.ts";

/** `train.optimizer.learning_rate` -> `0.001`, in order of the file. */
export function settingsOf(
  { params, data, train, report, expect, draws = [] }: Model,
  known: FullCatalog,
): ReadonlyMap<string, string> {
  const settings = new Map<string, string>();
  for (const { name, value } of params) settings.set(`param ${name}`, spellArgument(value));
  for (const { name, values } of draws) settings.set(`param ${name}`, spellArgument(values));
  if (data !== null) {
    settings.set("data.source", data.source);
    if (data.query !== undefined) settings.set("data.query", spellArgument(data.query, known));
    settings.set("data.target", data.target.join(", "));
    settings.set("data.features", data.features === "all" ? "all" : data.features.join(", "));
    for (const [name, column] of Object.entries(data.columns)) {
      settings.set(`data.columns.${name}`, columnText(column, known));
    }
    addInstance(settings, "data.scale", data.scale);
    addInstance(settings, "data.missing", data.missing);
    if (data.categories !== undefined) addInstance(settings, "data.categories", data.categories);
    if (data.weight !== undefined) settings.set("data.weight", spellWeight(data.weight));
    addLines(settings, "data", teacherLines(data));
    addLines(settings, "data", readingLines(data));
    if (data.window !== undefined) addLines(settings, "data.window", windowSettings(data.window));
    addInstance(settings, "data.split", data.split);
  }
  if (train !== null) {
    addInstance(settings, "train.loss", train.loss);
    addInstance(settings, "train.optimizer", train.optimizer);
    settings.set("train.batch", String(train.batch));
    for (const key of ["accumulate", "clip_value", "clip_norm", "weight_average", "freeze"] as const) {
      settings.set(`train.${key}`, spellArgument(train[key]));
    }
    if (train.clip_norm_each !== undefined)
      settings.set("train.clip_norm_each", String(train.clip_norm_each));
    if (train.mixup !== undefined) settings.set("train.mixup", String(train.mixup));
    for (const key of ["learning_rate_factors", "weight_decay_factors"] as const) {
      // A factor of 1 is as none.
      for (const [role, factor] of Object.entries(train[key] ?? {}))
        if (factor !== 1) settings.set(`train.${key}.${role}`, String(factor));
    }
    settings.set("train.epochs", String(train.epochs));
    addInstance(settings, "train.stop", train.stop);
    addInstance(settings, "train.checkpoint", train.checkpoint);
    // What few files have, and the others have never been shown.
    if (typeof train.threshold === "number") settings.set("train.threshold", String(train.threshold));
    else if (train.threshold !== undefined) addInstance(settings, "train.threshold", train.threshold);
    for (const key of ["teacher_share", "teacher_temperature"] as const)
      if (train[key] !== undefined) settings.set(`train.${key}`, String(train[key]));
    if (train.initial_weights !== undefined) settings.set("train.initial_weights", train.initial_weights);
    if (train.numerics !== undefined) settings.set("train.numerics", train.numerics);
    settings.set("train.seed", String(train.seed));
    if (train.seeds !== undefined) settings.set("train.seeds", String(train.seeds));
  }
  for (const key of ["interval", "calibration", "spread", "samples"] as const) {
    const value = report?.[key];
    if (value !== undefined) settings.set(`report.${key}`, String(value));
  }
  for (const { split, label, comparison, value } of expect) {
    settings.set(`expect ${split}.${label} ${comparison}`, String(value));
  }
  return settings;
}

/** `decimal: ","`: a key and its value. */
function addLines(settings: Map<string, string>, path: string, lines: readonly string[]): void {
  for (const line of lines) {
    const colon = line.indexOf(": ");
    settings.set(`${path}.${line.slice(0, colon)}`, line.slice(colon + 2));
  }
}

/** What it leaves to the section, or says nothing of, is left out. */
function columnText({ name, args }: Instance, known: FullCatalog): string {
  const given = Object.entries(columnArguments(name, known)).flatMap(([key, { type }]) => {
    const value = args[key] ?? null;
    return value === null ? [] : [`${key}: ${spellTyped(type, value, known)}`];
  });
  return given.length === 0 ? name : `${name}(${given.join(", ")})`;
}

/** Its arguments apart, so that a changed learning rate is one line. */
function addInstance(settings: Map<string, string>, path: string, instance: Instance | null): void {
  settings.set(path, instance === null ? "none" : instance.name);
  const args: Args = instance?.args ?? {};
  for (const [key, value] of Object.entries(args)) settings.set(`${path}.${key}`, spellArgument(value));
}
