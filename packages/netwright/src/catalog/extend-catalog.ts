// The catalog with definitions of a user's own: what `train` and `load` are handed as `catalog`.

import { type Definitions, definitions } from "@netwright/compiler";
import { type DataDefinitions, dataDefinitions } from "@netwright/data";
import { closest, type Documented, listNames, quote } from "@netwright/definitions";
import { type Metric, metrics } from "@netwright/runtime";
import { type Mistake, refuse } from "../api/check-options.ts";
import { catalogOf, type FullCatalog } from "./catalog.ts";

type Families = Omit<Definitions, "stop" | "checkpoint" | "threshold"> &
  Omit<DataDefinitions, "source"> & { readonly metric: ReadonlyMap<string, Metric> };

/** Definitions by family: `{ layer: [scaled], loss: [quartic], metric: [bias] }`. */
export type Additions = {
  readonly [F in keyof Families]?: Families[F] extends ReadonlyMap<string, infer D> ? readonly D[] : never;
};

/**
 * Netwright's catalog and these definitions, as `defineLayer`, `defineLoss`, `defineScaling` and the like make them.
 * @throws NetwrightError NW0911 for a family that there is not, a name that is taken or that no file can name
 */
export function extendCatalog(additions: Additions): FullCatalog {
  const unknown = Object.keys(additions).filter((family) => !Object.hasOwn(FAMILIES, family));
  if (unknown.length > 0) refuse(unknown.map(noFamily));
  const { layer, activation, initializer, regularizer, constraint, loss, optimizer, schedule } = additions;
  const { encoder, column, missing, splitter, metric } = additions;
  const compiler: Definitions = {
    layer: joined("layer", definitions.layer, layer),
    activation: joined("activation", definitions.activation, activation),
    initializer: joined("initializer", definitions.initializer, initializer),
    regularizer: joined("regularizer", definitions.regularizer, regularizer),
    constraint: joined("constraint", definitions.constraint, constraint),
    loss: joined("loss", definitions.loss, loss),
    optimizer: joined("optimizer", definitions.optimizer, optimizer),
    schedule: joined("schedule", definitions.schedule, schedule),
    stop: definitions.stop,
    checkpoint: definitions.checkpoint,
    threshold: definitions.threshold,
  };
  const data: DataDefinitions = {
    encoder: joined("encoder", dataDefinitions.encoder, encoder),
    column: joined("column", dataDefinitions.column, column),
    missing: joined("missing", dataDefinitions.missing, missing),
    splitter: joined("splitter", dataDefinitions.splitter, splitter),
    source: dataDefinitions.source,
  };
  return catalogOf(compiler, data, joined("metric", metrics, metric));
}

const FAMILIES: { readonly [F in keyof Additions]-?: true } = {
  layer: true,
  activation: true,
  initializer: true,
  regularizer: true,
  constraint: true,
  loss: true,
  optimizer: true,
  schedule: true,
  encoder: true,
  column: true,
  missing: true,
  splitter: true,
  metric: true,
};

const NAME = /^[A-Za-z_]\w*$/;

function joined<T extends Pick<Documented, "name">>(
  family: string,
  known: ReadonlyMap<string, T>,
  added: readonly T[] = [],
): ReadonlyMap<string, T> {
  const all = new Map(known);
  const mistakes = added.flatMap((definition): Mistake[] => {
    const { name } = definition;
    if (!NAME.test(name)) {
      return [
        [
          `${quote(name)} is no name of ${article(family)} ${family}`,
          "Files name it by letters, digits and `_`.",
        ],
      ];
    }
    if (all.has(name))
      return [[`there is ${article(family)} ${family} ${quote(name)} already`, "Give yours another name."]];
    all.set(name, definition);
    return [];
  });
  refuse(mistakes);
  return all;
}

function article(family: string): string {
  return /^[aeiou]/.test(family) ? "an" : "a";
}

function noFamily(family: string): Mistake {
  const known = Object.keys(FAMILIES);
  const meant = closest(family, known);
  const hint = meant === undefined ? "" : `Did you mean ${quote(meant)}? `;
  return [`\`extendCatalog\` takes no ${quote(family)}`, `${hint}It takes ${listNames(known, 20)}.`];
}
