// `netwright data head FILE`: what is in a table before anything is made of it.

import { type ColumnSummary, oddCellsText, summarize, type TableSummary } from "@netwright/data";
import { count, grouped, oneLine, quote } from "@netwright/definitions";
import { Command } from "commander";
import { plain } from "../output/numbers.ts";
import { prose } from "../output/prose.ts";
import { fits, renderTable, type TableColumn } from "../output/table.ts";
import { readTable } from "../project/read-table.ts";
import { type CommonOptions, wholeNumber, withCommon } from "../usage/options.ts";
import type { Perform } from "../usage/perform.ts";
import { type CommandResult, done, failedWith } from "../usage/result.ts";
import type { Session } from "../usage/session.ts";

type HeadOptions = CommonOptions & { readonly rows: number; readonly columns: number };

/** As many columns as are shown unless more are asked for. */
const COLUMNS = 40;
const MOST_ROWS = 1000;

export function dataCommand(perform: Perform): Command {
  const head = new Command("head")
    .description("Shows the first rows of a table and the statistics of its columns")
    .argument("<file>", "a table, or - for standard input")
    .option("-n, --rows <n>", "how many rows", wholeNumber(0, MOST_ROWS), 5)
    .option("--columns <n>", "of how many columns; as JSON, all are told", wholeNumber(1), COLUMNS);
  withCommon(head, "data head concrete.csv -n 3").action((file: string, options: HeadOptions) =>
    perform(options, (session) => dataHead(session, file, options)),
  );
  return new Command("data").description("Looks at data").addCommand(head);
}

async function dataHead(
  session: Session,
  file: string,
  { rows, columns: most }: HeadOptions,
): Promise<CommandResult> {
  const table = await readTable(file, session.io);
  if (!table.ok) return failedWith(session, table);
  // Such as of a column that is left out, which is seen nowhere below.
  session.report(table.diagnostics);
  const summary = summarize(table.value, rows);
  const { colours } = session;
  const repeated =
    summary.duplicateRows === 0 ? "" : `, ${count(summary.duplicateRows, "row")} repeating an earlier one`;
  const named =
    summary.rowNames === null ? "" : `, the rows named ${summary.rowNames.map(quote).join(" to ")}`;
  const title = `${summary.name}: ${count(summary.rows, "row")}, ${count(summary.columns.length, "column")}${repeated}${named}`;
  const shown = firstColumns(summary, most);
  const left = summary.columns.length - shown.columns.length;
  const parts = [
    colours.bold(prose(title, session.width)) +
      (summary.reading === null ? "" : `\n${prose(summary.reading, session.width)}`),
    ...(rows === 0 ? [] : [firstRows(shown, session)]),
    statistics(shown, session),
    ...oddLines(shown),
    ...(left === 0 ? [] : [prose(leftOut(left, summary.columns.length), session.width)]),
  ];
  return done(parts.map((part) => `${part.trimEnd()}\n`).join("\n"), { ...summary });
}

function firstColumns(summary: TableSummary, most: number): TableSummary {
  const { columns, head } = summary;
  if (columns.length <= most) return summary;
  return { ...summary, columns: columns.slice(0, most), head: head.map((row) => row.slice(0, most)) };
}

function leftOut(left: number, all: number): string {
  return `${count(left, "more column")} not shown: \`--columns ${all}\` shows all, \`--format json\` tells of all.`;
}

/** As in the file where that fits, otherwise on its side. */
function firstRows({ columns, head }: TableSummary, session: Session): string {
  const cells = head.map((row) =>
    row.map((cell) => (typeof cell === "number" ? plain(cell, 6) : oneLine(cell ?? ""))),
  );
  const upright = columns.map(
    ({ name, type }): TableColumn => ({ title: oneLine(name), align: type === "number" ? "right" : "left" }),
  );
  if (columns.length <= COLUMNS && fits(upright, cells, session.width))
    return renderTable(upright, cells, session);
  const sideways: readonly TableColumn[] = [
    { title: "column" },
    ...head.map((_, i): TableColumn => ({ title: `row ${i + 1}`, align: "right" })),
  ];
  return renderTable(
    sideways,
    columns.map(({ name }, i) => [oneLine(name), ...cells.map((row) => row[i] ?? "")]),
    session,
  );
}

/** Where a column is text for a few of its cells, those are named. */
function oddLines({ columns }: TableSummary): string[] {
  const lines = columns.flatMap(({ name, nearlyNumeric, oddCells }) =>
    nearlyNumeric
      ? [`${oneLine(name)} is text, as it holds ${oddCellsText(oddCells)}. ${oddCells.hint}`.trimEnd()]
      : [],
  );
  return lines.length === 0 ? [] : [lines.join("\n")];
}

const NUMBERS = ["min", "max", "mean", "std"] as const satisfies readonly (keyof ColumnSummary)[];
const COUNTS = ["missing", "notFinite"] as const satisfies readonly (keyof ColumnSummary)[];
const TITLES = { missing: "missing", notFinite: "not finite" } as const;

function statistics({ columns }: TableSummary, session: Session): string {
  // Columns of zeros would say nothing.
  const counted = COUNTS.filter((key) => columns.some((column) => column[key] > 0));
  const right = (title: string): TableColumn => ({ title, align: "right" });
  return renderTable(
    [
      { title: "column" },
      { title: "type" },
      ...counted.map((key) => right(TITLES[key])),
      right("distinct"),
      ...NUMBERS.map(right),
    ],
    columns.map((column) => [
      oneLine(column.name),
      column.pattern === "date" ? "dates" : column.pattern === "code" ? "codes" : column.type,
      ...counted.map((key) => grouped(column[key])),
      grouped(column.distinct),
      ...NUMBERS.map((key) => plain(column[key])),
    ]),
    session,
  );
}
