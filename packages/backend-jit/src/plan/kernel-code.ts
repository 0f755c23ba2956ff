// What the code of a kernel depends on, apart from where its arrays lie: kernels of which this is the same share it.

import type { GemmEngine } from "../emit/gemm/index.ts";
import type { BufferId, Code } from "../kernels/rule.ts";
import { type Kernel, ruleOf } from "../kernels/table.ts";
import type { Share } from "../threads/share.ts";

export interface KernelCode {
  readonly key: string;
  /** The arrays by their numbers in the key; of those in one place, as a new state over the old one, by that of the first. */
  readonly symbols: ReadonlyMap<BufferId, number>;
  /** Where the array of each number lies; undefined of what stays in registers. */
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
  const ids = new Map<BufferId, number>();
  const symbols = new Map<BufferId, number>();
  const places: (number | undefined)[] = [];
  const numberOf = (buffer: BufferId): number => {
    const known = ids.get(buffer);
    if (known !== undefined) return known;
    const place = placeOf(buffer);
    const first = place === undefined ? -1 : places.indexOf(place);
    const next = places.push(place) - 1;
    ids.set(buffer, next);
    symbols.set(buffer, first < 0 ? next : first);
    return next;
  };
  const symbolOf = (buffer: BufferId): number => {
    const next = numberOf(buffer);
    return symbols.get(buffer) ?? next;
  };
  const names = { numberOf, placeOf: symbolOf };
  const rule = ruleOf(kernel);
  const { key, numbers = [] }: Code = rule.code?.(kernel, names, share, engine) ?? {
    key: rule.renamed(kernel, numberOf),
  };
  // Code may depend on which arrays are in one place.
  const whole = [kernel.kind, key, share ?? null, [...symbols.values()]];
  return { key: JSON.stringify(whole), symbols, places, numbers };
}
