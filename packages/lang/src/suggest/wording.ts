// Wording that every message shares: names in backquotes, lists with commas, cut where they are long.

const LONGEST_NAME = 60;

/** A name or piece of text for a message, in backquotes, cut in the middle when it is very long. */
export function quote(text: string): string {
  const plain = text.replace(/[\r\n\t]+/g, " ");
  const cut = plain.length > LONGEST_NAME ? `${plain.slice(0, 40)}…${plain.slice(-10)}` : plain;
  return `\`${cut}\``;
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
