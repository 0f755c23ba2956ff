// Curves in the terminal. With colours all in one chart, and their derivatives in another; without them each alone,
// as nothing else would tell them apart.

import type { Curve } from "@netwright/plot";
import { plot } from "simple-ascii-chart";
import type { Session } from "../usage/session.ts";

const COLOURS = ["ansiBlue", "ansiRed", "ansiGreen", "ansiMagenta", "ansiYellow", "ansiCyan"] as const;
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
    ? [values, slopes]
    : curves.flatMap((_, i) => [values.slice(i, i + 1), slopes.slice(i, i + 1)]);
  return charts.map((series) => chart(series, session)).join("\n");
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
  const text = plot(points, {
    width: inner,
    height: HEIGHT,
    yRange: [least, most === least ? least + 1 : most],
    ...(colours.isColorSupported
      ? { color: series.map((_, i) => COLOURS[i % COLOURS.length] ?? "ansiBlue") }
      : {}),
    customXAxisTicks: [x[0]?.[0] ?? 0, 0, x.at(-1)?.[0] ?? 0],
    customYAxisTicks: [...new Set([least, 0, most])],
    formatter: (value) => Number(value.toPrecision(3)),
  });
  const title = series.map(({ name }, i) => paint(name, i, colours)).join("   ");
  const body = text
    .split("\n")
    .map((line) => line.trimEnd())
    .filter((line) => line !== "");
  return `${title}\n${body.join("\n")}\n`;
}

function paint(name: string, i: number, colours: Session["colours"]): string {
  const painters = [colours.blue, colours.red, colours.green, colours.magenta, colours.yellow, colours.cyan];
  return painters[i % painters.length]?.(name) ?? name;
}
