// A schedule that is longer than the training: the language does not know how many rows there are.

import type { Stage } from "@netwright/compiler";
import { type Args, type Argument, count, type Instance, isSchedule } from "@netwright/definitions";
import { type Diagnostic, isOverride, type Model } from "@netwright/lang";
import type { FullCatalog } from "../catalog/catalog.ts";
import { projectWarning } from "./diagnostics.ts";

/** `rows` are those of the training. */
export function adviseOnSchedule(
  { train, nodes }: Model,
  rows: number,
  { compiler }: FullCatalog,
): readonly Diagnostic[] {
  if (train === null) return [];
  // Few epochs on the command line are a short trial of a file that means more.
  const set = train.spans["epochs"];
  if (set !== undefined && isOverride(set)) return [];
  const perEpoch = Math.ceil(Math.ceil(rows / train.batch) / train.accumulate);
  const updates = perEpoch * train.epochs;
  const settings = [train.optimizer, train.loss, ...nodes].flatMap(({ name, args }) =>
    settingsOf(name, args),
  );
  const schedules = settings.flatMap(({ of, value }) =>
    schedulesIn([value], compiler).map((schedule) => ({ ...schedule, of })),
  );
  return schedules.flatMap(({ name, span, stages, of }) => {
    const beyond = stages.find((stage) => stage.updates > updates);
    if (beyond === undefined) return [];
    const message = `${beyond.what} of ${of} takes ${count(beyond.updates, "update")}, and training has ${count(updates, "update")}`;
    const notes = [
      `Training has ${count(train.epochs, "epoch")} of ${count(perEpoch, "update")}: give more \`epochs\`, or \`${name}\` fewer steps.`,
    ];
    return [projectWarning("NW0718", message, notes, span)];
  });
}

/** What may be a schedule, and what that is the schedule of. */
function settingsOf(name: string, args: Args): readonly { readonly of: string; readonly value: Argument }[] {
  return Object.entries(args).map(([key, value]) => ({
    of: key === "learning_rate" ? "the learning rate" : `\`${key}\` of \`${name}\``,
    value,
  }));
}

interface StagedSchedule {
  readonly name: string;
  readonly span: Instance["span"];
  readonly stages: readonly Stage[];
}

/** One inside of another begins when the stages of that have ended. */
function schedulesIn(
  values: readonly Argument[],
  { schedule: known }: Pick<FullCatalog["compiler"], "schedule">,
  begin = 0,
): readonly StagedSchedule[] {
  return values
    .flat()
    .filter(isSchedule)
    .flatMap(({ name, args: own, span }) => {
      const stages = (known.get(name)?.stages(own) ?? []).map(({ what, updates }) => ({
        what,
        updates: begin + updates,
      }));
      const end = Math.max(begin, ...stages.map(({ updates }) => updates));
      return [{ name, span, stages }, ...schedulesIn(Object.values(own), { schedule: known }, end)];
    });
}
