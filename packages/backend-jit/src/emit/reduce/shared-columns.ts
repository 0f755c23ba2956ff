// Few columns of many rows, with too little in a row for all threads: each thread makes the results of some blocks of
// rows, and the first one puts them together, in the order in which one thread would have done it.

import { at, REDUCE_BLOCK } from "@netwright/ir";
import type { ReduceKernel } from "../../kernels/reduce.ts";
import { blockResults, type ReduceLoops } from "../../plan/reduce-loops.ts";
import { LINE } from "../../threads/share.ts";
import type { Local } from "../../wasm/function-builder.ts";
import { type Emission, repeat, repeatBetween, storeLanes } from "../emission.ts";
import { type Part, partRange } from "../part.ts";
import { stepsOf } from "./steps.ts";

export function emitSharedColumns(
  emission: Emission,
  part: Part,
  kernel: ReduceKernel,
  loops: ReduceLoops,
): void {
  const { fn, address, scratch } = emission;
  const { reset, take } = stepsOf(emission, kernel);
  const { inner } = loops;
  const row = at(loops.reduced, 0);
  const blockBytes = 4 * blockResults(loops);
  const rest = row.size - part.share.units * REDUCE_BLOCK;
  const [block, start, pointer, count, place] = [
    fn.local("i32"),
    fn.local("i32"),
    fn.local("i32"),
    fn.local("i32"),
    fn.local("i32"),
  ];

  /** `body` for columns side by side, whose accumulators are in registers, from the one at `first` on. */
  const columns = (body: (sums: readonly Local[], first: number) => void): void => {
    for (let first = 0; first < inner; first += LINE) {
      fn.scope(() => body(fn.locals("v128", Math.ceil(Math.min(LINE, inner - first) / 4)), first));
    }
  };
  /** The accumulators of so many rows from `start` on. */
  const sumRows = (sums: readonly Local[], first: number, rows: number): void => {
    reset(...sums);
    fn.get(start).set(pointer);
    repeat(fn, count, 0, rows, 1, () => {
      sums.forEach((sum, i) => {
        takeAt(sum, pointer, address(kernel.operand) + 4 * first + 16 * i);
      });
      fn.get(pointer).i32(row.bytes).op("i32.add").set(pointer);
    });
  };
  const takeAt = (sum: Local, from: Local, offset: number): void =>
    fn.scope(() => {
      const value = fn.local("v128");
      fn.get(from).mem("v128.load", offset).set(value);
      take(sum, value);
    });

  const range = partRange(fn, part);
  repeatBetween(fn, block, range.from, range.to, 1, () => {
    fn.get(block)
      .i32(REDUCE_BLOCK * row.bytes)
      .op("i32.mul")
      .set(start);
    fn.get(block).i32(blockBytes).op("i32.mul").set(place);
    columns((sums, first) => {
      sumRows(sums, first, REDUCE_BLOCK);
      sums.forEach((sum, i) => {
        fn.get(place)
          .get(sum)
          .mem("v128.store", scratch + 4 * first + 16 * i);
      });
    });
  });
  part.wait();
  fn.get(part.thread)
    .op("i32.eqz")
    .ifElse(() =>
      columns((totals, first) => {
        reset(...totals);
        fn.i32(0).set(place);
        repeat(fn, block, 0, part.share.units, 1, () => {
          totals.forEach((total, i) => {
            takeAt(total, place, scratch + 4 * first + 16 * i);
          });
          fn.get(place).i32(blockBytes).op("i32.add").set(place);
        });
        if (rest > 0) {
          const sums = fn.locals("v128", totals.length);
          fn.i32(part.share.units * REDUCE_BLOCK * row.bytes).set(start);
          sumRows(sums, first, rest);
          totals.forEach((total, i) => {
            take(total, at(sums, i));
          });
        }
        fn.i32(0).set(place);
        totals.forEach((total, i) => {
          const offset = address(kernel.result) + 4 * first + 16 * i;
          storeLanes(fn, place, total, offset, Math.min(4, inner - first - 4 * i));
        });
      }),
    );
}
