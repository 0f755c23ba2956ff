// Expectations that are decided before anything is trained: no value of the metric meets them, every value does, or
// two of them leave none.

import { describeInterval, type Interval } from "@netwright/definitions";
import type { Expectation } from "../model/model.ts";
import { type Context, placeText } from "../resolve/context.ts";

export function adviseOnExpectations(expect: readonly Expectation[], context: Context): void {
  for (const [i, expectation] of expect.entries()) {
    const { split, metric, label, span } = expectation;
    const range = context.catalog.metrics.get(metric)?.range;
    if (range === undefined) continue;
    const text = `\`${textOf(expectation)}\``;
    const verdict = decided(expectation, range);
    if (verdict !== undefined) {
      const message = verdict === "never" ? `${text} can never be met` : `${text} is always met`;
      const notes = [`\`${label}\` is ${rangeText(range)}, whatever the model.`];
      context.report.warning("NW0711", span, message, { notes });
      continue;
    }
    const same = expect.slice(0, i).filter((other) => other.split === split && other.label === label);
    const against = same.find((other) => exclude(other, expectation));
    if (against === undefined || decided(against, range) !== undefined) continue;
    const message = `${text} and \`${textOf(against)}\` cannot both be met`;
    context.report.warning("NW0711", span, message, {
      notes: [`The other stands at ${placeText(context, against.span)}.`],
    });
  }
}

function textOf({ split, label, comparison, value }: Expectation): string {
  return `${split}.${label} ${comparison} ${value}`;
}

/** "a number of at least 0" */
function rangeText(range: Interval): string {
  return describeInterval(range).replace(/^numbers/, "a number");
}

function decided({ comparison, value }: Expectation, { min, max }: Interval): "never" | "always" | undefined {
  const outside = value < min || value > max;
  switch (comparison) {
    case "<":
      return value <= min ? "never" : value > max ? "always" : undefined;
    case "<=":
      return value < min ? "never" : value >= max ? "always" : undefined;
    case ">":
      return value >= max ? "never" : value < min ? "always" : undefined;
    case ">=":
      return value > max ? "never" : value <= min ? "always" : undefined;
    case "==":
      return outside ? "never" : undefined;
    case "!=":
      return outside ? "always" : undefined;
  }
}

/** No number meets both. */
function exclude(a: Expectation, b: Expectation): boolean {
  const [x, y] = [metBy(a), metBy(b)];
  if (x === undefined || y === undefined)
    return a.comparison !== b.comparison && a.value === b.value && isPair(a, b);
  const least = x.min > y.min || (x.min === y.min && x.open) ? x : y;
  const greatest = x.max < y.max || (x.max === y.max && x.open) ? x : y;
  if (least.min !== greatest.max) return least.min > greatest.max;
  return least.open || greatest.open;
}

/** `== v` and `!= v`. */
function isPair(a: Expectation, b: Expectation): boolean {
  return [a, b].every(({ comparison }) => comparison === "==" || comparison === "!=");
}

/** The numbers that meet it; `open` leaves its one bound out. Undefined for all but one. */
function metBy({ comparison, value }: Expectation): (Interval & { readonly open: boolean }) | undefined {
  const open = comparison === "<" || comparison === ">";
  switch (comparison) {
    case "<":
    case "<=":
      return { min: Number.NEGATIVE_INFINITY, max: value, open };
    case ">":
    case ">=":
      return { min: value, max: Number.POSITIVE_INFINITY, open };
    case "==":
      return { min: value, max: value, open };
    case "!=":
      return undefined;
  }
}
