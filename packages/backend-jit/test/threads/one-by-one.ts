// The threads of a program played by one, kernel by kernel, the first thread last: every part of every kernel is
// done as a thread would do it, without the time that workers take; loops are played step by step, and those in which nobody
// waits thread by thread. What is not seen is
// who has to wait for whom.

import { expand, optimize, type Program } from "@netwright/ir";
import type { Backend } from "@netwright/runtime";
import { emitModule, PAGE } from "../../src/emit/module.ts";
import { jitBackend } from "../../src/jit-backend.ts";
import { ruleOf } from "../../src/kernels/table.ts";
import { createMachine } from "../../src/machine.ts";
import { hasLowering } from "../../src/plan/lowering/table.ts";
import { type PlannedKernel, type ProgramPlan, planProgram } from "../../src/plan/plan.ts";
import { control } from "../../src/threads/control.ts";
import type { ThreadSettings } from "../../src/threads/division.ts";
import { type WorkerHost, workerHost } from "../../src/threads/worker-host.ts";
import { engine, keepsInstructionOrder } from "../../src/wasm/engine.ts";

/** All that can be divided is, as finely as can be. */
export const FREE: Omit<ThreadSettings, "threads"> = { line: 4, costs: { kernel: 0, call: 0 } };

/** The workers of Node, on a machine that has a processor for each. */
export function manyProcessors(): WorkerHost {
  const host = workerHost();
  if (typeof host === "string") throw new Error(host);
  return { ...host, processors: 64 };
}

export function sharedPlan(program: Program, threads: number): ProgramPlan {
  return planProgram(
    optimize(expand(program, hasLowering)),
    { keepsOrder: keepsInstructionOrder() },
    { threads, ...FREE },
  );
}

type Run = (...parameters: readonly number[]) => void;

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
      /** `index`: of the step where it is in a loop. */
      const play = ({ kernel, share, inner }: PlannedKernel, name: string, index: number): void => {
        const waits = inner !== undefined && [...inner.before, ...inner.body].some(({ barrier }) => barrier);
        if (kernel.kind === "loop" && inner !== undefined && (waits || share?.alike === undefined)) {
          const { before, body } = inner;
          before.forEach((each, k) => {
            play(each, `${name}_${k}`, index);
          });
          for (let step = 0; step < kernel.length; step++) {
            const element = kernel.backwards ? kernel.length - 1 - step : step;
            body.forEach((each, k) => {
              play(each, `${name}_${before.length + k}`, element);
            });
          }
          return;
        }
        const run = exports[name] as Run;
        for (let thread = threads - 1; thread >= 0; thread--) {
          // Whoever comes to a barrier inside of a kernel finds that all others are there.
          if (isShared) words[control.arrived / 4] = threads - 1;
          const part = share === undefined ? [] : [thread, threads];
          if (share === undefined && thread > 0) continue;
          run(...(ruleOf(kernel).isInSteps ? [index] : []), ...part);
        }
        if (isShared) words[control.arrived / 4] = 0;
      };
      const functions = plan.functions.map(({ kernels, copies }, i) => () => {
        kernels.forEach((kernel, k) => {
          play(kernel, `f${i}_k${k}`, 0);
        });
        const bytes = new Uint8Array(memory.buffer);
        for (const copy of copies) bytes.copyWithin(copy.to, copy.from, copy.from + copy.bytes);
      });
      return createMachine(plan, { memory, functions, team: undefined });
    },
  };
}
