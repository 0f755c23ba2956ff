// The part of a shared kernel that the running thread does, as emitted code computes it.

import type { Share } from "../threads/share.ts";
import type { FunctionBuilder, Local } from "../wasm/function-builder.ts";

export interface Part {
  readonly share: Share;
  /** Index of the thread, and how many take part: locals, as workers join a program that already runs. */
  readonly thread: Local;
  readonly threads: Local;
  /** Bytes from one thread's working memory to the next one's. */
  readonly scratchStride: number;
  /** Waits for all threads. */
  readonly wait: () => void;
}

export interface Range {
  readonly from: Local;
  readonly to: Local;
}

/** The units of the thread, from `from` up to below `to`, each times `scale` and at most `end`. */
export function partRange(fn: FunctionBuilder, part: Part, scale = 1, end = part.share.units * scale): Range {
  const { share, thread, threads } = part;
  const from = fn.local("i32");
  const to = fn.local("i32");
  const each = fn.local("i32");
  const atMostEnd = (local: Local): void => {
    fn.get(local).i32(end).get(local).i32(end).op("i32.lt_u").select("i32").set(local);
  };
  fn.get(threads)
    .i32(share.units - 1)
    .op("i32.add")
    .get(threads)
    .op("i32.div_u")
    .i32(scale)
    .op("i32.mul");
  fn.tee(each).get(thread).op("i32.mul").set(from);
  atMostEnd(from);
  fn.get(from).get(each).op("i32.add").set(to);
  atMostEnd(to);
  return { from, to };
}
