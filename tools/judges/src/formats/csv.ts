// CSV as other programs write it.

/** Fields of each line. Quotes may stand around them, twice for one of their own. */
export function fieldsOf(text: string): readonly (readonly string[])[] {
  const lines: string[][] = [[]];
  for (const [, field = "", quoted, end] of text.matchAll(/("((?:[^"]|"")*)"|[^,\n]*)(,|\n|$)/g)) {
    if (field === "" && end === "") break;
    lines.at(-1)?.push(quoted === undefined ? field : quoted.replaceAll('""', '"'));
    if (end === "\n") lines.push([]);
  }
  return lines;
}
