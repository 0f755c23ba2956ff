import { expect, test } from "@jest/globals";
import { type Grid, squaresSvg } from "@netwright/plot";

const grid: Grid = { title: "1", rows: 1, columns: 4, values: [4, 1, -4, 0] };

/** The sides of the squares of a path with these attributes, in order: of grids first, then of the legend. */
function sides(svg: string, attribute: string): number[] {
  const paths = [...svg.matchAll(new RegExp(`<path d="([^"]*)" ${attribute}`, "g"))].map(([, d = ""]) => d);
  return paths.flatMap((d) => [...d.matchAll(/h([\d.]+)/g)].map(([, side]) => Number(side)));
}

const FULL = 'fill="#0072B2"';
const HOLLOW = 'fill="none" stroke="#D55E00"';

test("areas are as the numbers, full above 0, hollow below, and 0 is blank", () => {
  const svg = squaresSvg([grid], { title: "weights" });
  const [four = 0, one = 0, ...legend] = sides(svg, FULL);
  expect(four / one).toBeCloseTo(2, 1);
  expect(legend).toHaveLength(2);
  // Half of the line around a hollow one is outside.
  const [minusFour = 0, ...others] = sides(svg, HOLLOW);
  expect(minusFour + 1.4).toBeCloseTo(four, 1);
  expect(others).toHaveLength(2);
  for (const text of ["4", "1", "-1", "-4"]) expect(svg).toContain(`>${text}</text>`);
  expect(svg).toContain('aria-label="weights"');
});

test("all grids have one scale, and what is no number is left blank", () => {
  const [large = 0, small = 0] = sides(
    squaresSvg([grid, { ...grid, values: [1, Number.NaN, 0, 0] }], { title: "two" }),
    FULL,
  ).filter((_, i) => i === 0 || i === 2);
  expect(large / small).toBeCloseTo(2, 1);
  expect(squaresSvg([{ ...grid, values: [Number.NaN, 0, 0, 0] }], { title: "" })).not.toMatch(/NaN|Infinity/);
});

test("names stand at both sides, as text", () => {
  const named = { ...grid, rowNames: ["<b>"], columnNames: ["a", "b & c", "d", "e"] };
  const svg = squaresSvg([named], { title: "words" });
  expect(svg).toContain(">&lt;b></text>");
  expect(svg).toContain("b &amp; c");
  expect(svg.match(/rotate\(-90\)/g)).toHaveLength(4);
});

test("nothing is wider than the picture", () => {
  const many = Array.from({ length: 33 }, (_, i) => ({
    ...grid,
    title: String(i),
    columns: 40,
    values: new Array(40).fill(1),
  }));
  const svg = squaresSvg(many, { title: "many", width: 400 });
  const ends = [...svg.matchAll(/M([\d.]+) [\d.]+h([\d.]+)/g)].map(([, x, side]) => Number(x) + Number(side));
  expect(Math.max(...ends)).toBeLessThanOrEqual(400);
  expect(ends.length).toBeGreaterThan(33 * 40);
});
