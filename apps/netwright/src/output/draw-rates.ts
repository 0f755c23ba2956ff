// The smoothed losses of a range test over the learning rate, in the terminal; the rate is on a logarithmic scale.

import { mostShown } from "@netwright/plot";
import { type RangeTest, rateText } from "netwright";
import { plot } from "simple-ascii-chart";
import type { Session } from "../usage/session.ts";

const WIDEST = 72;
const HEIGHT = 15;
/** The y axis with its numbers, and a margin. */
const AXIS = 9;

/** The places of the points are evenly spaced on that scale, so they are drawn by their number. */
export function drawRates({ points, lowest }: RangeTest, { width, colours }: Session): string {
  const inner = Math.max(20, Math.min(width, WIDEST + AXIS) - AXIS);
  const shown = Math.min(inner, points.length);
  const line = Array.from({ length: shown }, (_, i): [number, number] => {
    const place = Math.round((i * (points.length - 1)) / Math.max(1, shown - 1));
    return [place, points[place]?.smoothed ?? 0];
  });
  const bound = mostShown({
    rates: points.map(({ rate }) => rate),
    smoothed: points.map(({ smoothed }) => smoothed),
    lowest,
  });
  const within = line.filter(([, loss]) => loss <= bound);
  const losses = within.map(([, loss]) => loss);
  const [least, most] = [Math.min(...losses), Math.max(...losses)];
  const last = points.length - 1;
  const middle = Math.round(last / 2);
  const picture = plot([within], {
    width: inner,
    height: HEIGHT,
    yRange: [least, most === least ? least + 1 : most],
    customXAxisTicks: [0, middle],
    customYAxisTicks: [...new Set([least, most])],
    formatter: (value, { axis }) => (axis === "x" ? "" : Number(value.toPrecision(3))),
  });
  const lines = picture
    .split("\n")
    .map((text) => text.trimEnd())
    .filter((text) => text !== "");
  const rates = [0, middle, last].map((place) => rateText(points[place]?.rate ?? 0));
  lines.push(rateLabels(lines.at(-1) ?? "", rates));
  return `loss, smoothed, over the learning rate\n${lines.map((text) => text.replace(/[━┃┏┓┗┛]+/g, colours.blue)).join("\n")}\n`;
}

/** Below the marks of the axis and its end: the chart leaves out a label at the end whose text is wider than the sign there. */
function rateLabels(axis: string, [first = "", middle = "", last = ""]: readonly string[]): string {
  const [left, centre] = [axis.indexOf("┬"), axis.lastIndexOf("┬")];
  const begin = first.padStart(left + 1);
  const between = centre === left ? begin : begin.padEnd(centre - Math.floor(middle.length / 2)) + middle;
  return between.padEnd(axis.length - last.length) + last;
}
