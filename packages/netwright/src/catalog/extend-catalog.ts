// The catalog with definitions of a user's own: what `train` and `load` are handed as `catalog`.

import { type Definitions, definitions } from "@netwright/compiler";
import { type DataDefinitions, dataDefinitions } from "@netwright/data";
import { closest, type Documented, listNames, quote } from "@netwright/definitions";
import { isReserved } from "@netwright/lang";
import { type Metric, metrics } from "@netwright/runtime";
import { type Mistake, refuse } from "../api/check-options.ts";
import { catalogOf, type FullCatalog } from "./catalog.ts";
import { formMistakes } from "./own/form.ts";
import { soundColumn, soundLayer, soundLoss, soundMetric, soundMissing, soundSplitter } from "./own/sound.ts";
import { soundEncoder } from "./own/sound-encoder.ts";
import {
  soundActivation,
  soundConstraint,
  soundInitializer,
  soundOptimizer,
  soundRegularizer,
  soundSchedule,
} from "./own/sound-training.ts";
import { watched } from "./own/watched.ts";

type Families = Omit<Definitions, "stop" | "checkpoint" | "threshold"> &
  Omit<DataDefinitions, "source"> & { readonly metric: ReadonlyMap<string, Metric> };

/** Definitions by family: `{ layer: [scaled], loss: [quartic], metric: [bias] }`. */
export type Additions = {
  readonly [F in keyof Families]?: Families[F] extends ReadonlyMap<string, infer D> ? readonly D[] : never;
};

/**
 * Netwright's catalog and these definitions, as `defineLayer`, `defineLoss`, `defineScaling` and the like make them.
 * What they throw, or give that is of no use, rejects whatever uses them with NW0914.
 * @throws NetwrightError NW0911 for a family that there is not, a name that is taken or that no file can name, and for what is
 *   no definition
 */
export function extendCatalog(additions: Additions): FullCatalog {
  const unknown = Object.keys(additions).filter((family) => !Object.hasOwn(FAMILIES, family));
  if (unknown.length > 0) refuse(unknown.map(noFamily));
  const { layer, activation, initializer, regularizer, constraint, loss, optimizer, schedule } = additions;
  const { encoder, column, missing, splitter, metric } = additions;
  const initializers = joined("initializer", definitions.initializer, initializer, soundInitializer);
  const compiler: Definitions = {
    layer: joined("layer", definitions.layer, layer, (own) => soundLayer(own, { initializer: initializers })),
    activation: joined("activation", definitions.activation, activation, soundActivation),
    initializer: initializers,
    regularizer: joined("regularizer", definitions.regularizer, regularizer, soundRegularizer),
    constraint: joined("constraint", definitions.constraint, constraint, soundConstraint),
    loss: joined("loss", definitions.loss, loss, soundLoss),
    optimizer: joined("optimizer", definitions.optimizer, optimizer, soundOptimizer),
    schedule: joined("schedule", definitions.schedule, schedule, soundSchedule),
    stop: definitions.stop,
    checkpoint: definitions.checkpoint,
    threshold: definitions.threshold,
  };
  const rules = {
    encoder: joined("encoder", dataDefinitions.encoder, encoder, soundEncoder),
    missing: joined("missing", dataDefinitions.missing, missing, soundMissing),
  };
  const data: DataDefinitions = {
    ...rules,
    column: joined("column", dataDefinitions.column, column, (own) => soundColumn(own, rules)),
    splitter: joined("splitter", dataDefinitions.splitter, splitter, soundSplitter),
    source: dataDefinitions.source,
  };
  return catalogOf(compiler, data, joined("metric", metrics, metric, soundMetric));
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

/** What a family is called where its name is no word for one of it. */
const WORDS: Readonly<Record<string, string>> = {
  column: "type of column",
  missing: "rule for missing values",
};

/** `sound` holds one to what its functions have to give. */
function joined<T extends Pick<Documented, "name">>(
  family: string,
  known: ReadonlyMap<string, T>,
  added: readonly T[] = [],
  sound: (own: T) => T = (own) => own,
): ReadonlyMap<string, T> {
  const all = new Map(known);
  if (!Array.isArray(added))
    refuse([[`${quote(family)} of \`extendCatalog\` is no list`, `Write \`${family}: [...]\`.`]]);
  const mistakes = added.flatMap((definition: T, i): readonly Mistake[] => {
    const members: unknown = definition;
    if (!isMembers(members))
      return [[`${quote(family)} of \`extendCatalog\` has no definition at ${i + 1}`, "Leave it out."]];
    const name = String(members["name"]);
    if (typeof members["name"] !== "string" || !NAME.test(name)) {
      return [
        [
          `${quote(name)} is no name of ${article(family)} ${family}`,
          "Files name it by letters, digits and `_`.",
        ],
      ];
    }
    if (isReserved(name))
      return [[`${quote(name)} has a meaning in models, and names no ${family}`, "Give yours another name."]];
    if (all.has(name))
      return [[`there is ${article(family)} ${family} ${quote(name)} already`, "Give yours another name."]];
    const what = `the ${WORDS[family] ?? family} ${quote(name)}`;
    const wrong = formMistakes(what, members, known.values());
    if (wrong.length === 0) all.set(name, watched(what, sound(definition), known.values()));
    return wrong;
  });
  refuse(mistakes);
  return all;
}

function isMembers(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
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
