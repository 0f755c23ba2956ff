// Tables and their places on pages that are generated in part.

import { expect } from "@jest/globals";

export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  // A type in plain text would be an element of HTML.
  const shown = (cell: string) => cell.replace(/(?<!`)tensor<[^>]*>/g, "`$&`");
  const line = (cells: readonly string[]) => `| ${cells.map(shown).join(" | ")} |`;
  return [line(header), line(header.map(() => "---")), ...rows.map(line)].join("\n");
}

/** The page with these tables between its marks, `<!-- table: NAME -->` and `<!-- end -->`. */
export function withTables(page: string, tables: Readonly<Record<string, string>>): string {
  return Object.entries(tables).reduce((text, [name, table]) => {
    const [begin, end] = [`<!-- table: ${name} -->\n`, "\n<!-- end -->"];
    const start = text.indexOf(begin) + begin.length;
    expect(text).toContain(begin);
    return `${text.slice(0, start)}${table}${text.slice(text.indexOf(end, start))}`;
  }, page);
}
