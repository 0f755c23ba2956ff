// What is inside a model as short tables: what the pictures show, in words.

import { count } from "@netwright/definitions";
import type { Filters, Inside, InsideValue } from "netwright";
import type { Colours } from "./colours.ts";
import { stepNames } from "./inside-grids.ts";
import { brief } from "./numbers.ts";
import { prose } from "./prose.ts";
import { renderTable } from "./table.ts";

interface Look {
  readonly colours: Colours;
  readonly width: number;
}

/** Signs of a filter beyond this share of the largest number of its layer. */
const CLEAR = 1 / 3;
/** How many are named of those that count. */
const NAMED = 3;

export function filtersText({ layer, window, channels, filters }: Filters, look: Look): string {
  const most = largestOf(filters.flatMap((filter) => [largestOf(filter)]));
  const columns = window.at(-1) ?? 1;
  const shown = filters.map((filter, i) => [
    String(i + 1),
    brief(largestOf(filter)),
    channels === 1 ? signs(filter, most, columns) : strongestOf(filter, channels),
  ]);
  const table = renderTable(
    [
      { title: "filter", align: "right" },
      { title: "largest", align: "right" },
      { title: channels === 1 ? "weights" : "channels that count most" },
    ],
    shown,
    look,
  );
  const what = `${layer}: ${count(filters.length, "filter")} of ${window.join(" x ")} on ${count(channels, "channel")}.`;
  const how =
    channels === 1
      ? "+ and -: weights of more than a third of the largest of the layer; a blank between lines of a filter."
      : "By the root of the sum of the squares of their weights.";
  return `${table}\n${prose(`${what} ${how}`, look.width)}\n`;
}

function signs(filter: Float32Array, most: number, columns: number): string {
  const all = Array.from(filter, (weight) =>
    Math.abs(weight) <= most * CLEAR ? "." : weight > 0 ? "+" : "-",
  );
  const lines = Array.from({ length: Math.ceil(all.length / columns) }, (_, line) =>
    all.slice(line * columns, (line + 1) * columns).join(""),
  );
  return lines.join(" ");
}

function strongestOf(filter: Float32Array, channels: number): string {
  const squares = new Float64Array(channels);
  for (const [i, weight] of filter.entries())
    squares[i % channels] = (squares[i % channels] ?? 0) + weight * weight;
  return mostOf(
    squares,
    (i) => String(i + 1),
    (square) => brief(Math.sqrt(square)),
  );
}

export function activationsText({ layers, ...inside }: Inside, look: Look): string {
  const table = renderTable(
    [
      { title: "layer" },
      { title: "output", align: "right" },
      { title: "above 0", align: "right" },
      { title: "mean", align: "right" },
      { title: "least", align: "right" },
      { title: "largest", align: "right" },
    ],
    layers.map(({ name, shape, values }) => [
      name,
      shape.join(" x "),
      `${Math.round((100 * values.filter((value) => value > 0).length) / values.length)}%`,
      brief(values.reduce((sum, value) => sum + value, 0) / values.length),
      brief(values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY)),
      brief(values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY)),
    ]),
    look,
  );
  return `${table}\n${prose(rowText(inside), look.width)}\n`;
}

export function attentionText(inside: Inside, look: Look): string {
  const tables = inside.attention.flatMap((attention) => headTables(attention, inside, look));
  const how = "Shares of what each step takes of the others: those of a line are 1 together.";
  return `${tables.join("\n")}\n${prose(`${rowText(inside)}\n${how}`, look.width)}\n`;
}

function headTables({ name, shape, values }: InsideValue, inside: Inside, look: Look): readonly string[] {
  const [heads = 1, queries = 1, keys = 1] = shape;
  const [rows, columns] = [stepNames(queries, inside), stepNames(keys, inside)];
  return Array.from({ length: heads }, (_, head) => {
    const lines = rows.map((row, query) => {
      const start = (head * queries + query) * keys;
      return [row, mostOf(values.subarray(start, start + columns.length), (i) => columns[i] ?? "", share)];
    });
    const titles = [{ title: `${name}, head ${head + 1}` }, { title: "takes most of" }];
    return renderTable(titles, lines, look);
  });
}

/** "Row 12: spam, 0.98." */
function rowText({ row, prediction }: Pick<Inside, "row" | "prediction">): string {
  const [told] = Object.entries(prediction);
  const [name, value] = told ?? ["", ""];
  const { probabilities } = prediction;
  const probability =
    typeof probabilities === "object" && typeof value === "string" ? probabilities[value] : undefined;
  const shown = typeof value === "number" ? brief(value) : String(value);
  return `Row ${row}: ${name} is predicted as ${shown}${probability === undefined ? "" : `, with a probability of ${share(probability)}`}.`;
}

function share(value: number): string {
  return value.toFixed(2);
}

/** "free 0.41, call 0.22, now 0.10", equal ones in their order. */
function mostOf(
  values: ArrayLike<number>,
  nameOf: (i: number) => string,
  textOf: (value: number) => string,
): string {
  return Array.from(values, (value, i) => ({ value, i }))
    .sort((a, b) => b.value - a.value || a.i - b.i)
    .slice(0, NAMED)
    .map(({ value, i }) => `${nameOf(i)} ${textOf(value)}`)
    .join(", ");
}

function largestOf(values: ArrayLike<number>): number {
  return Array.from(values).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}
