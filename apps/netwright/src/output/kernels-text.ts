// The kernels of a program as `explain --backend` shows them: a table for each function, and the memory.

import { count } from "@netwright/definitions";
import type { FunctionExplanation, KernelExplanation, ProgramExplanation } from "@netwright/runtime";
import type { Colours } from "./colours.ts";
import { type FittingColumn, fittingTable } from "./fitting-table.ts";
import { type KernelRow, kernelColumns, layoutNotes } from "./kernel-columns.ts";
import { bytes, duration, short } from "./numbers.ts";
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
export function kernelsText(
  { backend, functions, threads, fused, memory }: ProgramExplanation,
  look: Look,
): string {
  const tables = functions.map(
    (func) =>
      `${prose(heading(func, look.colours), look.width)}\n${compiledText(func, look)}\n${kernelTable(func, look)}`,
  );
  const notes = [
    ...layoutNotes(functions.flatMap(({ kernels }) => kernels)),
    functions.some(({ compiled }) => compiled?.analysed)
      ? `FLOPs and bytes of a whole function: what ${backend} says; of a kernel: estimates.`
      : "FLOPs and bytes: estimates, each array once in each kernel.",
    ...(fused === undefined
      ? []
      : [
          `Products and sums are rounded once, ${fused === "engine" ? "by an instruction of the engine" : "in many steps, slowly"}.`,
        ]),
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

/** What is known of a function that another compiler has made; empty for others. */
function compiledText({ kernels, compiled }: FunctionExplanation, { width }: Look): string {
  if (compiled === undefined) return "";
  const { seconds, kept, shown, memory } = compiled;
  const lines = [
    shown ? kindsOf(kernels) : "The plugin does not show what its compiler has made of it.",
    kept ? `Compiled at an earlier time, loaded in ${time(seconds)}.` : `Compiled in ${time(seconds)}.`,
    ...(memory === undefined
      ? ["The plugin does not tell what memory it needs."]
      : [
          `Memory: arguments ${bytes(memory.arguments)}, results ${bytes(memory.results)}, of which ${bytes(memory.reused)} in place of arguments, ` +
            `temporary ${bytes(memory.temporary)}${memory.code === 0 ? "" : `, code ${bytes(memory.code)}`}.`,
        ]),
  ];
  return `${prose(lines.join("\n"), width)}\n`;
}

function time(seconds: number): string {
  return seconds < 1 ? `${(1000 * seconds).toFixed(0)} ms` : duration(seconds);
}

/** `12 loop fusion, 6 dot`: the most first. */
function kindsOf(kernels: readonly KernelExplanation[]): string {
  const counts = new Map<string, number>();
  for (const { kind } of kernels) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return `${[...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([kind, of]) => `${of} ${kind}`)
    .join(", ")}.`;
}

function kernelTable({ kernels }: FunctionExplanation, look: Look): string {
  if (kernels.length === 0) return "";
  const shared = kernels.some(({ threads }) => threads > 1);
  const { kernel, layers, operations, size, tile, layout, threads } = kernelColumns;
  const columns = [
    kernel,
    layers,
    operations,
    size,
    ...(kernels.some((each) => each.tile !== null) ? [tile] : []),
    ...(kernels.some((each) => each.layout !== null) ? [layout] : []),
    ...(shared ? [threads] : []),
    flops,
    moved,
  ];
  return fittingTable(columns, kernels.map(rowOf), look);
}

function rowOf(kernel: KernelExplanation, i: number): KernelRow {
  return { kernel, number: i + 1 };
}
