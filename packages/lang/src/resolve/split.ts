// The setting `split` of `data`: settings in braces, which are those of the usual splitter, or a splitter by its name,
// `split: fold(0, 5)`.

import {
  type Argument,
  columnsIn,
  type Instance,
  lookUp,
  type Shares,
  type Span,
  splitNames,
  splitParams,
  takesColumns,
} from "@netwright/definitions";
import { splitterParam } from "../sections/data.ts";
import type { CallExpression, Expression, Name, SettingsItem } from "../syntax/tree.ts";
import { fillIn } from "./bind.ts";
import type { Context } from "./context.ts";
import { evaluate } from "./evaluate.ts";
import { isOverride, type OverrideNode } from "./overrides.ts";
import { emptyScope } from "./scope.ts";
import { type Entry, readBraces } from "./settings.ts";
import type { Scope, Value } from "./value.ts";

/**
 * Places of what it says are added to `spans`; undefined after a report. `order` is the column that says when rows of series
 * were, null where there are none: their rows are divided by time where the file names no splitter.
 */
export function readSplit(
  entry: Entry | undefined,
  order: string | null,
  item: SettingsItem,
  overrides: OverrideNode | undefined,
  scope: Scope,
  spans: Record<string, Span>,
  context: Context,
): Instance | undefined {
  const named = entry === undefined || entry.value.kind === "record" ? undefined : entry;
  const asked =
    named === undefined
      ? inBraces(entry, item, overrides, scope, spans, context)
      : byName(named, overrides, scope, context);
  // A seed is of a split by chance.
  const byTime = named === undefined && order !== null && spans["split.seed"] === undefined;
  const read = byTime && asked !== undefined ? inTime(asked, order) : asked;
  // What only overrides say stands where they do.
  const [overridden] = splitNames.flatMap((name) => spans[`split.${name}`] ?? []);
  const at = entry?.value.span ?? overridden ?? item.keyword;
  return read === undefined || !isPossible(read, spans, at, context) ? undefined : read;
}

/** The part of all rows that each split gets. */
export function sharesOf({ name, args }: Instance, { catalog }: Context): Shares {
  return lookUp(catalog.definitions.splitter, name).shares(args);
}

/** The columns that it goes by, placed where they are written. */
export function columnsOfSplit(
  { name, args, span }: Instance,
  entry: Entry | undefined,
  { catalog }: Context,
): readonly Name[] {
  const written = new Map(entry === undefined ? [] : namesIn(entry.value).map((one) => [one.text, one]));
  return columnsIn(lookUp(catalog.definitions.splitter, name).params, args).map(
    (text) => written.get(text) ?? { text, quoted: false, span },
  );
}

function namesIn(expression: Expression): readonly Name[] {
  const { span } = expression;
  switch (expression.kind) {
    case "call":
      return expression.arguments.flatMap(({ value }) => namesIn(value));
    case "list":
      return expression.items.flatMap(namesIn);
    case "name":
      return [{ text: expression.name, quoted: false, span }];
    case "string":
      return [{ text: expression.value, quoted: true, span }];
    default:
      return [];
  }
}

function inBraces(
  entry: Entry | undefined,
  item: SettingsItem,
  overrides: OverrideNode | undefined,
  scope: Scope,
  spans: Record<string, Span>,
  context: Context,
): Instance | undefined {
  const braces = {
    label: "data.split",
    key: "split",
    params: splitParams,
    entry,
    at: item.keyword,
    overrides: overrides?.children.get("split"),
  };
  const read = readBraces(braces, scope, spans, context);
  if (read === undefined) return undefined;
  return { family: "splitter", name: splitterParam.default, args: read.args, span: read.span };
}

function inTime(split: Instance, column: string): Instance {
  const { seed: _, ...shares } = split.args;
  return { ...split, name: "by_time", args: { column, ...shares } };
}

function byName(
  { key, value }: Entry,
  overrides: OverrideNode | undefined,
  scope: Scope,
  context: Context,
): Instance | undefined {
  const names = isOverride(value.span) ? emptyScope : scope;
  const found = value.kind === "call" ? evaluateCall(value, names, context) : evaluate(value, names, context);
  if (found.kind !== "word" && found.kind !== "call") {
    if (found.kind !== "unknown") reportNoSplit(value.span, context);
    return undefined;
  }
  const wording = { code: "NW0220", what: "needs", unit: "setting" } as const;
  const target = { label: "`data`", params: { split: splitterParam }, wording };
  const given = new Map([["split", { name: key, value: found, span: value.span }]]);
  const args = fillIn(target, given, value.span, context, { overrides });
  return args?.["split"] === undefined ? undefined : instanceIn(args["split"]);
}

/** A name that stands for a column is no param, and makes none of them a used one. */
function evaluateCall(call: CallExpression, scope: Scope, context: Context): Value {
  const params = Object.entries(context.catalog.definitions.splitter.get(call.name.text)?.params ?? {});
  const given = call.arguments.map(({ name, value, span }, i) => {
    const param = name === undefined ? params[i]?.[1] : params.find(([key]) => key === name.text)?.[1];
    const isColumn = param !== undefined && takesColumns(param.type);
    return { name, value: evaluate(value, isColumn ? emptyScope : scope, context), span };
  });
  return { kind: "call", name: call.name, arguments: given, scope, span: call.span };
}

function instanceIn(argument: Argument): Instance | undefined {
  return typeof argument === "object" && argument !== null && "family" in argument ? argument : undefined;
}

function reportNoSplit(at: Span, context: Context): void {
  context.report.error("NW0303", at, "`split` of `data` must be settings in braces, or a splitter", {
    notes: [
      "Write for example `split: { train: 70%, validation: 15%, test: 15%, seed: 0 }`, or `split: fold(0, 5)`.",
    ],
  });
}

/** What is wrong with arguments that are right one by one. */
function isPossible(
  split: Instance,
  spans: Readonly<Record<string, Span>>,
  at: Span,
  context: Context,
): boolean {
  const conflict = lookUp(context.catalog.definitions.splitter, split.name).conflict(split.args);
  if (conflict !== null) {
    const notes = conflict.note === undefined ? [] : [conflict.note];
    context.report.error("NW0604", at, conflict.problem, { notes });
    return false;
  }
  if (sharesOf(split, context).train > 0) return true;
  context.report.error("NW0704", spans["split.train"] ?? at, "no rows are left to train on");
  return false;
}
