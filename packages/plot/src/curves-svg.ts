// Curves and their derivatives as one SVG: a colour for each activation, its derivative dashed, a legend beside.
// Text and axes take the colour of where the picture stands, so it suits light and dark pages.

import { scaleLinear } from "d3-scale";
import { line } from "d3-shape";
import type { Curve } from "./activation-curve.ts";

export interface CurvesSvgOptions {
  /** Pixels; the legend is inside. */
  readonly width?: number;
  readonly height?: number;
}

/** Okabe and Ito's: told apart with any kind of colour vision. */
export const plotColours: readonly string[] = [
  "#0072B2",
  "#D55E00",
  "#009E73",
  "#CC79A7",
  "#E69F00",
  "#56B4E9",
];

export const MARGIN = { top: 14, right: 16, bottom: 30, left: 44 };
const LEGEND_LINE = 20;
export const FONT = 13;

/** All curves have the same x. The y axis holds what is finite, and 0. */
export function curvesSvg(
  curves: readonly Curve[],
  { width = 640, height = 400 }: CurvesSvgOptions = {},
): string {
  const x = scaleLinear(extent(curves.map((curve) => curve.x)), [MARGIN.left, width - MARGIN.right]);
  const values = [Float32Array.of(0), ...curves.flatMap(({ y, derivative }) => [y, derivative])];
  const y = scaleLinear(extent(values), [height - MARGIN.bottom, MARGIN.top]).nice();
  const path = ({ x: at }: Curve, heights: Float32Array): string =>
    line<number>()
      .defined((i) => Number.isFinite(heights[i]))
      .x((i) => round(x(at[i] ?? 0)))
      .y((i) => round(y(heights[i] ?? 0)))(Array.from(heights.keys())) ?? "";

  const drawn = curves.flatMap((curve, i) => {
    const stroke = `fill="none" stroke="${colourOf(i)}" stroke-width="2"`;
    return [
      `<path d="${path(curve, curve.y)}" ${stroke}/>`,
      `<path d="${path(curve, curve.derivative)}" ${stroke} stroke-dasharray="6 4"/>`,
    ];
  });
  const grid = [
    ...x.ticks(7).map((tick) => gridLine(x(tick), MARGIN.top, x(tick), height - MARGIN.bottom, tick === 0)),
    ...y.ticks(6).map((tick) => gridLine(MARGIN.left, y(tick), width - MARGIN.right, y(tick), tick === 0)),
  ];
  const labels = [
    ...x.ticks(7).map((tick) => label(x(tick), height - MARGIN.bottom + 18, "middle", x.tickFormat(7)(tick))),
    ...y.ticks(6).map((tick) => label(MARGIN.left - 8, y(tick) + 4, "end", y.tickFormat(6)(tick))),
  ];
  const title = `${curves.map(({ name }) => name).join(", ")}: curve and derivative`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"`,
    ` role="img" aria-label="${escapeXml(title)}" font-family="Inter, system-ui, sans-serif" font-size="${FONT}">\n`,
    ...[...grid, ...drawn, ...labels, ...legend(curves)].map((element) => `${element}\n`),
    "</svg>\n",
  ].join("");
}

function legend(curves: readonly Curve[]): string[] {
  const rows = curves.flatMap(({ name }, i) => [
    { text: name, colour: colourOf(i), dash: "" },
    { text: `${name}, derivative`, colour: colourOf(i), dash: ' stroke-dasharray="6 4"' },
  ]);
  return rows.flatMap(({ text, colour, dash }, row) => {
    const [left, middle] = [MARGIN.left + 12, MARGIN.top + 12 + row * LEGEND_LINE];
    return [
      `<path d="M${left},${middle}h26" stroke="${colour}" stroke-width="2"${dash}/>`,
      label(left + 34, middle + 4, "start", text),
    ];
  });
}

function colourOf(i: number): string {
  return plotColours[i % plotColours.length] ?? "currentColor";
}

export function gridLine(x1: number, y1: number, x2: number, y2: number, isAxis: boolean): string {
  const [from, to] = [`M${round(x1)},${round(y1)}`, `L${round(x2)},${round(y2)}`];
  return `<path d="${from}${to}" stroke="currentColor" stroke-opacity="${isAxis ? 0.6 : 0.15}"/>`;
}

export function label(x: number, y: number, anchor: "start" | "middle" | "end", text: string): string {
  return `<text x="${round(x)}" y="${round(y)}" text-anchor="${anchor}" fill="currentColor">${escapeXml(text)}</text>`;
}

function extent(arrays: readonly Float32Array[]): [number, number] {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const array of arrays) {
    for (const value of array) {
      if (!Number.isFinite(value)) continue;
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
  }
  if (least > most) return [-1, 1];
  return least === most ? [least - 1, most + 1] : [least, most];
}

export function round(value: number): number {
  return Math.round(value * 100) / 100;
}

export function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
