// Curves in the terminal. With colours several share a chart, and their derivatives another; each is drawn with a mark of
// its own, so that they are told apart in a text that was copied, too. Without colours each has a chart alone.

import type { Curve } from "@netwright/plot";
import { plot } from "simple-ascii-chart";
import type { Session } from "../usage/session.ts";
import type { Colours } from "./colours.ts";

/** In the order of the curves; none is a character of the axes or of a line. */
const MARKS = ["*", "o", "+", "x", "#", "@", "%", "~"] as const;
const WIDEST = 72;
const HEIGHT = 15;
/** The y axis with its numbers, and a margin. */
const AXIS = 9;

interface Series {
  readonly name: string;
  readonly x: Float32Array;
  readonly y: Float32Array;
}

export function drawCurves(curves: readonly Curve[], session: Session): string {
  const values = curves.map(({ name, x, y }): Series => ({ name, x, y }));
  const slopes = curves.map(({ name, x, derivative: y }): Series => ({ name: `${name}, derivative`, x, y }));
  const charts = session.colours.isColorSupported
    ? chunks(curves.length, MARKS.length).flatMap(([from, to]) => [
        values.slice(from, to),
        slopes.slice(from, to),
      ])
    : curves.flatMap((_, i) => [values.slice(i, i + 1), slopes.slice(i, i + 1)]);
  return charts.map((series) => chart(series, session)).join("\n");
}

function chunks(length: number, most: number): (readonly [from: number, to: number])[] {
  return Array.from({ length: Math.ceil(length / most) }, (_, i) => [i * most, (i + 1) * most] as const);
}

function chart(series: readonly Series[], { width, colours }: Session): string {
  const inner = Math.max(20, Math.min(width, WIDEST + AXIS) - AXIS);
  const points = series.map(({ x, y }) =>
    Array.from({ length: inner }, (_, i) => Math.round((i * (x.length - 1)) / (inner - 1))).flatMap((at) => {
      const [px, py] = [x[at] ?? 0, y[at] ?? Number.NaN];
      return Number.isFinite(py) ? [[px, py] as [number, number]] : [];
    }),
  );
  const all = points.flat().map(([, y]) => y);
  const [least, most] = [Math.min(0, ...all), Math.max(0, ...all)];
  const x = points[0] ?? [];
  // The same axes for all, so that their pictures lie one over the other.
  const pictures = points.map((line) =>
    plot([line], {
      width: inner,
      height: HEIGHT,
      yRange: [least, most === least ? least + 1 : most],
      customXAxisTicks: [x[0]?.[0] ?? 0, 0, x.at(-1)?.[0] ?? 0],
      customYAxisTicks: [...new Set([least, 0, most])],
      formatter: (value) => Number(value.toPrecision(3)),
    })
      .split("\n")
      .map((line) => line.trimEnd())
      .filter((line) => line !== ""),
  );
  const marked = series.length > 1;
  const names = series.map(({ name }, i) => ({ text: marked ? `${MARKS[i]} ${name}` : name, i }));
  const title = legend(names, width, colours);
  const [only = []] = pictures;
  const body = marked ? overlaid(pictures, colours) : only.map((line) => painted(line, colours));
  return `${title}\n${body.join("\n")}\n`;
}

/** As many names in a line as fit. */
function legend(names: readonly { text: string; i: number }[], width: number, colours: Colours): string {
  const lines: (typeof names)[] = [];
  for (const name of names) {
    const last = lines.at(-1) ?? [];
    const longer = [...last, name];
    const fits = longer.map(({ text }) => text).join(GAP).length <= width;
    if (last.length > 0 && fits) lines[lines.length - 1] = longer;
    else lines.push([name]);
  }
  return lines.map((line) => line.map(({ text, i }) => paint(text, i, colours)).join(GAP)).join("\n");
}

const GAP = "   ";

const LINE = /[━┃┏┓┗┛]/;

function painted(line: string, colours: Colours): string {
  return line.replace(/[━┃┏┓┗┛]+/g, (stroke) => paint(stroke, 0, colours));
}

/** Where several curves meet they take turns, so that one that lies below another is seen as well. */
function overlaid(pictures: readonly (readonly string[])[], colours: Colours): string[] {
  // The numbers of an axis take as much room as those of its own curve: the widest has them all.
  const axes = pictures.map(([top = ""]) => top.indexOf("▲"));
  const widest = Math.max(...axes);
  const base = pictures[axes.indexOf(widest)] ?? [];
  return base.map((line, row) => {
    const rows = pictures.map((picture, i) => [
      ..." ".repeat(widest - (axes[i] ?? 0)),
      ...(picture[row] ?? ""),
    ]);
    const frame = [...line].map((cell) => (LINE.test(cell) ? " " : cell));
    const width = Math.max(...rows.map((cells) => cells.length));
    return Array.from({ length: width }, (_, column) => {
      const here = rows.flatMap((cells, i) => (LINE.test(cells[column] ?? "") ? [i] : []));
      const drawn = here[column % here.length];
      return drawn === undefined ? (frame[column] ?? " ") : paint(MARKS[drawn] ?? "", drawn, colours);
    }).join("");
  });
}

function paint(text: string, i: number, colours: Colours): string {
  const painters = [colours.blue, colours.red, colours.green, colours.magenta, colours.yellow, colours.cyan];
  return painters[i % painters.length]?.(text) ?? text;
}
