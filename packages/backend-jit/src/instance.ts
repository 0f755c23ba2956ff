// A planned program made runnable: memory, and the functions of its module.

import { emitModule, PAGE } from "./emit/module.ts";
import { jitError } from "./error.ts";
import type { ProgramPlan } from "./plan/plan.ts";
import { engine, type WasmMemory } from "./wasm/engine.ts";

/** What 32-bit addresses reach. */
const LARGEST = 2 ** 32;

export interface Instance {
  readonly memory: WasmMemory;
  /** In order of the plan's functions. */
  readonly functions: readonly (() => void)[];
}

/** @throws BackendError when the program needs too much memory, or the host cannot run it. */
export async function instantiate(plan: ProgramPlan): Promise<Instance> {
  const gigabytes = (plan.bytes / 2 ** 30).toFixed(1);
  if (plan.bytes > LARGEST) {
    throw jitError(
      `the program needs ${gigabytes} GB of memory, and WebAssembly has 4 GB`,
      "Use smaller layers or a smaller batch.",
    );
  }
  if (engine === undefined) {
    throw jitError("there is no WebAssembly here", "Run in Node 20 or later, or in a current browser.");
  }
  const bytes = emitModule(plan);
  if (!engine.validate(bytes)) {
    throw jitError(
      "this engine does not take WebAssembly with 128-bit SIMD",
      "Update Node or the browser, or use another backend.",
    );
  }
  const memory = allocate(Math.ceil(plan.bytes / PAGE), gigabytes);
  const instance = new engine.Instance(await engine.compile(bytes), { env: { memory } });
  const functions = plan.functions.map((_, i) => {
    const found = instance.exports[`f${i}`];
    if (typeof found !== "function") throw new Error(`the module does not export f${i}`);
    // Emitted without parameters and results.
    return found as () => void;
  });
  return { memory, functions };
}

function allocate(initial: number, gigabytes: string): WasmMemory {
  try {
    return new engine.Memory({ initial });
  } catch {
    throw jitError(
      `there are no ${gigabytes} GB of memory for the program`,
      "Use smaller layers or a smaller batch, or close other programs.",
    );
  }
}
