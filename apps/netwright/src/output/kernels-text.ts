// The kernels of a program as `explain --backend` shows them: a table for each function, and the memory.

import { count } from "@netwright/definitions";
import type { FunctionExplanation, KernelExplanation, ProgramExplanation } from "@netwright/runtime";
import type { Colours } from "./colours.ts";
import { type FittingColumn, fittingTable } from "./fitting-table.ts";
import { type KernelRow, kernelColumns, LAYOUT_NOTES } from "./kernel-columns.ts";
import { bytes, short } from "./numbers.ts";
import { prose } from "./prose.ts";

interface Look {
  readonly colours: Colours;
  readonly width: number;
}

const flops: FittingColumn<KernelRow> = {
  title: "FLOPs",
  align: "right",
  cell: ({ kernel }) => short(kernel.flops),
};
const moved: FittingColumn<KernelRow> = {
  title: "bytes",
  align: "right",
  cell: ({ kernel }) => bytes(kernel.bytes),
  drop: 1,
  below: ({ kernel }) => bytes(kernel.bytes),
};

/** Ends with a line end. */
export function kernelsText({ backend, functions, threads, memory }: ProgramExplanation, look: Look): string {
  const tables = functions.map(
    (func) => `${prose(heading(func, look.colours), look.width)}\n\n${kernelTable(func, look)}`,
  );
  const notes = [
    ...LAYOUT_NOTES,
    "FLOPs and bytes: estimates, each array once in each kernel.",
    `Memory of ${backend} with ${count(threads, "thread")}: ${bytes(memory.total)}.`,
    `  state ${bytes(memory.state)}, constants ${bytes(memory.constants)}, arena ${bytes(memory.arena)}`,
    ...(memory.limit !== null && memory.total > memory.limit
      ? [`That is more than the ${bytes(memory.limit)} that ${backend} has: it will not run.`]
      : []),
  ];
  return `${tables.join("\n")}\n${prose(notes.join("\n"), look.width)}\n`;
}

function heading(
  { name, kind, batch, kernels, flops: all, bytes: touched }: FunctionExplanation,
  colours: Colours,
) {
  const what = kind === "step" ? "Training step" : kind === "predict" ? "Predict" : name;
  const of = batch === 0 ? "" : ` of ${count(batch, "row")}`;
  const costs = `${count(kernels.length, "kernel")}, ${short(all)} FLOPs, ${bytes(touched)}`;
  return `${colours.bold(`${what}${of}`)}: ${costs}`;
}

function kernelTable({ kernels }: FunctionExplanation, look: Look): string {
  const shared = kernels.some(({ threads }) => threads > 1);
  const { kernel, layers, operations, size, tile, layout, threads } = kernelColumns;
  const columns = [
    kernel,
    layers,
    { ...operations, below: operations.cell },
    size,
    { ...tile, below: (row: KernelRow) => (row.kernel.tile === null ? "" : `tile ${tile.cell(row)}`) },
    { ...layout, below: layout.cell },
    ...(shared ? [threads] : []),
    flops,
    moved,
  ];
  return fittingTable(columns, kernels.map(rowOf), look);
}

function rowOf(kernel: KernelExplanation, i: number): KernelRow {
  return { kernel, number: i + 1 };
}
