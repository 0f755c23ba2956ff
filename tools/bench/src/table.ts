// Tables as the benchmarks print them: the first column to the left, numbers to the right.

import Table from "cli-table3";

/** For a terminal, or for a page of the documentation. */
export type TableStyle = "terminal" | "markdown";

export type DrawTable = (head: readonly string[], rows: readonly (readonly string[])[]) => string;

export function tableIn(style: TableStyle): DrawTable {
  return style === "terminal" ? terminalTable : markdownTable;
}

const terminalTable: DrawTable = (head, rows) => {
  const table = new Table({
    head: [...head],
    style: { head: [], border: [] },
    colAligns: head.map((_, i) => (i === 0 ? "left" : "right")),
    chars: { mid: "", "left-mid": "", "mid-mid": "", "right-mid": "" },
  });
  for (const row of rows) table.push([...row]);
  return table.toString();
};

/** With the empty lines that set it apart. */
const markdownTable: DrawTable = (head, rows) => {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const rule = head.map((_, i) => (i === 0 ? "---" : "---:"));
  return ["", line(head), `|${rule.join("|")}|`, ...rows.map(line), ""].join("\n");
};
