// How the threads of a program wait for one another, as functions of its module: a counter of those who have come,
// and a generation that the last one moves on. Who waits looks for a while, then sleeps.

import { control } from "../threads/control.ts";
import type { FunctionBuilder, FunctionRef, Local } from "../wasm/function-builder.ts";
import type { ModuleBuilder } from "../wasm/module-builder.ts";
import type { FunctionType } from "../wasm/value-type.ts";

/** Index of the thread, number of threads. */
export const THREAD: FunctionType = { params: ["i32", "i32"], results: [] };

export interface Barriers {
  /** Returns once all threads are here. */
  readonly wait: FunctionRef;
  /** The same for the first thread; the others go on. */
  readonly finish: FunctionRef;
}

/** A look takes a nanosecond or two: some tens of microseconds, less than a sleeper needs to wake up. */
const LOOKS = 20_000;

/**
 * `sleep` is how the first thread sleeps, a function of the host that returns once the generation is no longer the
 * one given: the main thread of a page must not be stopped by an instruction, and someone must notice that a worker
 * has died.
 */
export function emitBarriers(module: ModuleBuilder, sleep: FunctionRef): Barriers {
  const define = (name: string, stay: (fn: FunctionBuilder, thread: Local, generation: Local) => void) =>
    module.func(name, THREAD, (fn, [thread, threads]) => {
      if (thread === undefined || threads === undefined) throw new Error("a barrier has two parameters");
      const generation = fn.local("i32");
      fn.get(threads)
        .i32(1)
        .op("i32.eq")
        .ifElse(() => fn.return());
      fn.i32(control.generation).mem("i32.atomic.load").set(generation);
      fn.i32(control.arrived).i32(1).mem("i32.atomic.rmw.add").i32(1).op("i32.add").get(threads).op("i32.eq");
      fn.ifElse(
        () => release(fn),
        () => stay(fn, thread, generation),
      );
    });
  return {
    wait: define("wait", (fn, thread, generation) => stayUntilReleased(fn, sleep, thread, generation)),
    finish: define("finish", (fn, thread, generation) => {
      fn.get(thread).op("i32.eqz");
      fn.ifElse(() => stayUntilReleased(fn, sleep, thread, generation));
    }),
  };
}

/** Who sleeps has said so before looking at the generation, so none is missed. */
function release(fn: FunctionBuilder): void {
  fn.i32(control.arrived).i32(0).mem("i32.atomic.store");
  fn.i32(control.generation).i32(1).mem("i32.atomic.rmw.add").drop("i32");
  fn.i32(control.sleepers).mem("i32.atomic.load");
  fn.ifElse(() => fn.i32(control.generation).i32(-1).mem("memory.atomic.notify").drop("i32"));
}

function stayUntilReleased(fn: FunctionBuilder, sleep: FunctionRef, thread: Local, generation: Local): void {
  const looks = fn.local("i32");
  const isOld = (): FunctionBuilder =>
    fn.i32(control.generation).mem("i32.atomic.load").get(generation).op("i32.eq");
  fn.i32(LOOKS).set(looks);
  fn.loop((again) => {
    isOld()
      .op("i32.eqz")
      .ifElse(() => fn.return());
    fn.get(looks).i32(1).op("i32.sub").tee(looks).brIf(again);
  });
  fn.get(thread).op("i32.eqz");
  fn.ifElse(
    () => fn.get(generation).call(sleep),
    () => {
      fn.i32(control.sleepers).i32(1).mem("i32.atomic.rmw.add").drop("i32");
      fn.loop((again) => {
        fn.i32(control.generation).get(generation).i64(-1n).mem("memory.atomic.wait32").drop("i32");
        isOld().brIf(again);
      });
      fn.i32(control.sleepers).i32(1).mem("i32.atomic.rmw.sub").drop("i32");
    },
  );
}
