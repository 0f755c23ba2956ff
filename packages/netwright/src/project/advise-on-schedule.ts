// A schedule of the learning rate that is longer than the training: the language does not know how many rows there are.

import { type Args, count, type Instance } from "@netwright/definitions";
import { type Diagnostic, isOverride, type Model } from "@netwright/lang";
import type { FullCatalog } from "../catalog/catalog.ts";
import { projectWarning } from "./diagnostics.ts";

/** `rows` are those of the training. */
export function adviseOnSchedule(
  { train }: Model,
  rows: number,
  { compiler }: FullCatalog,
): readonly Diagnostic[] {
  if (train === null) return [];
  // Few epochs on the command line are a short trial of a file that means more.
  const set = train.spans["epochs"];
  if (set !== undefined && isOverride(set)) return [];
  const perEpoch = Math.ceil(Math.ceil(rows / train.batch) / train.accumulate);
  const updates = perEpoch * train.epochs;
  return instancesIn(train.optimizer.args).flatMap(({ family, name, args, span }) => {
    const stages = family === "schedule" ? compiler.schedule.get(name)?.stages(args) : undefined;
    const beyond = stages?.find((stage) => stage.updates > updates);
    if (beyond === undefined) return [];
    const message = `${beyond.what} of the learning rate takes ${count(beyond.updates, "update")}, and training has ${count(updates, "update")}`;
    const notes = [
      `Training has ${count(train.epochs, "epoch")} of ${count(perEpoch, "update")}: give more \`epochs\`, or \`${name}\` fewer steps.`,
    ];
    return [projectWarning("NW0718", message, notes, span)];
  });
}

function instancesIn(args: Args): readonly Instance[] {
  return Object.values(args).flatMap((value) =>
    typeof value === "object" && value !== null && "family" in value ? [value] : [],
  );
}
