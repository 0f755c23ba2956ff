// A schedule of the learning rate that is longer than the training: the language does not know how many rows there are.

import type { Stage } from "@netwright/compiler";
import { type Args, count, type Instance, isSchedule } from "@netwright/definitions";
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
  return schedulesIn(train.optimizer.args, compiler).flatMap(({ name, span, stages }) => {
    const beyond = stages.find((stage) => stage.updates > updates);
    if (beyond === undefined) return [];
    const message = `${beyond.what} of the learning rate takes ${count(beyond.updates, "update")}, and training has ${count(updates, "update")}`;
    const notes = [
      `Training has ${count(train.epochs, "epoch")} of ${count(perEpoch, "update")}: give more \`epochs\`, or \`${name}\` fewer steps.`,
    ];
    return [projectWarning("NW0718", message, notes, span)];
  });
}

interface StagedSchedule {
  readonly name: string;
  readonly span: Instance["span"];
  readonly stages: readonly Stage[];
}

/** One inside of another begins when the stages of that have ended. */
function schedulesIn(
  args: Args,
  { schedule: known }: Pick<FullCatalog["compiler"], "schedule">,
  begin = 0,
): readonly StagedSchedule[] {
  return Object.values(args)
    .filter(isSchedule)
    .flatMap(({ name, args: own, span }) => {
      const stages = (known.get(name)?.stages(own) ?? []).map(({ what, updates }) => ({
        what,
        updates: begin + updates,
      }));
      const end = Math.max(begin, ...stages.map(({ updates }) => updates));
      return [{ name, span, stages }, ...schedulesIn(own, { schedule: known }, end)];
    });
}
