// Every program that the conformance kit tries on a backend, with those of the catalog's examples.

import { runConformance } from "@netwright/conformance";
import type { Program } from "@netwright/ir";
import { type Backend, BackendError } from "@netwright/runtime";
import { examplePrograms } from "netwright";

export async function kitPrograms(runs: number): Promise<readonly Program[]> {
  const programs: Program[] = [];
  const recorder: Backend = {
    name: "recorder",
    supports: () => true,
    load: (program) => {
      programs.push(program);
      return Promise.reject(new BackendError("recorder", "it runs nothing", "It only looks."));
    },
    describe: () =>
      Promise.resolve({
        ...{ name: "recorder", versions: {}, threads: 1, simd: false, device: "none" },
        deterministic: false,
      }),
  };
  await runConformance(recorder, { runs, programs: examplePrograms() });
  return programs;
}
