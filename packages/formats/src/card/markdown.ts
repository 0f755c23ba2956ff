// Markdown and YAML of text that anyone may have written.

/** As one line, with the signs that would end a cell or begin HTML escaped. */
export function cell(text: string): string {
  return text.replace(/\s+/g, " ").replace(/[\\|<>[\]*_]/g, (sign) => `\\${sign}`);
}

/** Between as many backticks as it takes. */
export function code(text: string): string {
  const line = text.replace(/\s+/g, " ").replaceAll("|", "\\|");
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  const space = longest > 0 ? " " : "";
  return `${fence}${space}${line}${space}${fence}`;
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), `|${"---|".repeat(head.length)}`, ...rows.map(line)].join("\n");
}

/** YAML takes JSON's strings. */
export function yamlText(text: string): string {
  return JSON.stringify(text);
}
