// Kernels over the same rows, run one after the other for a few rows at a time: softmax, normalisations and losses are
// reductions of each row with elementwise operations around them. What only they need of one another never leaves the
// nearest caches, as it has a place for a few rows alone.

import type { GemmEngine } from "../emit/gemm/index.ts";
import { emitStrips } from "../emit/strips.ts";
import { insidePlaces } from "../plan/inside-places.ts";
import type { Share } from "../threads/share.ts";
import type { MapKernel } from "./map.ts";
import type { PassKernel } from "./pass.ts";
import type { BufferId, BufferNames, Buffers, Code, KernelRule, Purposes, Rename } from "./rule.ts";

export type RowKernel = MapKernel | PassKernel;

export interface RowsKernel {
  readonly kind: "rows";
  readonly rows: number;
  /** Rows at a time: one, two, or a multiple of four. */
  readonly strip: number;
  /** In order. Of each array that one of them makes, all read the same rows. */
  readonly kernels: readonly RowKernel[];
  /** What nobody else reads, with the elements of a row. */
  readonly inside: ReadonlyMap<BufferId, number>;
  /** What is read once as it lies, before the rows of a strip are worked on, with the elements of a row. */
  readonly fetched: ReadonlyMap<BufferId, number>;
}

/** Rules of the kernels in it, whatever their kind. */
export interface RowRules {
  readonly buffersOf: (kernel: RowKernel) => Buffers;
  readonly renamed: (kernel: RowKernel, rename: Rename) => RowKernel;
  readonly code: (
    kernel: RowKernel,
    names: BufferNames,
    share: Share | undefined,
    engine: GemmEngine,
  ) => Code;
  readonly workOf: (kernel: RowKernel) => number;
  readonly emit: Parameters<typeof emitStrips>[2];
  readonly ops: (kernel: RowKernel, purposes: Purposes) => ReturnType<KernelRule<RowKernel>["ops"]>;
  readonly opName: NonNullable<KernelRule<RowKernel>["opName"]>;
}

export function rowsRule(rules: RowRules): KernelRule<RowsKernel> {
  return {
    buffers: ({ kernels, inside }) => {
      const all = kernels.map(rules.buffersOf);
      const made = new Set(all.flatMap(({ writes }) => writes));
      const reads = new Set(all.flatMap((buffers) => buffers.reads.map(({ buffer }) => buffer)));
      return {
        // One kernel may read what another has written over, so nothing is read in place.
        reads: [...reads].filter((buffer) => !made.has(buffer)).map((buffer) => ({ buffer, inPlace: false })),
        writes: [...made].filter((buffer) => !inside.has(buffer)),
      };
    },
    renamed: (kernel, rename) => ({
      ...kernel,
      kernels: kernel.kernels.map((each) => rules.renamed(each, rename)),
      inside: renamedKeys(kernel.inside, rename),
      fetched: renamedKeys(kernel.fetched, rename),
    }),
    code: ({ rows, strip, kernels, inside, fetched }, names, share, engine) => ({
      key: {
        rows,
        strip,
        kernels: kernels.map((each) => [each.kind, rules.code(each, names, share, engine).key]),
        inside: [...renamedKeys(inside, names.numberOf)],
        fetched: [...renamedKeys(fetched, names.numberOf)],
      },
    }),
    divide: ({ rows, strip }) => ({ by: "rows", units: Math.ceil(rows / strip), size: strip }),
    scratch: (kernel) => ({ own: insidePlaces(kernel).bytes, common: 0 }),
    work: ({ kernels }) => kernels.reduce((sum, kernel) => sum + rules.workOf(kernel), 0),
    emit: (emission, kernel) => emitStrips(emission, kernel, rules.emit),
    label: "rows",
    ops: ({ kernels }, purposes) => kernels.flatMap((kernel) => rules.ops(kernel, purposes)),
    opName: rules.opName,
    shape: ({ rows, kernels }) => [
      rows,
      Math.max(1, ...kernels.map((kernel) => elementsOfRow(kernel, rows))),
    ],
  };
}

function renamedKeys<T>(of: ReadonlyMap<BufferId, T>, rename: Rename): Map<BufferId, T> {
  return new Map([...of].map(([buffer, value]) => [rename(buffer), value]));
}

/** Of the largest array that the kernel goes over. */
export function elementsOfRow({ body }: RowKernel, rows: number): number {
  return (body.rows * body.columns) / rows;
}
