// What a pass does with four elements of each of its rows or blocks: it makes what is reduced, and its accumulators take it.

import { at, REDUCE_BLOCK } from "@netwright/ir";
import { fullInputs, type PointwiseBody } from "../../kernels/body.ts";
import type { ReduceKernel } from "../../kernels/reduce.ts";
import type { Together } from "../../plan/rows-together.ts";
import type { FunctionBuilder, Local } from "../../wasm/function-builder.ts";
import type { Emission } from "../emission.ts";
import { hasFormula } from "../formulas.ts";
import { emitTranspose } from "../gemm/index.ts";
import { type Cursor, emitBodies, type Places, placeIn, type Scalars, type Vector } from "../pointwise.ts";
import type { AnyOrder } from "./any-order.ts";
import type { Steps } from "./steps.ts";

export interface RowPass {
  /** Elements of a row, and bytes from one to the next one. */
  readonly length: number;
  readonly bytes: number;
  /** Rows x length. */
  readonly body: PointwiseBody;
  /** Of what the body makes, or of an array that is read. */
  readonly reductions: readonly ReduceKernel[];
}

/** A reduction, and its accumulators. */
export interface Fold extends Steps {
  readonly kernel: ReduceKernel;
  /** Vectors with a lane for each row or block. */
  readonly sums: readonly Local[];
  /** For each row or block, where elements can be taken in any order. */
  readonly apart: readonly AnyOrder[];
}

/** Byte offsets of the first row or block. */
export type Cursors = Pick<Cursor, "flat" | "row" | "column">;

/** `width`: less than four at the end of a row. `places`: what is known of the cursor along rows. */
export function emitStep(
  emission: Emission,
  { bytes, body, reductions }: RowPass,
  { rows, blocks }: Together,
  folds: readonly Fold[],
  { flat, row, column }: Cursors,
  scalars: Scalars,
  places: Places,
  width: number,
): void {
  const { fn } = emission;
  const wanted = reductions.map(({ operand }) => operand);
  const inStep = new Map(places);
  for (const buffer of [...fullInputs(body), ...wanted, ...body.stores]) {
    placeIn(emission, inStep, buffer, flat);
  }
  /** The elements of one row or block, in the order of memory. */
  const vectorOf = (index: number): Vector => {
    const [ofRow, block] = [Math.floor(index / blocks), index % blocks];
    const blockBytes = 4 * REDUCE_BLOCK * block;
    const cursor = {
      flat,
      flatOffset: ofRow * bytes + blockBytes,
      column,
      columnOffset: blockBytes,
      row,
      rowOffset: 4 * ofRow,
      width,
      places: inStep,
    };
    return { cursor, made: new Map() };
  };
  const lanes = rows * blocks;
  for (let first = 0; first < lanes; first += 4) {
    fn.scope(() => {
      const some = Math.min(lanes, 4);
      const inOrder = folds.map(({ apart }) =>
        apart.length === 0 || width < 4 ? fn.locals("v128", some) : undefined,
      );
      const vectors = Array.from({ length: some }, (_, lane) => vectorOf(first + lane));
      // What is done at once is stored at once, which only pays where there is much to wait for.
      const atOnce = body.ops.some(({ op }) => hasFormula(op.name))
        ? [vectors]
        : vectors.map((each) => [each]);
      for (const each of atOnce) emitBodies(emission, body, scalars, each, wanted);
      folds.forEach(({ kernel, apart }, i) => {
        vectors.forEach(({ made }, lane) => {
          const value = made.get(kernel.operand);
          if (value === undefined) throw new Error("nothing makes what a pass reduces");
          const target = inOrder[i]?.[lane];
          if (target === undefined) at(apart, first + lane).take(value);
          else fn.get(value).set(target);
        });
      });
      folds.forEach(({ take, sums }, i) => {
        const values = inOrder[i];
        if (values !== undefined) takeInOrder(fn, take, at(sums, first / 4), values, width);
      });
    });
  }
  for (const cursor of [flat, column]) moveOn(fn, cursor, 4 * width);
}

/** Of four lanes, whose vectors are turned, or of one. */
export function takeInOrder(
  fn: FunctionBuilder,
  take: Steps["take"],
  sum: Local,
  values: readonly Local[],
  width: number,
): void {
  const [only, ...others] = values;
  if (only !== undefined && others.length === 0) {
    for (let element = 0; element < width; element++) {
      fn.scope(() => take(sum, splat(fn, only, element)));
    }
    return;
  }
  emitTranspose(fn, values);
  for (const value of values.slice(0, width)) take(sum, value);
}

/** One lane in all four, in a local of the current scope. */
export function splat(fn: FunctionBuilder, vector: Local, lane: number): Local {
  const all = fn.local("v128");
  fn.get(vector).get(vector).shuffle(lane, lane, lane, lane).set(all);
  return all;
}

export function moveOn(fn: FunctionBuilder, cursor: Local, bytes: number): void {
  if (bytes > 0) fn.get(cursor).i32(bytes).op("i32.add").set(cursor);
}
