// Wording that every message shares: names in backquotes, lists with commas, cut where they are long; numbers of things.
// Everything is the same in every locale.

import { visible } from "./visible.ts";

const LONGEST = 60;
const LISTED = 12;

/** A name or piece of text for a message: in backquotes, on one line, cut in the middle when it is very long. */
export function quote(text: string): string {
  return `\`${oneLine(text)}\``;
}

/** As `quote`, without backquotes. */
export function oneLine(text: string): string {
  return visible(shorten(text));
}

/** A long text without its middle. */
export function shorten(text: string): string {
  // A half of a pair of surrogates is no character.
  return text.length > LONGEST
    ? `${text.slice(0, 40).replace(/[\ud800-\udbff]$/, "")}…${text.slice(-10).replace(/^[\udc00-\udfff]/, "")}`
    : text;
}

/** `a -> b -> a`; of many the first and the last few. */
export function listChain(names: readonly string[], most = 12): string {
  const half = most / 2;
  const shown = names.length > most ? [...names.slice(0, half), "...", ...names.slice(-half)] : names;
  return shown.join(" -> ");
}

/** `a, b, c`; after `limit` only how many more there are. */
export function cutList(items: readonly string[], limit = LISTED): string {
  const shown = items.slice(0, limit).join(", ");
  return items.length > limit ? `${shown} and ${grouped(items.length - limit)} more` : shown;
}

/** "a", "a and b", "a, b and c"; after `limit` only how many more there are. */
export function listed(items: readonly string[], limit = LISTED, joint = "and"): string {
  const last = items.at(-1);
  if (last === undefined || items.length > limit) return cutList(items, limit);
  const before = items.slice(0, -1).join(", ");
  return before === "" ? last : `${before} ${joint} ${last}`;
}

/** `70%`, of at most six digits. */
export function percent(share: number): string {
  return `${Number((share * 100).toPrecision(6))}%`;
}

/** `listed`, of names in backquotes. */
export function listNames(names: Iterable<string>, limit = LISTED, joint = "and"): string {
  const all = [...names];
  // What is not shown need not be quoted: a table may have thousands of columns.
  return listed([...all.slice(0, limit).map(quote), ...all.slice(limit)], limit, joint);
}

/** `1 layer`, `2 layers`, `1,030 rows`. */
export function count(n: number, noun: string): string {
  return `${grouped(n)} ${noun}${n === 1 ? "" : "s"}`;
}

/** `1,234,567` */
export function grouped(n: number): string {
  return String(Math.round(n)).replace(/\B(?=(\d{3})+$)/g, ",");
}
