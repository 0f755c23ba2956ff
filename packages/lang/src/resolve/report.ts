// The `report` section: whether what it asks for can be told of what the loss is for.

import type { Args, ArgsOf, LossDefinition, Span } from "@netwright/definitions";
import { givesSeveral, isApart, isToldOf, type Told } from "../model/fits-report.ts";
import type { DataSettings, Model, ReportSettings } from "../model/model.ts";
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
  /** Arguments of the loss. */
  readonly args: Args | undefined;
  readonly network: Pick<Model, "nodes" | "outputs"> | undefined;
}

/** Of a row, where the file does not say. */
const DEFAULT_PASSES = 30;

const WHAT: { readonly [K in Told]: string } = {
  interval: "numbers have intervals, and classes sets",
  calibration: "the probabilities of classes are brought in line",
  spread: "numbers have a spread",
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
  const { interval, calibration, spread, samples } = args;
  const spans: Record<string, Span> = { report: item.keyword };
  for (const [key, { value }] of entries) spans[key] = value.span;
  for (const key of ["interval", "calibration", "spread"] as const)
    if (args[key] !== null) check(key, spans[key] ?? item.keyword, around, context);
  if (spread !== null) checkSpread(spread, spans["spread"] ?? item.keyword, around, context);
  if (spread === "runs" && interval === null) {
    const span = spans["spread"] ?? item.keyword;
    context.report.error(
      "NW0728",
      span,
      "`spread: runs` says how wide intervals are, and the file asks for none",
      {
        notes: [
          "Add `interval: 90%`, or take it out: `predict --spread` of a study says how far its models are apart.",
        ],
      },
    );
  }
  if (samples !== null && spread !== "dropout") {
    const span = spans["samples"] ?? item.keyword;
    context.report.error("NW0738", span, "`samples` counts passes, and the file asks for none", {
      notes: ["`spread: dropout` beside it predicts each row in so many passes with numbers dropped."],
    });
  }
  return {
    ...(interval === null ? {} : { interval }),
    ...(calibration === null ? {} : { calibration }),
    ...(spread === null ? {} : { spread }),
    ...(spread === "dropout" ? { samples: samples ?? DEFAULT_PASSES } : {}),
    spans,
  };
}

/** What is to be apart from one another, so that it has a spread. */
function checkSpread(
  spread: NonNullable<ReportSettings["spread"]>,
  span: Span,
  { loss, args, network }: Around,
  { report, catalog }: Context,
): void {
  if (loss !== undefined && args !== undefined && givesSeveral(loss, args)) {
    report.error(
      "NW0739",
      span,
      `\`spread\` is of one number of each column, and \`${loss.name}\` predicts several`,
      {
        notes: [
          "The least and the greatest of them say how far off the target may be, and an interval goes by them.",
        ],
      },
    );
  }
  if (network === undefined || isApart(spread, network, catalog)) return;
  if (spread === "members") {
    report.error("NW0737", span, "the network has no members that could be apart from one another", {
      notes: ["`members(32)` begins them in `model`; `spread: dropout` needs none."],
    });
  } else {
    report.error("NW0737", span, "the network drops no numbers, so all passes through it are the same", {
      notes: [
        "Put `dropout(10%)` behind a layer of `model`; a rate that is a schedule has no value for predictions.",
      ],
    });
  }
}

function check(key: Told, span: Span, { data, loss }: Around, context: Context): void {
  const { report } = context;
  // A spread is learned of nothing.
  if (key !== "spread" && data !== undefined && sharesOf(data.split, context).validation === 0) {
    report.error("NW0704", span, `\`${key}\` is measured on the validation rows, and none are kept`, {
      notes: ["Give `validation` of `data.split` a share, or take it out."],
    });
  }
  if (loss === undefined) return;
  if (!isToldOf(key, loss.target)) {
    report.error("NW0726", span, `\`${key}\` says nothing about ${TARGETS[loss.target]}`, {
      notes: [`Only ${WHAT[key]}; the loss \`${loss.name}\` is for ${TARGETS[loss.target]}.`],
    });
  } else if (loss.margins === true) {
    report.error("NW0719", span, `\`${key}\` goes by probabilities, and \`${loss.name}\` gives none`, {
      notes: [marginsNote(loss.name)],
    });
  }
}
