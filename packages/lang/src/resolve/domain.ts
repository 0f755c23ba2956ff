// The values that a param may take: `in [64, 128]` or `in 1..6`. A range is one of whole numbers when its ends
// and the default are written as whole numbers, otherwise one of all numbers in between.

import { closest, cutList, quote } from "@netwright/definitions";
import { replaceBy } from "../report.ts";
import { type Context, placeText } from "./context.ts";
import { isOverride } from "./overrides.ts";
import { describeValue, equalValues, spellValue, type Value } from "./value.ts";

/** False after a report. A domain or value that is unknown fits. */
export function checkDomain(
  name: string,
  value: Value,
  domain: Value,
  standard: Value,
  context: Context,
): boolean {
  if (domain.kind === "unknown" || value.kind === "unknown") return true;
  if (domain.kind === "list") {
    if (domain.items.length > 0) {
      if (domain.items.some((item) => item.kind === "unknown" || equalValues(item, value))) return true;
      report(name, value, domain, nearestInList(value, domain.items), context);
      return false;
    }
  } else if (domain.kind === "range" && domain.from <= domain.to) {
    const whole = domain.whole && standard.kind === "number" && standard.whole;
    if (value.kind === "number") {
      const inside = value.value >= domain.from && value.value <= domain.to;
      if (inside && (!whole || Number.isInteger(value.value))) return true;
      const clamped = Math.min(domain.to, Math.max(domain.from, value.value));
      report(name, value, domain, String(whole ? Math.round(clamped) : clamped), context, whole && inside);
      return false;
    }
    report(name, value, domain, undefined, context);
    return false;
  }
  const found = domain.kind === "range" ? "a range that ends before it starts" : describeDomain(domain);
  context.report.error("NW0506", domain.span, `the domain of ${quote(name)} is ${found}`, {
    notes: ["A domain is a list, `in [64, 128]`, or a range, `in 1..6`."],
  });
  return false;
}

function describeDomain(domain: Value): string {
  return domain.kind === "list" ? "empty" : describeValue(domain);
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
