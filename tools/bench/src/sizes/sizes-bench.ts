// `npm run bench -- sizes`: how the speed of training grows with width and batch, odd sizes among them, and where it
// falls off. A process for each size; one whose step would take too long is left out, and says so.

import { productFlops } from "../network.ts";
import { type Output, print } from "../output.ts";
import { lastLine, runScript } from "../run-script.ts";
import type { DrawTable } from "../table.ts";
import { type Cliff, cliffsOf } from "./trend.ts";

export interface SizesOptions {
  readonly widths: readonly number[];
  readonly batches: readonly number[];
  /** Of measuring, for each size. */
  readonly seconds: number;
  /** A longer step is not measured. */
  readonly mostSeconds: number;
  readonly threads: number;
  /** `cpu`: time that the process had a processor, for one thread on a busy machine. */
  readonly clock: "wall" | "cpu";
  readonly output: Output;
}

interface Size {
  readonly width: number;
  readonly batch: number;
  readonly stepSeconds: number | null;
  /** Of the products alone; the optimizer's work is not counted. */
  readonly gflops: number | null;
  readonly compileSeconds: number | null;
  /** Why nothing was measured. */
  readonly note: string | null;
}

/** GFLOP/s that is assumed until something is measured. */
const FIRST_GUESS = 10;

export async function sizesBench(options: SizesOptions): Promise<void> {
  const widths = options.widths.toSorted((a, b) => a - b);
  const batches = options.batches.toSorted((a, b) => a - b);
  await print("sizes", options.output, async () => {
    const sizes = measureAll(widths, batches, options);
    const grid = sizes.map((row) => row.map(({ gflops }) => gflops));
    const cliffs = cliffsOf(widths, batches, grid);
    return { text: (draw) => textOf(batches, sizes, cliffs, draw), json: { sizes: sizes.flat(), cliffs } };
  });
}

function measureAll(widths: readonly number[], batches: readonly number[], options: SizesOptions) {
  // The best so far tells how long a large one takes: those are near it.
  let best = FIRST_GUESS;
  return widths.map((width) =>
    batches.map((batch) => {
      const guess = productFlops(width, batch) / best / 1e9;
      const size =
        guess > options.mostSeconds ? skipped(width, batch, guess) : measure(width, batch, options);
      console.error(`width ${width}, batch ${batch}: ${size.note ?? `${size.gflops?.toFixed(1)} GFLOP/s`}`);
      best = Math.max(best, size.gflops ?? 0);
      return size;
    }),
  );
}

function skipped(width: number, batch: number, guess: number): Size {
  const note = `skipped: a step takes about ${guess.toFixed(0)} s`;
  return { width, batch, stepSeconds: null, gflops: null, compileSeconds: null, note };
}

function measure(width: number, batch: number, { seconds, threads, clock }: SizesOptions): Size {
  const failed = (note: string): Size => ({
    width,
    batch,
    stepSeconds: null,
    gflops: null,
    compileSeconds: null,
    note,
  });
  let found: unknown;
  try {
    const args = [width, batch, seconds, threads, clock].map(String);
    found = lastLine(runScript("./sizes/measure-size.js", args));
  } catch (error) {
    return failed(`failed: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (typeof found !== "object" || found === null) return failed("failed: it printed nothing");
  if (!("stepSeconds" in found) || !("compileSeconds" in found)) return failed("failed: it printed no time");
  const [stepSeconds, compileSeconds] = [Number(found.stepSeconds), Number(found.compileSeconds)];
  const gflops = productFlops(width, batch) / stepSeconds / 1e9;
  return { width, batch, stepSeconds, gflops, compileSeconds, note: null };
}

function textOf(
  batches: readonly number[],
  sizes: readonly (readonly Size[])[],
  cliffs: readonly Cliff[],
  draw: DrawTable,
): string {
  const isCliff = ({ width, batch }: Size) =>
    cliffs.some((cliff) => cliff.width === width && cliff.batch === batch);
  const table = (title: string, show: (size: Size) => string) =>
    draw(
      [title, ...batches.map((batch) => `batch ${batch}`)],
      sizes.map((row) => [
        `width ${row[0]?.width}`,
        ...row.map((size) => (size.note === null ? `${show(size)}${isCliff(size) ? " !" : ""}` : "-")),
      ]),
    );
  const notes = sizes
    .flat()
    .flatMap(({ width, batch, note }) => (note === null ? [] : [`width ${width}, batch ${batch}: ${note}`]));
  return [
    table("samples/s", ({ batch, stepSeconds }) => rate(batch / (stepSeconds ?? Number.NaN))),
    table("GFLOP/s", ({ gflops }) => (gflops ?? Number.NaN).toFixed(1)),
    "GFLOP/s: those of the products of matrices, over the time of the whole step with its optimizer.",
    cliffs.length === 0
      ? "No size is below half of what its neighbours let expect."
      : "! is below half of what its neighbours let expect:",
    ...cliffs.map(
      ({ width, batch, gflops, expected, along }) =>
        `  width ${width}, batch ${batch}: ${gflops.toFixed(2)} GFLOP/s, ${expected.toFixed(2)} expected along the ${along}`,
    ),
    ...notes,
  ].join("\n");
}

/** Three digits are as many as mean something. */
function rate(value: number): string {
  return value < 100 ? value.toPrecision(3) : String(Math.round(value));
}
