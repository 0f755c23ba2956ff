// The `report` section: whether what it asks for can be told of what the loss is for.

import type { ArgsOf, LossDefinition, Span, TargetKind } from "@netwright/definitions";
import type { DataSettings, ReportSettings } from "../model/model.ts";
import { type reportParams, reportSettings } from "../sections/report.ts";
import type { SettingsItem } from "../syntax/tree.ts";
import type { Context } from "./context.ts";
import { marginsNote, TARGETS } from "./expect.ts";
import type { OverrideNode } from "./overrides.ts";
import { checkSettings, collectSettings } from "./settings.ts";
import { sharesOf } from "./split.ts";
import type { Scope } from "./value.ts";

/** What the rest of the file says, as far as it is known. */
interface Around {
  readonly data: DataSettings | undefined;
  readonly loss: LossDefinition | undefined;
}

type Key = keyof typeof reportParams;

/** The targets of which each can be told. */
const TOLD: { readonly [K in Key]: readonly TargetKind[] } = {
  interval: ["number", "count", "class", "ordinal"],
  calibration: ["class", "ordinal"],
};

const WHAT: { readonly [K in Key]: string } = {
  interval: "numbers have intervals, and classes sets",
  calibration: "the probabilities of classes are brought in line",
};

/** Undefined after a report; what the file leaves out is absent. */
export function resolveReport(
  item: SettingsItem,
  overrides: OverrideNode | undefined,
  scope: Scope,
  around: Around,
  context: Context,
): ReportSettings | undefined {
  const section = {
    label: "report",
    settings: reportSettings,
    record: item.settings,
    at: item.keyword,
    overrides,
  };
  const entries = collectSettings(section, context);
  // What checkSettings returns has exactly the parameters of `reportParams`, checked against their types.
  const args = checkSettings(section, entries, scope, context) as ArgsOf<typeof reportParams> | undefined;
  if (args === undefined) return undefined;
  const { interval, calibration } = args;
  const spans: Record<string, Span> = { report: item.keyword };
  for (const [key, { value }] of entries) spans[key] = value.span;
  for (const key of ["interval", "calibration"] as const)
    if (args[key] !== null) check(key, spans[key] ?? item.keyword, around, context);
  return {
    ...(interval === null ? {} : { interval }),
    ...(calibration === null ? {} : { calibration }),
    spans,
  };
}

function check(key: Key, span: Span, { data, loss }: Around, context: Context): void {
  const { report } = context;
  if (data !== undefined && sharesOf(data.split, context).validation === 0) {
    report.error("NW0704", span, `\`${key}\` is measured on the validation rows, and none are kept`, {
      notes: ["Give `validation` of `data.split` a share, or take it out."],
    });
  }
  if (loss === undefined) return;
  if (!TOLD[key].includes(loss.target)) {
    report.error("NW0726", span, `\`${key}\` says nothing about ${TARGETS[loss.target]}`, {
      notes: [`Only ${WHAT[key]}; the loss \`${loss.name}\` is for ${TARGETS[loss.target]}.`],
    });
  } else if (loss.margins === true) {
    report.error("NW0719", span, `\`${key}\` goes by probabilities, and \`${loss.name}\` gives none`, {
      notes: [marginsNote(loss.name)],
    });
  }
}
