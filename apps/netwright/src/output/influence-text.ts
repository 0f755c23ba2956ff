// What the columns of a table do to predictions, as tables with bars.

import type { OpenEncoders } from "@netwright/data";
import { quote } from "@netwright/definitions";
import type { Dependence, Importances } from "netwright";
import type { Colours } from "./colours.ts";
import { metricCell, metricTitle, unitOf } from "./metrics-table.ts";
import { brief } from "./numbers.ts";
import { prose } from "./prose.ts";
import { renderTable } from "./table.ts";

interface Look {
  readonly colours: Colours;
  readonly width: number;
}

const LONGEST = 20;

/** Of many columns those that matter least are left out. */
const MOST = 40;

export function importanceText(
  { metric, better, value, repeats, columns }: Importances,
  rows: string,
  encoders: OpenEncoders,
  look: Look,
): string {
  const title = metric === "loss" ? "loss" : metricTitle(metric, unitOf(encoders));
  const cell = (x: number) => (metric === "loss" ? brief(x) : metricCell(metric, x));
  const greatest = Math.max(0, ...columns.map(({ mean }) => mean));
  const shown = columns.slice(0, MOST);
  const table = renderTable(
    [
      { title: "column" },
      { title: better === "lower" ? "rise" : "drop", align: "right" },
      { title: "+-", align: "right" },
      { title: "" },
    ],
    shown.map(({ column, mean, deviation }) => [column, cell(mean), cell(deviation), bar(mean, greatest)]),
    look,
  );
  const rest = columns.length - shown.length;
  const how =
    `How much worse ${title} gets, from ${cell(value)}, where a column's values are dealt out anew among the rows: mean and ` +
    `deviation of ${repeats}, on ${rows}. Columns that say the same share what they are worth.`;
  return `${table}${rest === 0 ? "" : `and ${rest} more\n`}\n${prose(how, look.width)}\n`;
}

export function dependenceText(
  { column, outputs, isOfClasses, points }: Dependence,
  rows: string,
  encoders: OpenEncoders,
  look: Look,
): string {
  const unit = unitOf(encoders);
  const all = points.flatMap(({ mean }) => mean);
  const [least, greatest] = isOfClasses ? [0, 1] : [Math.min(...all), Math.max(...all)];
  // One number has a bar; of several the table alone has room.
  const [only, ...others] = outputs;
  const isOne = only !== undefined && others.length === 0;
  const titles = outputs.map((name) =>
    isOfClasses ? `P(${name})` : unit === null ? name : `${name} (${unit})`,
  );
  const table = renderTable(
    [
      { title: column, align: points.every(({ value }) => typeof value === "number") ? "right" : "left" },
      ...titles.map((title) => ({ title, align: "right" as const })),
      ...(isOne ? [{ title: "+-", align: "right" as const }, { title: "" }] : []),
    ],
    points.map(({ value, mean, deviation }) => [
      typeof value === "number" ? String(Number(value.toPrecision(6))) : value === "" ? "(missing)" : value,
      ...mean.map((one) => brief(one)),
      ...(isOne
        ? [brief(deviation[0] ?? Number.NaN), bar((mean[0] ?? Number.NaN) - least, greatest - least)]
        : []),
    ]),
    look,
  );
  const how = `What is predicted on average where ${quote(column)} is this in all ${rows}${isOne ? ", and how far the rows are from it" : ""}.`;
  return `${table}\n${prose(how, look.width)}\n`;
}

function bar(value: number, greatest: number): string {
  if (!(value > 0) || !(greatest > 0)) return "";
  return "#".repeat(Math.max(1, Math.round((LONGEST * value) / greatest)));
}
