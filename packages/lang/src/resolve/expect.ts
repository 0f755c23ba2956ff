// The `expect` section: `test.r2 > 0.88`, one expectation an entry.

import {
  type Args,
  type LossDefinition,
  listNames,
  type MetricDefinition,
  quote,
  splitNames,
  type TargetKind,
} from "@netwright/definitions";
import type { DataSettings, Expectation, ReportSettings } from "../model/model.ts";
import { replaceBy } from "../report.ts";
import { suggest } from "../suggest/suggest.ts";
import type { Comparison, ExpectItem, Expression, Operator } from "../syntax/tree.ts";
import { bindCall } from "./bind.ts";
import { type Context, originNotes, placeText } from "./context.ts";
import { evaluate, evaluateArguments } from "./evaluate.ts";
import { sharesOf } from "./split.ts";
import type { Scope } from "./value.ts";
import { describeValue } from "./value.ts";

const COMPARISONS: readonly Comparison[] = ["<", "<=", ">", ">=", "==", "!="];

/** What an expectation is held against, as far as it is known. */
export interface Asked {
  readonly data: DataSettings | undefined;
  /** Null where the file asks for none. */
  readonly report: ReportSettings | null | undefined;
  readonly loss: LossDefinition | undefined;
}

export function resolveExpect(item: ExpectItem, scope: Scope, asked: Asked, context: Context): Expectation[] {
  const expectations: Expectation[] = [];
  for (const entry of item.entries) {
    const expectation = readEntry(entry, scope, asked, context);
    if (expectation === undefined) continue;
    const { split, label, comparison, span } = expectation;
    const first = expectations.find(
      (e) => e.split === split && e.label === label && e.comparison === comparison,
    );
    if (first === undefined) expectations.push(expectation);
    else {
      context.report.error("NW0204", span, `\`${split}.${label}\` is compared by \`${comparison}\` twice`, {
        notes: [`First at ${placeText(context, first.span)}; remove one of them.`],
      });
    }
  }
  return expectations;
}

function readEntry(
  entry: Expression,
  scope: Scope,
  { data, loss, report }: Asked,
  context: Context,
): Expectation | undefined {
  const { span } = entry;
  if (entry.kind === "broken") return undefined;
  const [only, more] = entry.kind === "operation" ? entry.rest : [];
  if (
    entry.kind !== "operation" ||
    entry.first.kind !== "path" ||
    only === undefined ||
    more !== undefined ||
    !isComparison(only.operator)
  ) {
    if (!isBroken(entry)) {
      context.report.error("NW0703", span, "this is no expectation", {
        notes: ["An expectation compares a metric of a split with a number: `test.mae < 4`."],
      });
    }
    return undefined;
  }
  const { first, second, arguments: given } = entry.first;
  const split = knownName("NW0701", "split", first, splitNames, context);
  const { metrics } = context.catalog;
  const metric = metrics.get(knownName("NW0702", "metric", second, [...metrics.keys()], context) ?? "");
  const bound =
    metric && bindCall(metric, evaluateArguments(given, scope, context), second.span, context, {});
  const value = evaluate(only.operand, scope, context);
  if (value.kind !== "number") {
    if (value.kind !== "unknown") {
      context.report.error(
        "NW0703",
        value.span,
        `a metric is compared with a number, found ${describeValue(value)}`,
        {
          notes: originNotes(context, value),
        },
      );
    }
    return undefined;
  }
  if (split === undefined || metric === undefined || bound === undefined) return undefined;
  if (data !== undefined && sharesOf(data.split, context)[split] === 0) {
    context.report.error("NW0704", entry.first.span, `no rows are kept for \`${split}\``, {
      notes: [`Give \`${split}\` of \`data.split\` a share.`],
    });
  }
  if (loss !== undefined && !metric.tasks.includes(loss.target)) {
    const others = [...metrics].flatMap(([name, { tasks }]) => (tasks.includes(loss.target) ? [name] : []));
    context.report.error(
      "NW0706",
      second.span,
      `\`${metric.name}\` says nothing about ${TARGETS[loss.target]}`,
      {
        notes: [`The loss \`${loss.name}\` is for ${TARGETS[loss.target]}: ${listNames(others, 40)}.`],
      },
    );
    return undefined;
  }
  if (loss?.margins === true && metric.needs === "probabilities") {
    context.report.error(
      "NW0719",
      second.span,
      `\`${metric.name}\` is about probabilities, and \`${loss.name}\` gives none`,
      { notes: [marginsNote(loss.name)] },
    );
    return undefined;
  }
  if (metric.needs === "interval" && report !== undefined && report?.interval === undefined) {
    context.report.error(
      "NW0727",
      second.span,
      `\`${metric.name}\` measures intervals, and the file asks for none`,
      {
        notes: ["Ask for them beside it: `report { interval: 90% }`."],
      },
    );
    return undefined;
  }
  if (
    metric.needs === "spread" &&
    loss !== undefined &&
    loss.spread !== true &&
    (report?.spread ?? "runs") === "runs"
  ) {
    context.report.error(
      "NW0736",
      second.span,
      `\`${metric.name}\` measures spreads, and \`${loss.name}\` gives none`,
      {
        notes: [
          "`loss: gaussian_nll` learns one beside each number, and `spread` of `report` has it of members or dropout.",
        ],
      },
    );
    return undefined;
  }
  return {
    split,
    metric: metric.name,
    args: bound.args,
    label: labelOf(metric, bound.args),
    comparison: only.operator,
    value: value.value,
    span,
  };
}

/** What to do where probabilities are asked of a loss that has none. */
export function marginsNote(loss: string): string {
  return `\`${loss}\` says which class it is and not how likely: \`binary_cross_entropy\` gives probabilities.`;
}

/** What a target is called. */
export const TARGETS: { readonly [K in TargetKind]: string } = {
  number: "numbers",
  count: "counts",
  distribution: "shares of a whole",
  direction: "directions",
  class: "classes",
  ordinal: "classes in an order",
  labels: "labels",
};

/** `mae`, `accuracy(top: 3)`: what differs from the defaults. */
function labelOf({ name, params }: MetricDefinition, args: Args): string {
  const given = Object.entries(params).flatMap(([key, param]) => {
    const value = args[key];
    if (value === undefined || value === (param.default ?? null)) return [];
    const text = param.type.kind === "choice" || typeof value !== "string" ? value : JSON.stringify(value);
    return [`${key}: ${String(text)}`];
  });
  return given.length === 0 ? name : `${name}(${given.join(", ")})`;
}

function isComparison(operator: Operator): operator is Comparison {
  return COMPARISONS.some((comparison) => comparison === operator);
}

function isBroken(entry: Expression): boolean {
  if (entry.kind !== "operation") return false;
  return entry.first.kind === "broken" || entry.rest.some(({ operand }) => operand.kind === "broken");
}

function knownName<T extends string>(
  code: "NW0701" | "NW0702",
  noun: string,
  { text, span }: { readonly text: string; readonly span: Expression["span"] },
  known: readonly T[],
  context: Context,
): T | undefined {
  const found = known.find((name) => name === text);
  if (found !== undefined) return found;
  const { meant, notes } = suggest("metric", text, known);
  const fix = meant === undefined ? undefined : replaceBy(span, meant);
  context.report.error(code, span, `unknown ${noun} ${quote(text)}`, {
    notes: [...notes, `Known: ${listNames(known, 40)}.`],
    fix,
  });
  return undefined;
}
