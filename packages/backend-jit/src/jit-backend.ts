// The jit backend as the contract sees it: takes every operation, needs WebAssembly with SIMD and nothing else.

import { inline, isOpName, optimize } from "@netwright/ir";
import type { Backend } from "@netwright/runtime";
import { BACKEND_NAME, jitError } from "./error.ts";
import { createExecutable } from "./executable.ts";
import { instantiate } from "./instance.ts";
import { planProgram } from "./plan/plan.ts";
import type { ThreadCosts } from "./threads/division.ts";
import { availableThreads, threadSettings } from "./threads/settings.ts";
import { VERSION } from "./version.ts";
import { keepsInstructionOrder } from "./wasm/engine.ts";

export interface JitSettings {
  /** What threads have to gain; other than usual for tests alone. */
  readonly costs?: ThreadCosts;
}

export function createJitBackend({ costs }: JitSettings = {}): Backend {
  // A program from a newer version of the IR may hold what the types here exclude.
  const supports = ({ name }: { readonly name: string }): true | string =>
    isOpName(name) ? true : `this version of the IR has no operation ${name}`;
  return {
    name: BACKEND_NAME,
    supports,
    compile: async (program, { threads } = {}) => {
      for (const op of program.functions.flatMap(({ body }) => body)) {
        const answer = supports(op);
        if (answer !== true) throw jitError(answer, "Update @netwright/backend-jit.");
      }
      const settings = threadSettings(threads, costs);
      const expanded = optimize(inline(program));
      const plan = planProgram(expanded, { keepsOrder: keepsInstructionOrder() }, settings);
      return createExecutable(expanded, plan, await instantiate(plan));
    },
    describe: async ({ threads } = {}) => {
      const available = availableThreads(threads);
      return {
        name: BACKEND_NAME,
        versions: { "@netwright/backend-jit": VERSION },
        threads: available.threads,
        simd: true,
        device: "cpu",
        deterministic: true,
        ...(available.note === undefined ? {} : { note: available.note }),
      };
    },
  };
}

export const jitBackend: Backend = createJitBackend();
