// The times of kernels as `train --profile` shows them, the longest first.

import { count } from "@netwright/definitions";
import type { PartTime, Profile } from "@netwright/runtime";
import type { Colours } from "./colours.ts";
import { type FittingColumn, fittingTable } from "./fitting-table.ts";
import { type KernelRow, kernelColumns, layoutNotes } from "./kernel-columns.ts";
import { short } from "./numbers.ts";
import { prose } from "./prose.ts";
import { renderTable } from "./table.ts";

/** How much longer a whole step may take than its kernels together, which are timed at their best. */
const BUSY = 1.25;

interface TimedRow extends KernelRow {
  readonly seconds: number;
  /** Of the time of all kernels. */
  readonly share: number;
  /** Of what the threads that share the kernel could do at most. */
  readonly ofPeak: number;
}

const time: FittingColumn<TimedRow> = {
  title: "ms",
  align: "right",
  cell: ({ seconds }) => (1000 * seconds).toFixed(4),
};
const share: FittingColumn<TimedRow> = {
  title: "share",
  align: "right",
  cell: (row) => percent(row.share, 1),
  drop: 3,
};
const rate: FittingColumn<TimedRow> = {
  title: "GFLOP/s",
  align: "right",
  cell: ({ kernel, seconds }) => gigaflops(kernel.flops / seconds),
  drop: 4,
};
const ofPeak: FittingColumn<TimedRow> = {
  title: "of peak",
  align: "right",
  cell: (row) => percent(row.ofPeak, 0),
};

interface Look {
  readonly colours: Colours;
  readonly width: number;
}

/** Ends with a line end. */
export function profileText(profile: Profile, look: Look): string {
  const { backend, function: func, seconds, steps, peak, threads, parts, processor } = profile;
  const speed = func.flops / seconds;
  const ofAll = peak === null ? "" : `, ${percent(speed / (peak * threads), 0)} of the peak`;
  const lines = [
    `A whole step of ${count(func.batch, "row")}: ${(1000 * seconds).toFixed(3)} ms, ` +
      `${short(func.batch / seconds)} rows/s.`,
    `${gigaflops(speed)} GFLOP/s${ofAll}.`,
    ...(processor === undefined
      ? []
      : [`Processor time of a step, of all threads: ${(1000 * processor).toFixed(3)} ms.`]),
    ...busyLine(profile),
    ...(peak === null
      ? []
      : [
          `Peak: ${gigaflops(peak)} GFLOP/s for each of ${count(threads, "thread")}, measured now:`,
          "  128-bit SIMD in registers, multiplications and additions.",
        ]),
    `Timed on ${count(steps, "step")}, with rows and weights of this training.`,
    ...(parts === undefined
      ? []
      : [`${backend} runs the kernels of a step in one call, and tells no time of each.`]),
    ...layoutNotes(profile.kernels.map(({ kernel }) => kernel)),
  ];
  const what = parts === undefined ? "Kernels" : "Parts";
  const table = parts === undefined ? kernelTable(profile, look) : partTable(parts, look);
  const title = look.colours.bold(`${what} of a training step on ${backend}`);
  return `${prose(title, look.width)}\n\n${table}\n${prose(lines.join("\n"), look.width)}\n`;
}

/** The longest first. */
function kernelTable({ kernels, peak, threads }: Profile, look: Look): string {
  const total = totalOf(kernels);
  const rows = kernels
    .map(({ kernel, seconds: each }, i): TimedRow => {
      const most = (peak ?? Number.NaN) * Math.min(threads, kernel.threads);
      return {
        kernel,
        number: i + 1,
        seconds: each,
        share: each / total,
        ofPeak: kernel.flops / each / most,
      };
    })
    .sort((a, b) => b.seconds - a.seconds);
  const { kernel, layers, operations, size, tile, layout } = kernelColumns;
  const columns = [kernel, layers, operations, { ...size, drop: 5 }, tile, layout, time, share, rate, ofPeak];
  return fittingTable(columns, rows, look);
}

/** In the order of a step. */
function partTable(parts: readonly PartTime[], look: Look): string {
  const total = totalOf(parts);
  return renderTable(
    [{ title: "part" }, { title: "ms", align: "right" }, { title: "share", align: "right" }],
    parts.map(({ part, seconds }) => [part, (1000 * seconds).toFixed(4), percent(seconds / total, 1)]),
    look,
  );
}

function busyLine({ kernels, seconds }: Profile): readonly string[] {
  const total = totalOf(kernels);
  return kernels.length > 0 && seconds > BUSY * total
    ? [`Its kernels take ${(1000 * total).toFixed(3)} ms where nothing else runs: the machine is busy.`]
    : [];
}

function totalOf(times: readonly { readonly seconds: number }[]): number {
  return times.reduce((sum, { seconds }) => sum + seconds, 0);
}

function percent(fraction: number, digits: number): string {
  return Number.isFinite(fraction) ? `${(100 * fraction).toFixed(digits)}%` : "-";
}

function gigaflops(flopsPerSecond: number): string {
  return Number.isFinite(flopsPerSecond) ? (flopsPerSecond / 1e9).toFixed(1) : "-";
}
