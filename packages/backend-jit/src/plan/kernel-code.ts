// What the code of a kernel depends on, apart from where its arrays lie: kernels of which this is the same share it.

import type { GemmEngine } from "../emit/gemm/index.ts";
import type { BufferId, Code } from "../kernels/rule.ts";
import { type Kernel, ruleOf } from "../kernels/table.ts";
import type { Share } from "../threads/share.ts";

export interface KernelCode {
  readonly key: string;
  /**
   * The arrays, numbered as in the key. Those in one place, as a new state over the old one, have one number: the code may
   * depend on that.
   */
  readonly symbols: ReadonlyMap<BufferId, number>;
  /** Where those of each number lie; undefined of what stays in registers. */
  readonly places: readonly (number | undefined)[];
  /** What is put into the code for this kernel. */
  readonly numbers: readonly number[];
}

export function kernelCode(
  kernel: Kernel,
  share: Share | undefined,
  engine: GemmEngine,
  placeOf: (buffer: BufferId) => number | undefined,
): KernelCode {
  const symbols = new Map<BufferId, number>();
  const places: (number | undefined)[] = [];
  const symbolOf = (buffer: BufferId): number => {
    const known = symbols.get(buffer);
    if (known !== undefined) return known;
    const place = placeOf(buffer);
    const other = place === undefined ? -1 : places.indexOf(place);
    const symbol = other < 0 ? places.push(place) - 1 : other;
    symbols.set(buffer, symbol);
    return symbol;
  };
  const rule = ruleOf(kernel);
  const { key, numbers = [] }: Code = rule.code?.(kernel, symbolOf, share, engine) ?? {
    key: rule.renamed(kernel, symbolOf),
  };
  return { key: JSON.stringify([kernel.kind, key, share ?? null]), symbols, places, numbers };
}
