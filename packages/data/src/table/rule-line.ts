// The line below the header of a table in Markdown, which says where columns are aligned: `|---|:--|--:|`.

/** Fewer dashes without a colon may be a value that is missing. */
const RULE = /^(?:-{3,}|:-+:?|-+:)$/;

/** Bars at both ends of a line leave empty values there. */
export function isRuleLine(fields: readonly string[]): boolean {
  const cells = fields.map((field) => field.trim());
  const from = cells[0] === "" ? 1 : 0;
  const to = cells.length > 1 && cells.at(-1) === "" ? -1 : undefined;
  const inner = cells.slice(from, to);
  return inner.length > 0 && inner.every((cell) => RULE.test(cell));
}
