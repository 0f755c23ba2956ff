// One pass over rows that lie one behind the other: elementwise operations, and reductions of each row of what they make
// or of what is read. Values are made in the order of memory. Four lanes have a row each, or a block of one, so that
// every lane takes its elements in order: what is made for four of them is turned by a transpose. Where the order does
// not matter, lanes take what is made as it is, and are put together behind each block.

import { at, REDUCE_BLOCK } from "@netwright/ir";
import type { PointwiseBody } from "../../kernels/body.ts";
import type { ReduceKernel } from "../../kernels/reduce.ts";
import type { BufferId } from "../../kernels/rule.ts";
import type { Together } from "../../plan/rows-together.ts";
import type { Local } from "../../wasm/function-builder.ts";
import { type Emission, repeat } from "../emission.ts";
import { loadScalars, type Places, placeIn } from "../pointwise.ts";
import { anyOrder } from "./any-order.ts";
import { emitStep, type Fold, moveOn, type RowPass, splat, takeInOrder } from "./row-step.ts";
import { isInBlocks, type Steps, stepsOf } from "./steps.ts";

export const ONE_ROW: Together = { rows: 1, blocks: 1 };

/** As long as there are so many rows from `line` on to `to`, which it leaves behind them. */
export function emitRowsTogether(
  emission: Emission,
  pass: RowPass,
  together: Together,
  line: Local,
  to: Local,
): void {
  const { fn } = emission;
  const { length, bytes, body, reductions } = pass;
  const { rows, blocks } = together;
  const scalars = loadScalars(emission, body);
  const lanes = rows * blocks;
  const vectors = Math.ceil(lanes / 4);
  const cursors = { flat: fn.local("i32"), row: fn.local("i32"), column: fn.local("i32") };
  const { flat, row, column } = cursors;
  const folds = reductions.map((kernel): Fold => {
    const apart = Array.from({ length: lanes }, () => anyOrder(emission, kernel));
    return {
      kernel,
      ...stepsOf(emission, kernel),
      sums: fn.locals("v128", vectors),
      apart: apart.filter((each) => each !== undefined),
    };
  });
  const isInOrder = folds.some(({ apart }) => apart.length === 0);

  fn.block((done) => {
    fn.loop((again) => {
      fn.get(line).i32(rows).op("i32.add").get(to).op("i32.gt_u").brIf(done);
      fn.scope(() => {
        fn.get(line).i32(bytes).op("i32.mul").set(flat);
        fn.get(line).i32(4).op("i32.mul").set(row);
        fn.i32(0).set(column);
        const places: Places = new Map();
        for (const buffer of columnInputs(body)) placeIn(emission, places, buffer, row);
        const inBlocks = isInOrder && isInBlocks(length);
        if (!inBlocks) some(length, places);
        const totals = inBlocks ? blockByBlock(places) : folds.map(({ sums }) => sums);
        folds.forEach(({ kernel }, i) => {
          store(kernel, at(totals, i));
        });
      });
      fn.get(line).i32(rows).op("i32.add").set(line).br(again);
    });
  });

  /** The accumulators, from the identity on, take so many elements of each lane. */
  function some(elements: number, places: Places): void {
    for (const { reset, sums, apart } of folds) {
      reset(...sums);
      for (const each of apart) each.reset();
    }
    const step = (width: number): void =>
      fn.scope(() => emitStep(emission, pass, together, folds, cursors, scalars, places, width));
    const counter = fn.local("i32");
    const whole = elements - (elements % 4);
    repeat(fn, counter, 0, whole, 4, () => step(4));
    for (const { apart, sums, take } of folds) {
      if (apart.length === 0) continue;
      sums.forEach((sum, vector) => {
        fn.scope(() => {
          const own = apart.slice(4 * vector, 4 * vector + 4).map((each) => each.results());
          takeInOrder(fn, take, sum, own, 4);
        });
      });
    }
    if (whole < elements) step(elements - whole);
  }

  /** The results of rows of several blocks; that of a row is in the lane of its first block. */
  function blockByBlock(places: Places): readonly (readonly Local[])[] {
    const totals = folds.map(() => fn.locals("v128", vectors));
    folds.forEach(({ reset }, i) => {
      reset(...at(totals, i));
    });
    const block = fn.local("i32");
    const each = (elements: number): void => {
      some(elements, places);
      folds.forEach(({ take, sums }, i) => {
        addUp(at(totals, i), sums, take);
      });
    };
    const wholeBlocks = Math.floor(length / REDUCE_BLOCK);
    repeat(fn, block, 0, Math.floor(wholeBlocks / blocks), 1, () => {
      each(REDUCE_BLOCK);
      for (const cursor of [flat, column]) moveOn(fn, cursor, 4 * REDUCE_BLOCK * (blocks - 1));
    });
    const rest = length % REDUCE_BLOCK;
    if (rest > 0) each(rest);
    return totals;
  }

  /** The totals of each row take the results of its blocks, in order. */
  function addUp(totals: readonly Local[], sums: readonly Local[], take: Steps["take"]): void {
    for (let block = 0; block < blocks; block++) {
      totals.forEach((total, vector) => {
        // Of a row that has several vectors the first one has the total.
        if ((4 * vector) % blocks !== 0) return;
        fn.scope(() => {
          const [sum, lane] = [at(sums, vector + Math.floor(block / 4)), block % 4];
          if (blocks === 1) take(total, sum);
          else if (blocks === 2) {
            const both = fn.local("v128");
            fn.get(sum)
              .get(sum)
              .shuffle(lane, lane, lane + 2, lane + 2)
              .set(both);
            take(total, both);
          } else take(total, splat(fn, sum, lane));
        });
      });
    }
  }

  function store({ result }: ReduceKernel, totals: readonly Local[]): void {
    fn.scope(() => {
      const place = placeIn(emission, new Map(), result, row);
      const address = emission.address(result);
      // Four rows in a vector, or fewer.
      const each = rows > 1 && blocks === 1 ? 4 : 1;
      for (let first = 0; first < rows; first += each) {
        const lane = first * blocks;
        const total = at(totals, Math.floor(lane / 4));
        if (each === 4)
          fn.get(place)
            .get(total)
            .mem("v128.store", address + 4 * first);
        else
          fn.get(place)
            .get(total)
            .memLane("v128.store32_lane", address + 4 * first, lane % 4);
      }
    });
  }
}

/** Arrays with an element for each row. */
function columnInputs({ ops }: PointwiseBody): BufferId[] {
  return ops.flatMap(({ inputs }) =>
    inputs.flatMap((input) =>
      input.kind === "buffer" && input.access.kind === "column" ? [input.buffer] : [],
    ),
  );
}
