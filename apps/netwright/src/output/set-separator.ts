// What stands between the classes of a set in one cell of a table.

/** The first that no class has a part of, so that a cell can be taken apart again: of any classes there is one. */
export function setSeparator(classes: readonly string[]): string {
  const isFree = (separator: string) => !classes.some((word) => word.includes(separator.trim()));
  const usual = SEPARATORS.find(isFree);
  if (usual !== undefined) return usual;
  let line = FIRST_LINE;
  while (!isFree(String.fromCodePoint(line))) line++;
  return String.fromCodePoint(line);
}

const SEPARATORS = ["|", ";", "/", " & "];

/** Box drawings, and whatever stands behind them. */
const FIRST_LINE = 0x2502;
