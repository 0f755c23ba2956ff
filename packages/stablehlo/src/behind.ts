// Attributes of a line are found by their keys, in whatever order they stand.

/** What stands behind `key = ` in a line. */
export function behind(head: string, key: string): string | undefined {
  const words = `${key} = `;
  for (let at = head.indexOf(words); at >= 0; at = head.indexOf(words, at + 1))
    if (!/\w/.test(head.charAt(at - 1))) return head.slice(at + words.length);
  return undefined;
}
