// What a saved model names and a catalog has not: definitions of whoever trained it.

import { type FittedEncoders, scaleNames } from "@netwright/data";
import type { Argument, Family } from "@netwright/definitions";
import type { DataSettings, Model } from "@netwright/lang";
import type { FullCatalog } from "../catalog/catalog.ts";

/** A name that the catalog does not have in the family where it stands. */
export interface Lacking {
  readonly family: Family;
  readonly name: string;
}

/** Each once. */
export function unknownDefinitions({ nodes, data, train }: Model, catalog: FullCatalog): readonly Lacking[] {
  const named = [
    ...nodes.flatMap(({ layer, args }): Lacking[] => [
      { family: "layer", name: layer },
      ...Object.values(args).flatMap(namesIn),
    ]),
    ...(data === null ? [] : settingsOf(data).flatMap(namesIn)),
    ...(train === null ? [] : [train.loss, train.optimizer, train.threshold ?? null].flatMap(namesIn)),
  ];
  return lackingIn(named, catalog);
}

/** The same of what a model has learned of its columns. */
export function unknownEncoders(
  { features, target }: FittedEncoders,
  catalog: FullCatalog,
): readonly Lacking[] {
  const named = [...features, ...target].flatMap((column): Lacking[] => [
    { family: "encoder", name: column.encoder },
    { family: "missing", name: column.missing.policy },
    ...scaleNames(column.params).map((name): Lacking => ({ family: "encoder", name })),
    ...(column.kind === "number" && column.reading !== undefined
      ? [{ family: "column", name: column.reading.type } as const]
      : []),
  ]);
  return lackingIn(named, catalog);
}

function settingsOf({ columns, scale, categories, missing, split }: DataSettings): readonly Argument[] {
  return [
    ...Object.values(columns),
    scale,
    ...(categories === undefined ? [] : [categories]),
    missing,
    split,
  ];
}

/** An instance, and those in its arguments. */
function namesIn(argument: Argument): readonly Lacking[] {
  if (typeof argument !== "object" || argument === null) return [];
  if (!("family" in argument)) return argument.flatMap(namesIn);
  const { family, name, args } = argument;
  return [{ family, name }, ...Object.values(args).flatMap(namesIn)];
}

function lackingIn(named: readonly Lacking[], { layer, definitions }: FullCatalog): readonly Lacking[] {
  const lacking = named.filter(({ family, name }) =>
    family === "layer" ? !layer.has(name) : !definitions[family].has(name),
  );
  return [...new Map(lacking.map((one) => [`${one.family} ${one.name}`, one])).values()];
}
