// Reductions in the order that the IR prescribes, see `ops/reduce.ts` there. Lanes run over neighbouring results
// where there are any, else over the lines of a matrix or the blocks of a line; never over the elements of a block.

import type { ReduceKernel } from "../../kernels/reduce.ts";
import { reduceLoops } from "../../plan/reduce-loops.ts";
import type { Emission } from "../emission.ts";
import { emitLines } from "./lines.ts";
import { emitNeighbours } from "./neighbours.ts";
import { emitSharedColumns } from "./shared-columns.ts";

export function emitReduce(emission: Emission, kernel: ReduceKernel): void {
  const loops = reduceLoops(kernel);
  if (loops.outer.some(({ size }) => size === 0) || loops.inner === 0) return;
  if (loops.lines === undefined) {
    if (emission.part?.share.by === "blocks") emitSharedColumns(emission, emission.part, kernel, loops);
    else emitNeighbours(emission, kernel, loops);
  } else emitLines(emission, kernel, loops.lines);
}
