// What the data gives a network: widths of inputs and outputs, number of classes.

import { type Catalog, columnKindOf } from "@netwright/definitions";
import type { TrainSettings } from "../model/model.ts";
import type { Context } from "./context.ts";
import type { ResolvedData } from "./data.ts";
import { predictedKind, statedSchema } from "./data-schema.ts";
import type { NetworkData } from "./model.ts";
import type { Host } from "./uses.ts";

/** What the data gives the network: as far as the file says it, and else as the table does. */
export function dataOf(
  { settings, columns }: ResolvedData,
  train: TrainSettings | null | undefined,
  file: string,
  host: Host,
  { catalog }: Context,
): NetworkData {
  if (columns === undefined) return { settings, inputs: undefined, outputs: undefined };
  const predicts = predictedKind(train ?? null, catalog);
  const stated = statedSchema(columns, predicts, catalog);
  // Classes behind a window are a mistake, and nothing that a table could tell.
  const isWrong = columns.window !== null && columnKindOf(predicts) === "words";
  const complete = (stated.inputs !== undefined && stated.classes !== undefined) || isWrong;
  // Without a sound `train` section it is not known what is asked of the table.
  const asked = complete || settings === undefined || train === undefined ? undefined : settings;
  const schema = asked === undefined ? undefined : host.schema?.(asked, file, predicts);
  const { inputs, classes } = schema ?? stated;
  return { settings, inputs, outputs: widthOf(columns.target.length, classes, train, catalog), classes };
}

/** How many numbers the loss wants for the targets: one for each column where no loss says otherwise. */
function widthOf(
  columns: number,
  classes: number | null | undefined,
  train: TrainSettings | null | undefined,
  catalog: Catalog,
): number | undefined {
  const loss = train ? catalog.definitions.loss.get(train.loss.name) : undefined;
  if (!train || loss === undefined) return columns;
  return loss.width({ columns, classes: classes ?? null }, train.loss.args) ?? undefined;
}
