// `npm run bench -- members`: a step of training an ensemble that shares most weights, TabM, beside the package `tabm` on
// PyTorch, in turn: the same network, rows, loss and optimizer, and as many threads.

import { type Output, print } from "../output.ts";
import { inTurn, type Measured, type Pairs, pairsHead, pairsRow } from "../pairs.ts";
import { readMeasurement } from "../peers/measurement.ts";
import { checkPython, runPythonScript, runScript } from "../run-script.ts";

export interface MembersOptions {
  readonly units: number;
  readonly depth: number;
  readonly members: number;
  readonly features: number;
  readonly batches: readonly number[];
  readonly threads: number;
  readonly rounds: number;
  readonly seconds: number;
  /** Wall time, or that on processors of all threads together. */
  readonly clock: "wall" | "cpu";
  readonly python: string;
  readonly output: Output;
}

export async function membersBench({ batches, rounds, output, ...options }: MembersOptions): Promise<void> {
  const { python, units, depth, members, features, threads, seconds, clock } = options;
  checkPython(python);
  await print("members", output, async () => {
    const results: [Measured, Pairs][] = [];
    for (const batch of batches) {
      const args = [...[units, depth, members, features, batch, threads, seconds].map(String), clock];
      const name = `${members} members, ${depth} x ${units}, batch ${batch}`;
      const ours = () => milliseconds("jit", runScript("./members/measure-members.js", args));
      const theirs = () =>
        milliseconds("tabm", runPythonScript(python, "members.py", args, { CUDA_VISIBLE_DEVICES: "" }));
      results.push([{ name, unit: "ms", better: "less" }, await inTurn(name, rounds, ours, theirs)]);
    }
    return {
      text: (draw) =>
        draw(
          pairsHead(`jit, ${threads} threads`, `tabm, ${threads} threads`),
          results.map(([measured, pairs]) => pairsRow(measured, pairs)),
        ),
      json: results.map(([measured, pairs]) => ({ ...measured, ...pairs })),
    };
  });
}

function milliseconds(name: string, printed: string): number {
  return 1000 * readMeasurement(name, printed).value;
}
