// A prediction has the value of each target under its name, and what stands beside it under names of its own: where these are
// one, the value is kept. In training that is one line; whoever finds it in predictions no longer knows why.

import type { Args, LossDefinition } from "@netwright/definitions";
import { listNames } from "@netwright/definitions";
import { givesSeveral } from "../model/fits-report.ts";
import type { DataSettings, ReportSettings } from "../model/model.ts";
import type { Context } from "./context.ts";

interface Around {
  readonly data: DataSettings | undefined;
  readonly loss: LossDefinition | undefined;
  /** Of the loss. */
  readonly args: Args | undefined;
  readonly report: ReportSettings | null | undefined;
}

export function warnOfTakenNames({ data, loss, args, report: asked }: Around, { report }: Context): void {
  if (data === undefined || loss === undefined || args === undefined) return;
  const beside = [...keysBeside(loss, args, asked ?? {}), ...columnsBeside(data.target, loss, asked ?? {})];
  const taken = data.target.filter((name) => beside.includes(name));
  const span = data.spans["target"] ?? data.spans["data"];
  if (taken.length === 0 || span === undefined) return;
  const are = taken.length === 1 ? "is a target" : "are targets";
  report.warning(
    "NW0740",
    span,
    `${listNames(taken)} ${are}, and a prediction has something of that name beside its targets`,
    {
      notes: [
        "What stands beside is left out, or cannot be told apart: give the column another name in the table.",
      ],
    },
  );
}

/** Of a record. */
function keysBeside(
  loss: LossDefinition,
  args: Args,
  { interval, spread }: Pick<ReportSettings, "interval" | "spread">,
): readonly string[] {
  const isOfNumbers = loss.target === "number" || loss.target === "count";
  return [
    ...(isOfNumbers ? [] : ["probabilities"]),
    ...(givesSeveral(loss, args) ? ["quantiles"] : []),
    ...(interval === undefined ? [] : [isOfNumbers ? "interval" : "set"]),
    ...(loss.spread === true || spread !== undefined ? ["spread"] : []),
  ];
}

/** Of a table of predictions. */
function columnsBeside(
  targets: readonly string[],
  { spread: learns }: LossDefinition,
  { interval, spread }: Pick<ReportSettings, "interval" | "spread">,
): readonly string[] {
  const parts = [
    ...(interval === undefined ? [] : ["lower", "upper", "set"]),
    ...(learns === true || spread !== undefined ? ["spread"] : []),
  ];
  return targets.flatMap((target) => parts.map((part) => `${target}(${part})`));
}
