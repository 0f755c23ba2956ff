// The jit backend as the contract sees it: takes every operation, needs WebAssembly with SIMD and nothing else.

import { inline, isOpName, optimize } from "@netwright/ir";
import type { Backend } from "@netwright/runtime";
import { BACKEND_NAME, jitError } from "./error.ts";
import { createExecutable } from "./executable.ts";
import { instantiate } from "./instance.ts";
import { planProgram } from "./plan/plan.ts";
import { VERSION } from "./version.ts";
import { keepsInstructionOrder } from "./wasm/engine.ts";

export const jitBackend: Backend = {
  name: BACKEND_NAME,

  // A program from a newer version of the IR may hold what the types here exclude.
  supports: ({ name }: { readonly name: string }) =>
    isOpName(name) ? true : `this version of the IR has no operation ${name}`,

  compile: async (program) => {
    for (const op of program.functions.flatMap(({ body }) => body)) {
      const answer = jitBackend.supports(op);
      if (answer !== true) throw jitError(answer, "Update @netwright/backend-jit.");
    }
    const expanded = optimize(inline(program));
    const plan = planProgram(expanded, { keepsOrder: keepsInstructionOrder() });
    return createExecutable(expanded, plan, await instantiate(plan));
  },

  describe: async () => ({
    name: BACKEND_NAME,
    versions: { "@netwright/backend-jit": VERSION },
    threads: 1,
    simd: true,
    device: "cpu",
    deterministic: true,
  }),
};
