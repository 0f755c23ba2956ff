// The wording of drafts: how a name, a number of things and a list are written.

import { cutList } from "@netwright/definitions";

const LONGEST = 60;

/** A name or a value in backticks, on one line and not too long. */
export function quote(text: string): string {
  return `\`${plain(text)}\``;
}

/** As `quote`, for a comment, which ends with its line. */
export function plain(text: string): string {
  const short = text.length > LONGEST ? `${text.slice(0, LONGEST)}...` : text;
  return short
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (c) => JSON.stringify(c).slice(1, -1))
    .replace(/\s+/g, " ");
}

/** "1 row", "2 rows". */
export function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? "" : "s"}`;
}

/** "`a`, `b` and 3 more". */
export function quoteSome(names: readonly string[], shown = 12): string {
  if (names.length > shown) return cutList(names.map(quote), shown);
  const last = names.at(-1);
  if (last === undefined) return "";
  const before = names.slice(0, -1).map(quote).join(", ");
  return before === "" ? quote(last) : `${before} and ${quote(last)}`;
}
