// Loops over an index in steps, with what is left at the end written out for itself.

import type { FunctionBuilder, Local } from "../../wasm/function-builder.ts";

export type StepBody = (index: Local, count: number) => void;

/** Whole steps of an index below `size`, then what is left. */
export function inSteps(fn: FunctionBuilder, size: number, step: number, body: StepBody): void {
  fn.scope(() => {
    const index = fn.local("i32");
    const whole = Math.floor(size / step) * step;
    fn.i32(0).set(index);
    if (whole > 0) {
      fn.loop((again) => {
        body(index, step);
        fn.get(index).i32(step).op("i32.add").tee(index).i32(whole).op("i32.ne").brIf(again);
      });
    }
    if (whole < size) body(index, size - whole);
  });
}

/**
 * The same from `from` up to below `to`, i32 locals: multiples of the step, except that `to` may be the end. What is
 * left of `size` belongs to the range that reaches it. `written`: the end of the whole steps as it stands in the code.
 */
export function inStepsBetween(
  fn: FunctionBuilder,
  { from, to }: { readonly from: Local; readonly to: Local },
  size: number,
  step: number,
  body: StepBody,
  written = Math.floor(size / step) * step,
): void {
  const whole = Math.floor(size / step) * step;
  fn.scope(() => {
    const index = fn.local("i32");
    fn.get(from).set(index);
    if (whole > 0) {
      fn.block((done) => {
        fn.loop((again) => {
          fn.get(index).get(to).op("i32.ge_u").brIf(done);
          if (whole < size) fn.get(index).i32(written).op("i32.ge_u").brIf(done);
          body(index, step);
          fn.get(index).i32(step).op("i32.add").set(index).br(again);
        });
      });
    }
    if (whole < size) {
      fn.get(index)
        .get(to)
        .op("i32.lt_u")
        .ifElse(() => body(index, size - whole));
    }
  });
}

/**
 * Whole steps alone, where some of the index may come twice: the last one begins at `last`, whatever is left. From `from` up
 * to below `to`, of which there is some.
 */
export function inWholeSteps(
  fn: FunctionBuilder,
  { from, to }: { readonly from: Local; readonly to: Local },
  last: number,
  step: number,
  body: StepBody,
): void {
  fn.scope(() => {
    const next = fn.local("i32");
    const index = fn.local("i32");
    fn.get(from).set(next);
    fn.loop((again) => {
      fn.get(next).i32(last).get(next).i32(last).op("i32.lt_u").select("i32").set(index);
      body(index, step);
      fn.get(next).i32(step).op("i32.add").tee(next).get(to).op("i32.lt_u").brIf(again);
    });
  });
}
