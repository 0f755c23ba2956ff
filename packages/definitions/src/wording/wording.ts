// Wording that every message shares: names in backquotes, lists with commas, cut where they are long.

const LONGEST_NAME = 60;

/** A name or piece of text for a message, in backquotes, cut in the middle when it is very long. */
export function quote(text: string): string {
  return `\`${shorten(text.replace(/[\r\n\t]+/g, " "))}\``;
}

/** A long text without its middle. */
export function shorten(text: string): string {
  return text.length > LONGEST_NAME ? `${text.slice(0, 40)}…${text.slice(-10)}` : text;
}

/** `a -> b -> a`; of many the first and the last few. */
export function listChain(names: readonly string[], most = 12): string {
  const half = most / 2;
  const shown = names.length > most ? [...names.slice(0, half), "...", ...names.slice(-half)] : names;
  return shown.join(" -> ");
}

/** `a, b, c`; after `limit` only how many more there are. */
export function cutList(items: readonly string[], limit = 12): string {
  const shown = items.slice(0, limit).join(", ");
  return items.length > limit ? `${shown} and ${items.length - limit} more` : shown;
}

/** `a`, `b` and `c`; after `limit` names only how many more there are. */
export function listNames(names: Iterable<string>, limit = 12, joint = "and"): string {
  const all = [...names];
  const shown = all.slice(0, limit).map(quote);
  const more = all.length - shown.length;
  if (more > 0) return `${shown.join(", ")} and ${more} more`;
  const last = shown.at(-1) ?? "";
  return shown.length > 1 ? `${shown.slice(0, -1).join(", ")} ${joint} ${last}` : last;
}

/** `1 layer`, `2 layers`. */
export function count(n: number, noun: string): string {
  return `${n.toLocaleString("en-US")} ${noun}${n === 1 ? "" : "s"}`;
}
