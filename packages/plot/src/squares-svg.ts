// Grids of numbers as one SVG: a square for each number, whose area says how large it is, full where it is above 0 and hollow where
// it is below, so that no colour is needed to read it: G. Hinton's diagrams. Several grids stand side by side, to one scale.

import { escapeXml, FONT, label, plotColours, round } from "./curves-svg.ts";

/** Its numbers row by row. What is no number, as between the parts of a grid, is left blank. */
export interface Grid {
  readonly title: string;
  readonly rows: number;
  readonly columns: number;
  readonly values: ArrayLike<number>;
  /** A text for each row, and for each column; absent for none. */
  readonly rowNames?: readonly string[];
  readonly columnNames?: readonly string[];
}

export interface SquaresSvgOptions {
  /** Said of the whole picture to who does not see it. */
  readonly title: string;
  /** Pixels. */
  readonly width?: number;
  /** How wide the square of the largest number may be. */
  readonly largest?: number;
}

const GAP = 12;
const TITLE = 20;
/** Of a letter, about. */
const LETTER = 0.58 * FONT;
/** The least side that is seen. */
const LEAST = 0.6;
const BESIDE = 6;
const LEGEND = 34;
const STROKE = 1.4;
/**
 * A picture in a page of its own, or in an `img`, has the colours of the reader's system, its own ground among them; who puts it into
 * a page leaves the style out, and it has those of the page.
 */
const STYLE =
  "<style>.squares{color:#1c2128;background:#fff}@media (prefers-color-scheme:dark){.squares{color:#e4e8ed;background:#14171c}}</style>";

export function squaresSvg(
  grids: readonly Grid[],
  { title, width = 480, largest = 26 }: SquaresSvgOptions,
): string {
  const most = grids.reduce((all, { values }) => Array.from(values).reduce(larger, all), 0);
  const isSigned = grids.some(({ values }) => Array.from(values).some((value) => value < 0));
  const left = Math.max(0, ...grids.map(({ rowNames = [] }) => longest(rowNames)));
  const above = Math.max(0, ...grids.map(({ columnNames = [] }) => longest(columnNames)));
  const wide = Math.max(1, ...grids.map(({ columns }) => columns));
  // The frame of a grid is a line, half of which is outside.
  const inner = width - 2;
  // As many in a line as most of them have room for: those that are wider take the room of several.
  const usual = middleOf(grids.map(({ columns }) => columns));
  const titles = Math.max(...grids.map((grid) => grid.title.length * LETTER));
  const least = Math.max(titles, left + usual * roomOf(left > 0, grids.length));
  const inLine = Math.max(1, Math.min(grids.length, 8, Math.floor((inner + GAP) / (least + GAP))));
  const slot = (inner + GAP) / inLine;
  const side = Math.min(largest, (slot - GAP - left) / usual, (inner - left) / wide);
  const slotsOf = ({ columns }: Grid) => Math.ceil((left + columns * side + GAP - 1) / slot);
  const { places, bottom } = placed(grids, {
    inLine,
    slotsOf,
    heightOf: ({ rows }) => TITLE + above + rows * side + GAP,
  });
  const drawn = grids.flatMap((grid, i) => {
    const { at = 0, top = 0 } = places[i] ?? {};
    return gridElements(grid, { x: 1 + at * slot + left, y: top + TITLE + above, left, side, most });
  });
  const total = Math.ceil(bottom + LEGEND);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="squares" viewBox="0 0 ${width} ${total}" width="${width}" height="${total}"`,
    ` role="img" aria-label="${escapeXml(title)}" font-family="Inter, system-ui, sans-serif" font-size="${FONT}">\n`,
    ...[STYLE, ...drawn, ...legend(most, isSigned, bottom)].map((element) => `${element}\n`),
    "</svg>\n",
  ].join("");
}

interface Lines {
  readonly inLine: number;
  readonly slotsOf: (grid: Grid) => number;
  readonly heightOf: (grid: Grid) => number;
}

/** In lines, each as high as the highest in it: the slot in which each grid begins, and how far down. */
function placed(grids: readonly Grid[], { inLine, slotsOf, heightOf }: Lines) {
  const places: { readonly at: number; readonly top: number }[] = [];
  let [at, top, bottom] = [0, 0, 0];
  for (const grid of grids) {
    const slots = slotsOf(grid);
    if (at > 0 && at + slots > inLine) [at, top] = [0, bottom];
    places.push({ at, top });
    at += slots;
    bottom = Math.max(bottom, top + heightOf(grid));
  }
  return { places, bottom };
}

/** Pixels that a number has at least: more beside names, and where there are few grids, less where many are looked at together. */
function roomOf(isNamed: boolean, count: number): number {
  return isNamed ? 12 : count <= FEW ? 9 : 4;
}

const FEW = 4;

function middleOf(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 1;
}

interface Place {
  readonly x: number;
  readonly y: number;
  /** How far left of it names of rows begin. */
  readonly left: number;
  readonly side: number;
  readonly most: number;
}

function gridElements(
  { title, rows, columns, values, rowNames = [], columnNames = [] }: Grid,
  { x, y, left, side, most }: Place,
): string[] {
  const [full, hollow]: [string[], string[]] = [[], []];
  for (let i = 0; i < rows * columns; i++) {
    const value = values[i] ?? Number.NaN;
    const edge = edgeOf(value, most, side);
    if (!(edge >= LEAST)) continue;
    const [cx, cy] = [x + ((i % columns) + 0.5) * side, y + (Math.floor(i / columns) + 0.5) * side];
    (value > 0 ? full : hollow).push(square(cx, cy, value > 0 ? edge : insideOf(edge)));
  }
  const above = y - (columnNames.length > 0 ? longest(columnNames) : 0);
  return [
    label(x - left, above - 6, "start", title),
    `<path d="M${round(x)} ${round(y)}h${round(columns * side)}v${round(rows * side)}h${round(-columns * side)}z" fill="none" stroke="currentColor" stroke-opacity="0.3"/>`,
    ...paths(full, hollow),
    ...rowNames.map((name, i) => label(x - BESIDE, y + (i + 0.5) * side + 4, "end", name)),
    ...columnNames.map((name, i) => {
      const [cx, cy] = [round(x + (i + 0.5) * side + 4), round(y - BESIDE)];
      return `<text transform="translate(${cx} ${cy}) rotate(-90)" fill="currentColor">${escapeXml(name)}</text>`;
    }),
  ];
}

function paths(full: readonly string[], hollow: readonly string[]): string[] {
  return [
    ...(full.length === 0 ? [] : [`<path d="${full.join("")}" fill="${plotColours[0]}"/>`]),
    ...(hollow.length === 0
      ? []
      : [`<path d="${hollow.join("")}" fill="none" stroke="${plotColours[1]}" stroke-width="${STROKE}"/>`]),
  ];
}

/** What squares mean: the largest number, a quarter of it, and where there are numbers below 0 the least that may be. */
function legend(most: number, isSigned: boolean, top: number): string[] {
  const largest = 18;
  const shown = [most, most / 4, ...(isSigned ? [-most / 4, -most] : [])];
  const [full, hollow]: [string[], string[]] = [[], []];
  const texts = shown.map((value, i) => {
    const [x, y] = [12 + i * 92, top + LEGEND / 2];
    const edge = edgeOf(value, most, largest);
    (value > 0 ? full : hollow).push(square(x, y, value > 0 ? edge : insideOf(edge)));
    return label(x + 16, y + 4.5, "start", String(Number(value.toPrecision(2))));
  });
  return [...paths(full, hollow), ...texts];
}

/** Of a square whose area is the share of `value`; squares do not touch. */
function edgeOf(value: number, most: number, side: number): number {
  return most === 0 ? 0 : Math.sqrt(Math.abs(value) / most) * side * 0.92;
}

/** Half of the line around a hollow square is outside of it. */
function insideOf(edge: number): number {
  return Math.max(LEAST, edge - STROKE);
}

/** Around a place; a tenth of a pixel is enough. */
function square(x: number, y: number, edge: number): string {
  const [half, whole] = [edge / 2, tenth(edge)];
  return `M${tenth(x - half)} ${tenth(y - half)}h${whole}v${whole}h${-whole}z`;
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}

function larger(most: number, value: number): number {
  return Number.isNaN(value) ? most : Math.max(most, Math.abs(value));
}

function longest(names: readonly string[]): number {
  return names.length === 0 ? 0 : Math.max(...names.map((name) => name.length * LETTER)) + BESIDE;
}
