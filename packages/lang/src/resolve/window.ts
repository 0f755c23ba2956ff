// The setting `window` of `data`: several rows of a series as an input, and a target behind them.

import {
  type ArgsOf,
  columnsIn,
  type Instance,
  listNames,
  lookUp,
  quote,
  type Span,
} from "@netwright/definitions";
import type { WindowSettings } from "../model/model.ts";
import { windowParams } from "../sections/data.ts";
import type { Expression, Name, SettingsItem } from "../syntax/tree.ts";
import { spellColumn } from "./column-names.ts";
import { type Context, placeText } from "./context.ts";
import type { OverrideNode } from "./overrides.ts";
import { type Entry, readBraces } from "./settings.ts";
import type { Scope } from "./value.ts";

/** Null where there is none; places of what it says are added to `spans`; undefined after a report. */
export function readWindow(
  entry: Entry | undefined,
  item: SettingsItem,
  overrides: OverrideNode | undefined,
  scope: Scope,
  spans: Record<string, Span>,
  context: Context,
): WindowSettings | null | undefined {
  const under = overrides?.children.get("window");
  if (entry !== undefined && entry.value.kind !== "record") {
    if (entry.value.kind === "constant" && entry.value.value === null) return null;
    if (entry.value.kind !== "broken")
      context.report.error("NW0303", entry.value.span, "`window` of `data` must be settings in braces", {
        notes: ["Write for example `window { length: 24, horizon: 1, order: time }`."],
      });
    return undefined;
  }
  if (entry === undefined && (under?.children.size ?? 0) === 0) return null;
  const braces = {
    label: "data.window",
    key: "window",
    params: windowParams,
    entry,
    at: item.keyword,
    overrides: under,
  };
  const read = readBraces(braces, scope, spans, context);
  if (read === undefined) return undefined;
  // What it returns has exactly these parameters, checked against their types.
  return read.args as ArgsOf<typeof windowParams>;
}

/** The columns that it goes by, placed where they are written. */
export function columnsOfWindow(
  { order, by }: WindowSettings,
  entry: Entry | undefined,
  spans: Readonly<Record<string, Span>>,
  at: Span,
): readonly Name[] {
  const settings = entry?.value.kind === "record" ? entry.value.settings : [];
  const written = settings.flatMap(({ key, value }) =>
    key.text === "order" || key.text === "by" ? namesIn(value) : [],
  );
  return [
    ...[order].map((text) => ({ text, span: spans["window.order"] ?? at })),
    ...(by ?? []).map((text) => ({ text, span: spans["window.by"] ?? at })),
  ].map(({ text, span }) => written.find((one) => one.text === text) ?? { text, quoted: false, span });
}

function namesIn(expression: Expression): readonly Name[] {
  const { span } = expression;
  if (expression.kind === "list") return expression.items.flatMap(namesIn);
  if (expression.kind === "name") return [{ text: expression.name, quoted: false, span }];
  return expression.kind === "string" ? [{ text: expression.value, quoted: true, span }] : [];
}

/** What says when a row was is no target, and neither is what says which series it is of. */
export function checkWindowApart(
  columns: readonly Name[],
  others: readonly (Name & { readonly role: string })[],
  context: Context,
): boolean {
  const [twice] = columns.filter(({ text }, i) => columns.findIndex((one) => one.text === text) < i);
  if (twice !== undefined) {
    context.report.error("NW0616", twice.span, `${quote(twice.text)} is named twice in \`window\``, {
      notes: ["`order` says when a row was, and `by` which series it is of: two different columns."],
    });
    return false;
  }
  for (const { text, span } of columns) {
    const other = others.find((one) => one.text === text);
    if (other === undefined) continue;
    context.report.error("NW0616", span, `${quote(text)} of \`window\` is ${other.role} as well`, {
      notes: [
        `It is named at ${placeText(context, other.span)}; what says where a row stands in its series is known beforehand, and nothing to be predicted.`,
      ],
    });
    return false;
  }
  return true;
}

/** Rows of a series that are dealt out by chance leave no two together, and a window needs many. */
export function checkWindowSplit(
  { order, by: named }: WindowSettings,
  { name, args }: Instance,
  at: Span,
  { catalog, report }: Context,
): boolean {
  const by = named ?? [];
  const splitter = lookUp(catalog.definitions.splitter, name);
  const columns = columnsIn(splitter.params, args);
  const keepsSeries = columns.length > 0 && columns.every((column) => by.includes(column));
  if (!splitter.scatters || keepsSeries) return true;
  const whole =
    by.length === 0
      ? []
      : [
          `Or keep whole series apart: \`split: grouped(by: ${by.length === 1 ? spellColumn(by[0] ?? "") : `[${by.map(spellColumn).join(", ")}]`})\`.`,
        ];
  const others = listNames(
    [...catalog.definitions.splitter.values()].flatMap((one) => (one.scatters ? [] : [one.name])),
  );
  report.error(
    "NW0615",
    at,
    `\`split: ${name}\` takes rows out of the midst of a series, and a window needs those that follow one another`,
    {
      notes: [
        `Split by time, \`split: by_time(${spellColumn(order)})\`, which is what a file with a window has where it states no \`split\`.`,
        ...whole,
        `Splitters that a window goes with: ${others}.`,
      ],
    },
  );
  return false;
}
