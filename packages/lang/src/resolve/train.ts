// The `train` section.

import { type ArgsOf, type Instance, type Span, watchingSchedule } from "@netwright/definitions";
import type { DataSettings, TrainSettings } from "../model/model.ts";
import { type trainParams, trainSettings } from "../sections/train.ts";
import type { Name, SettingsItem } from "../syntax/tree.ts";
import type { Context } from "./context.ts";
import { readFactors } from "./factors.ts";
import { readLayerNames } from "./layer-names.ts";
import type { OverrideNode } from "./overrides.ts";
import { checkSettings, collectSettings } from "./settings.ts";
import { sharesOf } from "./split.ts";
import type { Scope } from "./value.ts";

export interface ResolvedTrain {
  readonly settings: TrainSettings;
  /** As they were written: the model has to have these layers. */
  readonly frozen: readonly Name[];
}

function isRule(threshold: number | Instance | null): threshold is Instance {
  return typeof threshold === "object" && threshold !== null;
}

export function resolveTrain(
  item: SettingsItem,
  overrides: OverrideNode | undefined,
  scope: Scope,
  data: DataSettings | undefined,
  context: Context,
): ResolvedTrain | undefined {
  const section = {
    label: "train",
    settings: trainSettings,
    record: item.settings,
    at: item.keyword,
    overrides,
  };
  const entries = collectSettings(section, context);
  // What checkSettings returns has exactly the parameters of `trainParams`, checked against their types.
  const args = checkSettings(section, entries, scope, context) as ArgsOf<typeof trainParams> | undefined;
  const frozen = entries.get("freeze");
  const freeze = frozen === undefined ? [] : readLayerNames("freeze", frozen.value, context);
  if (args === undefined) return undefined;
  const spans: Record<string, Span> = { train: item.keyword };
  for (const [key, { value }] of entries) spans[key] = value.span;
  const factors = readFactors(entries, { item, overrides, scope, spans }, context);
  if (data !== undefined && sharesOf(data.split, context).validation === 0) reportUnwatched(args, context);
  const names = [...new Set(freeze.map(({ text }) => text))];
  const { threshold, clip_norm_each, mixup, initial_weights, numerics, seeds, ...others } = args;
  const { teacher_share, teacher_temperature, ...stated } = others;
  const taught = data?.teacher !== undefined;
  // What few files have is absent from the models of the others.
  const more = {
    ...(threshold === null ? {} : { threshold }),
    ...(clip_norm_each === null ? {} : { clip_norm_each }),
    ...(mixup === null ? {} : { mixup }),
    ...(taught ? { teacher_share: teacher_share ?? 0.5, teacher_temperature: teacher_temperature ?? 1 } : {}),
    ...(initial_weights === null ? {} : { initial_weights }),
    ...(numerics === "fused" ? { numerics } : {}),
    ...(seeds === null ? {} : { seeds }),
    ...factors,
  };
  return { settings: { ...stated, ...more, freeze: names, spans }, frozen: freeze };
}

/** What goes by the validation rows, where there are none. */
function reportUnwatched({ stop, threshold, optimizer }: ArgsOf<typeof trainParams>, context: Context): void {
  const share = "Give `validation` of `data.split` a share";
  const report = (at: Span, what: string, remedy: string) =>
    context.report.error("NW0704", at, `${what}, and no rows are kept for validation`, {
      notes: [`${share}, or ${remedy}.`],
    });
  if (stop !== null) report(stop.span, "`stop` watches the validation loss", "take `stop` out");
  if (isRule(threshold)) {
    report(
      threshold.span,
      "`threshold` is chosen on the validation rows",
      "state a number: `threshold: 0.3`",
    );
  }
  const rate = watchingSchedule(optimizer, context.catalog.definitions.schedule);
  if (rate !== null)
    report(rate.span, `\`${rate.name}\` watches the validation loss`, "take another schedule");
}
