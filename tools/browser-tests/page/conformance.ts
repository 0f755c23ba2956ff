// What runs in the page: cases of the conformance kit on the jit backend. With several threads they share every
// kernel that can be divided, and are there from the start.

import { createJitBackend } from "../../../packages/backend-jit/src/jit-backend.ts";
import { conformanceCases, runCases } from "../../../packages/conformance/src/index.ts";
import type { KitOutcome, KitRequest } from "./protocol.ts";

async function run({ threads, cases: pattern }: KitRequest): Promise<KitOutcome> {
  const backend = createJitBackend({ sharing: { line: 4, costs: { kernel: 0, call: 0 } }, prompt: true });
  let most = 1;
  const load: typeof backend.load = async (program) => {
    const machine = await backend.load(program, { threads });
    most = Math.max(most, machine.threads ?? 1);
    return machine;
  };
  const cases = conformanceCases({}).filter(({ name }) => new RegExp(pattern).test(name));
  const { results } = await runCases({ ...backend, load }, cases, {});
  const failures = results.flatMap((result) =>
    result.status === "failed" ? [`${result.name}: ${result.message}`] : [],
  );
  return { threads: most, cases: results.length, failures };
}

declare global {
  var runKit: typeof run;
}
globalThis.runKit = run;
