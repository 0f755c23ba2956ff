// The losses of a range test over the learning rate as one SVG: each loss as a thin line, their smoothed mean as a thick one, and
// marks at rates that are named. The rate is on a logarithmic scale.

import { scaleLinear, scaleLog } from "d3-scale";
import { line } from "d3-shape";
import {
  type CurvesSvgOptions,
  escapeXml,
  FONT,
  gridLine,
  label,
  MARGIN,
  plotColours,
  round,
} from "./curves-svg.ts";

export interface RateLosses {
  /** Above 0, rising. */
  readonly rates: readonly number[];
  readonly losses: readonly number[];
  readonly smoothed: readonly number[];
  /** The rate of the least loss behind which it runs away. */
  readonly lowest: number;
  /** What is marked, by a text. */
  readonly marks: readonly { readonly rate: number; readonly text: string }[];
}

/** What single losses reach above the smoothed ones is cut off beyond this share of their range. */
const HEADROOM = 0.25;

/**
 * The greatest smoothed loss of a chart: what runs away behind the lowest would leave no room for what falls down to it. Where nothing falls down
 * to it, all is shown.
 */
export function mostShown({
  rates,
  smoothed,
  lowest,
}: Pick<RateLosses, "rates" | "smoothed" | "lowest">): number {
  const [least, most] = [Math.min(...smoothed), Math.max(...smoothed)];
  const high = Math.max(...smoothed.filter((_, i) => (rates[i] ?? 0) <= lowest));
  return high > least ? Math.min(most, high + (high - least) / 2) : most;
}

export function ratesSvg(
  { rates, losses, smoothed, lowest, marks }: RateLosses,
  { width = 640, height = 400 }: CurvesSvgOptions = {},
): string {
  const x = scaleLog([rates[0] ?? 1, rates.at(-1) ?? 10], [MARGIN.left, width - MARGIN.right]);
  const least = Math.min(...smoothed);
  const most = mostShown({ rates, smoothed, lowest });
  const room = (most - least) * HEADROOM || 1;
  const y = scaleLinear(
    [Math.min(least, ...losses), most + room],
    [height - MARGIN.bottom, MARGIN.top],
  ).nice();
  const [bottom, top] = y.domain();
  const path = (values: readonly number[]): string =>
    line<number>()
      .defined((i) => {
        const value = values[i] ?? Number.NaN;
        return value >= (bottom ?? value) && value <= (top ?? value);
      })
      .x((i) => round(x(rates[i] ?? 1)))
      .y((i) => round(y(values[i] ?? 0)))(Array.from(values.keys())) ?? "";
  const powers = x.ticks(8).filter((tick) => isPower(tick));
  const [colour, markColour] = [plotColours[0], plotColours[1]];
  const elements = [
    ...powers.map((tick) => gridLine(x(tick), MARGIN.top, x(tick), height - MARGIN.bottom, false)),
    ...y.ticks(6).map((tick) => gridLine(MARGIN.left, y(tick), width - MARGIN.right, y(tick), tick === 0)),
    `<path d="${path(losses)}" fill="none" stroke="${colour}" stroke-width="1" stroke-opacity="0.4"/>`,
    `<path d="${path(smoothed)}" fill="none" stroke="${colour}" stroke-width="2"/>`,
    ...marks.flatMap(({ rate, text }, i) => [
      `<path d="M${round(x(rate))},${MARGIN.top}V${height - MARGIN.bottom}" stroke="${markColour}" stroke-width="1.5" stroke-dasharray="6 4"/>`,
      label(x(rate) - 6, MARGIN.top + 14 + 18 * i, "end", text),
    ]),
    ...powers.map((tick) => label(x(tick), height - MARGIN.bottom + 18, "middle", spelled(tick))),
    ...y.ticks(6).map((tick) => label(MARGIN.left - 8, y(tick) + 4, "end", y.tickFormat(6)(tick))),
  ];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"`,
    ` role="img" aria-label="${escapeXml("loss over the learning rate")}" font-family="Inter, system-ui, sans-serif" font-size="${FONT}">\n`,
    ...elements.map((element) => `${element}\n`),
    "</svg>\n",
  ].join("");
}

function isPower(tick: number): boolean {
  return /^1(e[+-]?\d+)?$/.test(tick.toExponential().replace("e+0", "").replace("e-0", ""));
}

/** `1e-3` */
function spelled(tick: number): string {
  return tick === 1 ? "1" : tick.toExponential().replace("e+", "e");
}
