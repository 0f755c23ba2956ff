// A reduction along lines of neighbouring elements. Four lanes have a line each, or a block of the one line each:
// what is read along the lines is turned by a transpose, so that every lane still takes its elements in order.

import { at, REDUCE_BLOCK } from "@netwright/ir";
import type { PointwiseBody } from "../../kernels/body.ts";
import type { ReduceKernel } from "../../kernels/reduce.ts";
import type { Lines } from "../../plan/reduce-loops.ts";
import { BLOCKS_TOGETHER } from "../../threads/share.ts";
import type { Local } from "../../wasm/function-builder.ts";
import { type Emission, repeat, repeatBetween } from "../emission.ts";
import { emitTranspose } from "../gemm/index.ts";
import { partRange, type Range } from "../part.ts";
import { emitRowsTogether } from "./row-pass.ts";
import type { RowPass } from "./row-step.ts";
import { isInBlocks, stepsOf } from "./steps.ts";

/** Vectors of lines at a time: their additions do not wait for one another. Four are slower, see `BLOCKS_TOGETHER`. */
const TOGETHER = 2;
const NOTHING: PointwiseBody = { rows: 0, columns: 0, ops: [], stores: [] };

export function emitLines(emission: Emission, kernel: ReduceKernel, lines: Lines): void {
  const { fn, address, part } = emission;
  const { reset, take } = stepsOf(emission, kernel);
  const source = address(kernel.operand);
  const result = address(kernel.result);
  const { count, bytes: lineBytes, length } = lines;
  const wholeBlocks = Math.floor(length / REDUCE_BLOCK);
  const rest = length % REDUCE_BLOCK;

  if (part?.share.by === "blocks") {
    sharedLine();
    return;
  }
  const { from, to } = part === undefined ? allLines() : partRange(fn, part);
  const line = fn.local("i32");
  fn.get(from).set(line);
  const pass: RowPass = { length, bytes: lineBytes, body: NOTHING, reductions: [kernel] };
  for (const rows of [4 * TOGETHER, 4]) {
    if (count >= rows) fn.scope(() => emitRowsTogether(emission, pass, { rows, blocks: 1 }, line, to));
  }
  repeatBetween(fn, line, line, to, 1, () => {
    fn.scope(() => {
      const pointer = fn.local("i32");
      const total = fn.local("v128");
      fn.get(line).i32(lineBytes).op("i32.mul").set(pointer);
      oneLine(pointer, total, 0);
      fn.get(line).i32(4).op("i32.mul").get(total).memLane("v128.store32_lane", result, 0);
    });
  });

  function allLines(): Range {
    const first = fn.local("i32");
    const end = fn.local("i32");
    fn.i32(0).set(first).i32(count).set(end);
    return { from: first, to: end };
  }

  /** The result of the line at `pointer`, in all lanes of `total`; groups of blocks up to `done` are in it. */
  function oneLine(pointer: Local, total: Local, done: number): void {
    if (!isInBlocks(length)) {
      reset(total);
      takeOneByOne(total, pointer, length);
      return;
    }
    if (done === 0) reset(total);
    const groups = Math.floor(wholeBlocks / BLOCKS_TOGETHER);
    const counter = fn.local("i32");
    repeat(fn, counter, done, groups, 1, () => blocks(pointer, BLOCKS_TOGETHER, each));
    const fours = Math.floor((wholeBlocks % BLOCKS_TOGETHER) / 4);
    repeat(fn, counter, 0, fours, 1, () => blocks(pointer, 4, each));
    if (wholeBlocks % 4 > 0) blocks(pointer, wholeBlocks % 4, each);
    if (rest > 0) {
      fn.scope(() => {
        const sum = fn.local("v128");
        reset(sum);
        takeOneByOne(sum, pointer, rest);
        take(total, sum);
      });
    }

    function each(sums: readonly Local[], some: number): void {
      for (let block = 0; block < some; block++) {
        fn.scope(() => {
          const sum = at(sums, Math.floor(block / 4));
          const lane = block % 4;
          const splat = fn.local("v128");
          fn.get(sum).get(sum).shuffle(lane, lane, lane, lane).set(splat);
          take(total, splat);
        });
      }
    }
  }

  /** The accumulators of `some` blocks from `pointer` on, which moves behind them. */
  function blocks(pointer: Local, some: number, use: (sums: readonly Local[], some: number) => void): void {
    fn.scope(() => {
      const sums = fn.locals("v128", Math.ceil(some / 4));
      reset(...sums);
      takeLanes(sums, pointer, 4 * REDUCE_BLOCK, some, REDUCE_BLOCK);
      if (some > 1) {
        fn.get(pointer)
          .i32(4 * REDUCE_BLOCK * (some - 1))
          .op("i32.add")
          .set(pointer);
      }
      use(sums, some);
    });
  }

  /**
   * Each lane of the sums takes `elements` elements of its own line, `stride` bytes behind the line of the lane
   * before; lanes beyond `some` repeat the last. `pointer` moves to the end of the first line.
   */
  function takeLanes(
    sums: readonly Local[],
    pointer: Local,
    stride: number,
    some: number,
    elements: number,
  ): void {
    const offsetOf = (lane: number): number => source + stride * Math.min(lane, some - 1);
    const counter = fn.local("i32");
    const step = (four: boolean): void => {
      sums.forEach((sum, i) => {
        fn.scope(() => {
          if (four) {
            const vectors = fn.locals("v128", 4);
            vectors.forEach((vector, lane) => {
              fn.get(pointer)
                .mem("v128.load", offsetOf(4 * i + lane))
                .set(vector);
            });
            emitTranspose(fn, vectors);
            for (const vector of vectors) take(sum, vector);
            return;
          }
          const vector = fn.local("v128");
          fn.get(pointer)
            .mem("v128.load32_zero", offsetOf(4 * i))
            .set(vector);
          for (let lane = 1; lane < 4; lane++) {
            fn.get(pointer).get(vector);
            fn.memLane("v128.load32_lane", offsetOf(4 * i + lane), lane).set(vector);
          }
          take(sum, vector);
        });
      });
      fn.get(pointer)
        .i32(four ? 16 : 4)
        .op("i32.add")
        .set(pointer);
    };
    const whole = elements - (elements % 4);
    repeat(fn, counter, 0, whole, 4, () => step(true));
    repeat(fn, counter, whole, elements, 1, () => step(false));
  }

  function takeOneByOne(sum: Local, pointer: Local, elements: number): void {
    fn.scope(() => {
      const counter = fn.local("i32");
      const element = fn.local("v128");
      repeat(fn, counter, 0, elements, 1, () => {
        fn.get(pointer).mem("v128.load32_splat", source).set(element);
        take(sum, element);
        fn.get(pointer).i32(4).op("i32.add").set(pointer);
      });
    });
  }

  /** The one line: each thread has groups of blocks, of which the first thread adds up the results. */
  function sharedLine(): void {
    if (part === undefined) return;
    const { from, to } = partRange(fn, part);
    const group = fn.local("i32");
    const pointer = fn.local("i32");
    const place = fn.local("i32");
    const groupBytes = 4 * BLOCKS_TOGETHER;
    repeatBetween(fn, group, from, to, 1, () => {
      fn.get(group)
        .i32(4 * REDUCE_BLOCK * BLOCKS_TOGETHER)
        .op("i32.mul")
        .set(pointer);
      fn.get(group).i32(groupBytes).op("i32.mul").set(place);
      blocks(pointer, BLOCKS_TOGETHER, (sums) => {
        sums.forEach((sum, i) => {
          fn.get(place)
            .get(sum)
            .mem("v128.store", emission.scratch + 16 * i);
        });
      });
    });
    part.wait();
    fn.get(part.thread)
      .op("i32.eqz")
      .ifElse(() => {
        const total = fn.local("v128");
        const block = fn.local("v128");
        const groups = part.share.units;
        reset(total);
        fn.i32(0).set(place);
        repeat(fn, group, 0, groups * BLOCKS_TOGETHER, 1, () => {
          fn.get(place).mem("v128.load32_splat", emission.scratch).set(block);
          take(total, block);
          fn.get(place).i32(4).op("i32.add").set(place);
        });
        fn.i32(4 * REDUCE_BLOCK * BLOCKS_TOGETHER * groups).set(pointer);
        oneLine(pointer, total, groups);
        fn.i32(0).get(total).memLane("v128.store32_lane", result, 0);
      });
  }
}
