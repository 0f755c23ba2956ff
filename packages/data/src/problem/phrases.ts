// The wording that messages share: how a name, a value, a list and a number of rows are written.

const LONGEST = 60;
const LISTED = 12;

/** A name or a value as it stands in the data, in backticks, on one line and not too long. */
export function quote(text: string): string {
  const short = text.length > LONGEST ? `${text.slice(0, LONGEST)}...` : text;
  // Control characters would break the line or the terminal; JSON's escapes show them readably.
  const safe = short.replace(/\p{Cc}/gu, (c) => JSON.stringify(c).slice(1, -1));
  return `\`${safe}\``;
}

/** `a`, `b` and `c`; a long list is cut and says how many more there are. */
export function quoteList(names: readonly string[]): string {
  const shown = names.slice(0, LISTED).map(quote);
  if (names.length > LISTED) return `${shown.join(", ")} and ${names.length - LISTED} more`;
  return listed(shown);
}

/** "1 row", "2 rows". */
export function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? "" : "s"}`;
}

/** "a", "a and b", "a, b and c". */
export function listed(items: readonly string[]): string {
  if (items.length < 2) return items.join("");
  return `${items.slice(0, -1).join(", ")} and ${items[items.length - 1]}`;
}
