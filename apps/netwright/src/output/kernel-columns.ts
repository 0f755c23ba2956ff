// Columns that tell what a kernel is, shared by the tables of `explain --backend` and `train --profile`.

import type { KernelExplanation } from "@netwright/runtime";
import type { FittingColumn } from "./fitting-table.ts";

export interface KernelRow {
  readonly kernel: KernelExplanation;
  /** Its position in the function, from 1. */
  readonly number: number;
}

const kernel: FittingColumn<KernelRow> = {
  title: "kernel",
  cell: (row) => `${row.number} ${row.kernel.kind}`,
};
const layers: FittingColumn<KernelRow> = {
  title: "layers",
  cell: (row) => layersOf(row.kernel),
};
const operations: FittingColumn<KernelRow> = {
  title: "operations",
  cell: (row) => counted(row.kernel.ops),
  drop: 9,
  below: (row) => counted(row.kernel.ops),
};
const size: FittingColumn<KernelRow> = {
  title: "size",
  align: "right",
  cell: (row) => row.kernel.shape.join("x"),
};
const tile: FittingColumn<KernelRow> = {
  title: "tile",
  align: "right",
  cell: (row) => row.kernel.tile?.join("x") ?? "",
  drop: 7,
};
const layout: FittingColumn<KernelRow> = {
  title: "layout",
  cell: (row) => layoutOf(row.kernel),
  drop: 8,
  below: (row) => layoutOf(row.kernel),
};
const threads: FittingColumn<KernelRow> = {
  title: "threads",
  align: "right",
  cell: (row) => String(row.kernel.threads),
  drop: 6,
};

export const kernelColumns = { kernel, layers, operations, size, tile, layout, threads };

/** Said below a table of kernels. */
export function layoutNotes(kernels: readonly KernelExplanation[]): readonly string[] {
  return [
    ...(kernels.length === 0
      ? []
      : ["Size of a product: rows x columns x contracted; of a loop: its steps."]),
    ...(kernels.some(({ layout }) => layout !== null)
      ? ["Layout of its operands: N as it is read, T transposed."]
      : []),
  ];
}

/** Of an update alone, the weights that it is for: `optimizer: dense_1.bias`. */
function layersOf({ layers: names, updates }: KernelExplanation): string {
  // Slots are named after their weight: `dense_1.bias/m`.
  const updated = [...new Set(updates.map((name) => name.split("/")[0] ?? name))];
  const [only, ...others] = names;
  return only === undefined || others.length > 0 || updated.length === 0
    ? names.join(", ")
    : `${only}: ${updated.join(", ")}`;
}

/** `dot_general, multiply x6, add x2`: in order of their first use. */
function counted(names: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].map(([name, count]) => (count === 1 ? name : `${name} x${count}`)).join(", ");
}

function layoutOf({ layout: letters, packed }: KernelExplanation): string {
  if (letters === null) return "";
  return packed.length === 0 ? letters : `${letters}, packs ${packed.join(" and ")}`;
}
