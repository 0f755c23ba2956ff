// The values that a param may take: `in [64, 128]` or `in 1..6`. A range is one of whole numbers when its ends
// and the default are written as whole numbers, otherwise one of all numbers in between.

import { closest, cutList, type Drawable, quote, type Span } from "@netwright/definitions";
import { replaceBy } from "../report.ts";
import { type Context, placeText } from "./context.ts";
import { isOverride } from "./overrides.ts";
import { describeValue, equalValues, spellValue, type Value } from "./value.ts";

/** What a param may be: one of a list, or a number of a range, both ends included. */
export type Domain =
  | { readonly kind: "list"; readonly items: readonly Value[] }
  | Extract<Drawable, { kind: "range" }>;

/** The word around a range of which equal ratios, and not equal differences, are alike: `in log(1e-4..1e-1)`. */
const LOG = "log";

/** What is written behind `in`, beside the default; undefined for what is no domain. */
export function domainOf(written: Value, standard: Value): Domain | undefined {
  if (written.kind === "list") return written.items.length === 0 ? undefined : written;
  const log = rangeInLog(written);
  const range = log ?? (written.kind === "range" ? written : undefined);
  if (range === undefined || range.from > range.to || (log !== undefined && range.from <= 0))
    return undefined;
  const whole = range.whole && standard.kind === "number" && standard.whole;
  return { kind: "range", from: range.from, to: range.to, whole, log: log !== undefined };
}

/** A range of no more whole numbers is all of them: a file may compare a param with one in the middle. */
const FEW = 32;

/**
 * What stands for all that may be drawn: each of a list or of few whole numbers, both ends of another range. `span` is for
 * numbers that nobody wrote.
 */
export function representatives(domain: Domain, span: Span): readonly Value[] {
  if (domain.kind === "list") return domain.items;
  const { from, to, whole } = domain;
  const isFew = whole && to - from < FEW;
  const numbers = isFew ? Array.from({ length: to - from + 1 }, (_, i) => from + i) : [from, to];
  return numbers.map((value) => ({ kind: "number", value, whole, span }));
}

function rangeInLog(written: Value): Extract<Value, { kind: "range" }> | undefined {
  if (written.kind !== "call" || written.name.text !== LOG) return undefined;
  const [only, ...others] = written.arguments;
  return only?.name === undefined && others.length === 0 && only?.value.kind === "range"
    ? only.value
    : undefined;
}

/** False after a report. A domain or value that is unknown fits. */
export function checkDomain(
  name: string,
  value: Value,
  written: Value,
  standard: Value,
  context: Context,
): boolean {
  if (written.kind === "unknown" || value.kind === "unknown") return true;
  const domain = domainOf(written, standard);
  if (domain === undefined) {
    context.report.error(
      "NW0506",
      written.span,
      `the domain of ${quote(name)} is ${describeDomain(written)}`,
      {
        notes: ["A domain is a list, `in [64, 128]`, or a range, `in 1..6`, or `in log(1e-4..1e-1)`."],
      },
    );
    return false;
  }
  if (domain.kind === "list") {
    if (domain.items.some((item) => item.kind === "unknown" || equalValues(item, value))) return true;
    report(name, value, written, nearestInList(value, domain.items), context);
    return false;
  }
  if (value.kind === "number") {
    const { from, to, whole } = domain;
    const inside = value.value >= from && value.value <= to;
    if (inside && (!whole || Number.isInteger(value.value))) return true;
    const clamped = Math.min(to, Math.max(from, value.value));
    report(name, value, written, String(whole ? Math.round(clamped) : clamped), context, whole && inside);
    return false;
  }
  report(name, value, written, undefined, context);
  return false;
}

function describeDomain(domain: Value): string {
  if (domain.kind === "list") return "empty";
  const log = rangeInLog(domain);
  if (log !== undefined && log.from <= log.to) return "a range in logarithms that does not start above 0";
  return domain.kind === "range" || log !== undefined
    ? "a range that ends before it starts"
    : describeValue(domain);
}

function report(
  name: string,
  value: Value,
  domain: Value,
  nearest: string | undefined,
  context: Context,
  fraction = false,
): void {
  const what = fraction ? "not a whole number" : `not in ${spellDomain(domain)}`;
  const { span } = value;
  const fix = nearest === undefined || value.origin !== undefined ? undefined : replaceBy(span, nearest);
  const notes = isOverride(span)
    ? [`Set by \`${span.file}\`; the domain stands at ${placeText(context, domain.span)}.`]
    : [`Values of \`${name}\` are ${spellDomain(domain)}${fraction ? ", whole numbers" : ""}.`];
  context.report.error("NW0501", span, `${quote(name)} is ${spellValue(value)}, which is ${what}`, {
    notes,
    fix,
  });
}

function spellDomain(domain: Value): string {
  return domain.kind === "list" ? `[${cutList(domain.items.map(spellValue))}]` : spellValue(domain);
}

function nearestInList(value: Value, items: readonly Value[]): string | undefined {
  if (value.kind !== "number") return closest(spellValue(value), items.map(spellValue));
  let nearest: number | undefined;
  for (const item of items) {
    if (item.kind !== "number") continue;
    if (nearest === undefined || Math.abs(item.value - value.value) < Math.abs(nearest - value.value)) {
      nearest = item.value;
    }
  }
  return nearest === undefined ? undefined : String(nearest);
}
