// The smoothed losses of a range test over the learning rate, in the terminal; the rate is on a logarithmic scale.

import type { RangeTest } from "netwright";
import { plot } from "simple-ascii-chart";
import type { Session } from "../usage/session.ts";

const WIDEST = 72;
const HEIGHT = 15;
/** The y axis with its numbers, and a margin. */
const AXIS = 9;

/** The places of the points are evenly spaced on that scale, so they are drawn by their number. */
export function drawRates({ points }: RangeTest, { width, colours }: Session): string {
  const inner = Math.max(20, Math.min(width, WIDEST + AXIS) - AXIS);
  const shown = Math.min(inner, points.length);
  const line = Array.from({ length: shown }, (_, i): [number, number] => {
    const place = Math.round((i * (points.length - 1)) / Math.max(1, shown - 1));
    return [place, points[place]?.smoothed ?? 0];
  });
  const losses = line.map(([, loss]) => loss);
  const least = Math.min(...losses);
  // What runs away at the end would leave no room for what falls.
  const [first = least] = losses;
  const most = Math.min(Math.max(...losses), first + (first - least) / 2);
  const within = line.filter(([, loss]) => loss <= most);
  const last = points.length - 1;
  const middle = Math.round(last / 2);
  const picture = plot([within], {
    width: inner,
    height: HEIGHT,
    yRange: [least, most === least ? least + 1 : most],
    customXAxisTicks: [0, middle, last],
    customYAxisTicks: [...new Set([least, most])],
    formatter: (value, { axis }) =>
      axis === "x" ? rateText(points[value]?.rate ?? 0) : Number(value.toPrecision(3)),
  });
  const lines = picture
    .split("\n")
    .map((text) => text.trimEnd())
    .filter((text) => text !== "");
  return `loss, smoothed, over the learning rate\n${lines.map((text) => text.replace(/[━┃┏┓┗┛]+/g, colours.blue)).join("\n")}\n`;
}

/** Three digits, as a file would have them: `1.23e-3`, `0.123`. */
export function rateText(rate: number): string {
  const short = Number(rate.toPrecision(3));
  return short >= 0.01 ? String(short) : short.toExponential();
}
