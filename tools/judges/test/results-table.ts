// The table of docs/export-results.md, out of the files of results; imports have a page of their own.

import { MODEL_NAMES } from "../src/formats/models.ts";
import type { JudgeResults, ResultRow } from "../src/results/result.ts";

type Line = readonly string[];

/** A line for each format and reader, a column for each model. */
export function exportsTable(all: readonly JudgeResults[]): string {
  const lines = all
    .filter(({ direction }) => direction === "export")
    .flatMap(({ date, rows }) =>
      groups(rows, ({ format, reader }) => `${format}\n${reader}`).map((own): Line => {
        const cells = MODEL_NAMES.map((name) => cellOf(own.find(({ model }) => model === name)));
        const [first] = own;
        return [first?.format ?? "", first?.reader ?? "", date, ...cells];
      }),
    )
    .sort(([format = "", reader = ""], [other = "", another = ""]) =>
      format === other ? compared(reader, another) : compared(format, other),
    )
    .map(([format, ...rest]): Line => [`\`${format}\``, ...rest]);
  return table(["format", "read by", "on", ...MODEL_NAMES], lines);
}

function cellOf(row: ResultRow | undefined): string {
  if (row === undefined) return "";
  if (row.difference === null) return `refused: ${row.refused}`;
  return row.float64 === null ? shown(row.difference) : `${shown(row.difference)} (${shown(row.float64)})`;
}

function shown(value: number): string {
  return value === 0 ? "0" : value.toExponential(1);
}

function compared(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function groups(
  rows: readonly ResultRow[],
  keyOf: (row: ResultRow) => string,
): readonly (readonly ResultRow[])[] {
  const found = new Map<string, ResultRow[]>();
  for (const row of rows) found.set(keyOf(row), [...(found.get(keyOf(row)) ?? []), row]);
  return [...found.values()];
}

function table(head: Line, lines: readonly Line[]): string {
  const line = (cells: Line) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...lines.map(line)].join("\n");
}
