// No growth of memory over 500 steps, nor by compiling and disposing: counted by the probes that the backend's
// own test passes in the options.

import type { Batch, Executable } from "@netwright/runtime";
import { type Case, type ConformanceOptions, require } from "../kit/case.ts";
import { batchAt, samples } from "./samples.ts";
import { withExecutable } from "./session.ts";
import { fullNetwork } from "./training-cases.ts";

const STEPS = 500;
const WARM_UP = 20;
/** Far above the noise of a collected heap, far below what 500 steps would leave behind with their tensors. */
const HEAP_SLACK = 8 * 2 ** 20;

/** A step and, now and then, everything else that a training loop calls. */
function useOnce(executable: Executable, batches: readonly Batch[], index: number): void {
  const batch = batchAt(batches, index);
  executable.step(batch);
  if (index % 10 !== 0) return;
  executable.predict(batch);
  executable.evaluate(batch);
  executable.trace(batch);
  executable.writeState(executable.readState());
}

export function memoryCase({ memory, heapBytes }: ConformanceOptions): Case {
  const label = `memory over ${STEPS} steps`;
  const program = fullNetwork();
  return {
    name: "training/memory does not grow",
    run: async (backend) => {
      const batches = samples();
      const before = memory?.() ?? 0;
      await withExecutable(backend, label, program, (executable) => {
        executable.init(0);
        for (let i = 0; i < WARM_UP; i++) useOnce(executable, batches, i);
        const [held, heap] = [memory?.() ?? 0, heapBytes?.() ?? 0];
        for (let i = WARM_UP; i < STEPS; i++) useOnce(executable, batches, i);
        const [heldAfter, heapAfter] = [memory?.() ?? 0, heapBytes?.() ?? 0];
        require(heldAfter <=
          held, `${label}: the probe counts ${heldAfter}, ${held} after the first ${WARM_UP}; free what a step makes`);
        require(heapAfter <=
          heap +
            HEAP_SLACK, `${label}: the heap grew from ${heap} to ${heapAfter} bytes; something keeps what steps make`);
      });
      const after = memory?.() ?? 0;
      require(after <=
        before, `dispose: the probe counts ${after}, ${before} before compile; dispose must free everything`);
    },
  };
}
