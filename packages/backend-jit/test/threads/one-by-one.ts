// The threads of a program played by one, kernel by kernel, the first thread last: every part of every kernel is
// done as a thread would do it, without the time that workers take. What is not seen is who has to wait for whom.

import { expand, optimize, type Program } from "@netwright/ir";
import type { Backend } from "@netwright/runtime";
import { emitModule, PAGE } from "../../src/emit/module.ts";
import { jitBackend } from "../../src/jit-backend.ts";
import { createMachine } from "../../src/machine.ts";
import { hasLowering } from "../../src/plan/lowering/table.ts";
import { type ProgramPlan, planProgram } from "../../src/plan/plan.ts";
import { control } from "../../src/threads/control.ts";
import type { ThreadSettings } from "../../src/threads/division.ts";
import { engine, keepsInstructionOrder } from "../../src/wasm/engine.ts";

/** All that can be divided is, as finely as can be. */
export const FREE: Omit<ThreadSettings, "threads"> = { line: 4, costs: { kernel: 0, call: 0 } };

export function sharedPlan(program: Program, threads: number): ProgramPlan {
  return planProgram(
    optimize(expand(program, hasLowering)),
    { keepsOrder: keepsInstructionOrder() },
    { threads, ...FREE },
  );
}

type Kernel = (thread?: number, threads?: number) => void;

export function oneByOne(threads: number): Backend {
  return {
    ...jitBackend,
    load: async (program) => {
      const plan = sharedPlan(program, threads);
      const pages = Math.ceil(plan.bytes / PAGE);
      const isShared = plan.threads > 1;
      const memory = new engine.Memory({
        initial: pages,
        ...(isShared ? { maximum: pages, shared: true } : {}),
      });
      const words = new Int32Array(memory.buffer);
      const module = await engine.compile(emitModule(plan, { exportKernels: true }));
      const { exports } = new engine.Instance(module, { env: { memory, sleep: () => undefined } });
      const functions = plan.functions.map(({ kernels, copies }, i) => () => {
        kernels.forEach(({ share }, k) => {
          const run = exports[`f${i}_k${k}`] as Kernel;
          for (let thread = threads - 1; thread >= 0; thread--) {
            // Whoever comes to a barrier inside of a kernel finds that all others are there.
            if (isShared) words[control.arrived / 4] = threads - 1;
            if (share !== undefined || thread === 0) run(thread, threads);
          }
          if (isShared) words[control.arrived / 4] = 0;
        });
        const bytes = new Uint8Array(memory.buffer);
        for (const copy of copies) bytes.copyWithin(copy.to, copy.from, copy.from + copy.bytes);
      });
      return createMachine(plan, { memory, functions, team: undefined });
    },
  };
}
