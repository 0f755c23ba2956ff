// The reference backend as the contract sees it: takes every operation, needs nothing, runs anywhere.

import { isOpName } from "@netwright/ir";
import type { Backend } from "@netwright/runtime";
import { createMachine } from "./machine.ts";
import { BACKEND_NAME } from "./misuse.ts";
import { VERSION } from "./version.ts";

export const referenceBackend: Backend = {
  name: BACKEND_NAME,

  // A program from a newer version of the IR may hold what the types here exclude.
  supports: ({ name }: { readonly name: string }) =>
    isOpName(name) ? true : `this version of the IR has no operation ${name}`,

  fused: () => "emulated",

  load: async (program) => createMachine(program),

  describe: async () => ({
    name: BACKEND_NAME,
    versions: { "@netwright/backend-reference": VERSION },
    threads: 1,
    simd: false,
    device: "cpu",
    deterministic: true,
  }),
};
