// Whether what `report` asks for can be told of what a network predicts.

import type { Args, Catalog, LossDefinition, TargetKind } from "@netwright/definitions";
import type { Model, ReportSettings } from "./model.ts";

/** How many passes `spread: dropout` may make. */
export const PASSES = { min: 2, max: 1000 } as const;

export type Told = "interval" | "calibration" | "spread";

/** The targets of which each can be told. */
const TOLD: { readonly [K in Told]: readonly TargetKind[] } = {
  interval: ["number", "count", "class", "ordinal"],
  calibration: ["class", "ordinal"],
  spread: ["number", "count"],
};

export function isToldOf(key: Told, target: TargetKind): boolean {
  return TOLD[key].includes(target);
}

/** A spread is of one number of each column. */
export function givesSeveral({ quantiles }: LossDefinition, args: Args): boolean {
  return quantiles != null && quantiles(args) !== null;
}

/** Whether the network has what is to be apart. */
export function isApart(
  spread: NonNullable<ReportSettings["spread"]>,
  { nodes, outputs }: Pick<Model, "nodes" | "outputs">,
  { layer }: Pick<Catalog, "layer">,
): boolean {
  if (spread === "runs") return true;
  if (spread === "members") return outputs.some(({ members }) => members !== undefined);
  return nodes.some((node) => layer.get(node.layer)?.parts(node.args).drops === true);
}

/** All of it, of a whole model. */
export function fitsReport({ report, train, ...network }: Model, catalog: Catalog): boolean {
  if (report === undefined) return true;
  const loss = train === null ? undefined : catalog.definitions.loss.get(train.loss.name);
  if (train === null || loss === undefined) return false;
  const asked = (["interval", "calibration", "spread"] as const).filter((key) => report[key] !== undefined);
  if (asked.length > 0 && loss.margins === true) return false;
  if (report.spread === "runs" && report.interval === undefined) return false;
  if (!asked.every((key) => isToldOf(key, loss.target))) return false;
  return (
    report.spread === undefined ||
    (!givesSeveral(loss, train.loss.args) && isApart(report.spread, network, catalog))
  );
}
