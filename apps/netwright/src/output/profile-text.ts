// The times of kernels as `train --profile` shows them, the longest first.

import { count } from "@netwright/definitions";
import type { Profile } from "@netwright/runtime";
import type { Colours } from "./colours.ts";
import { type FittingColumn, fittingTable } from "./fitting-table.ts";
import { type KernelRow, kernelColumns, LAYOUT_NOTES } from "./kernel-columns.ts";
import { short } from "./numbers.ts";
import { prose } from "./prose.ts";

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

/** Ends with a line end. */
export function profileText(
  { backend, function: func, kernels, seconds, steps, peak, threads }: Profile,
  look: { readonly colours: Colours; readonly width: number },
): string {
  const total = kernels.reduce((sum, kernel) => sum + kernel.seconds, 0);
  const rows = kernels
    .map(({ kernel, seconds: each }, i): TimedRow => {
      const most = peak * Math.min(threads, kernel.threads);
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
  const speed = func.flops / seconds;
  const lines = [
    `A whole step of ${count(func.batch, "row")}: ${(1000 * seconds).toFixed(3)} ms, ` +
      `${short(func.batch / seconds)} rows/s.`,
    `${gigaflops(speed)} GFLOP/s, ${percent(speed / (peak * threads), 0)} of the peak.`,
    ...(seconds > BUSY * total
      ? [`Its kernels take ${(1000 * total).toFixed(3)} ms where nothing else runs: the machine is busy.`]
      : []),
    `Peak: ${gigaflops(peak)} GFLOP/s for each of ${count(threads, "thread")}, measured now:`,
    "  128-bit SIMD in registers, multiplications and additions.",
    `Timed on ${count(steps, "step")}, with rows and weights of this training.`,
    ...LAYOUT_NOTES,
  ];
  const title = look.colours.bold(`Kernels of a training step on ${backend}`);
  return `${title}\n\n${fittingTable(columns, rows, look)}\n${prose(lines.join("\n"), look.width)}\n`;
}

function percent(fraction: number, digits: number): string {
  return Number.isFinite(fraction) ? `${(100 * fraction).toFixed(digits)}%` : "-";
}

function gigaflops(flopsPerSecond: number): string {
  return Number.isFinite(flopsPerSecond) ? (flopsPerSecond / 1e9).toFixed(1) : "-";
}
