// Random programs over all operations give the bits of the reference: whatever was grouped, moved or written over
// the state it replaces.

import { expect, test } from "@jest/globals";
import { jitBackend } from "@netwright/backend-jit";
import { referenceBackend } from "@netwright/backend-reference";
import { compile } from "@netwright/runtime";
import fc from "fast-check";
import { arbitraryProgram } from "../../ir/test/support/arbitrary-program.ts";
import { asStep, randomState, randomX, withoutPred } from "./random-program.ts";

/** The same programs on every run; other seeds are for looking further by hand. */
const RUNS = { seed: 5, numRuns: 150 };

test("a function that returns everything", async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryProgram(), async (random) => {
      const program = withoutPred(random);
      const [ours, reference] = [
        await compile(jitBackend, program),
        await compile(referenceBackend, program),
      ];
      for (const executable of [ours, reference]) executable.writeState(randomState);
      expect(ours.trace({ rows: 2, feeds: { x: randomX } })).toEqual(
        reference.trace({ rows: 2, feeds: { x: randomX } }),
      );
      expect(ours.readState()).toEqual(randomState);
      ours.dispose();
    }),
    RUNS,
  );
});

test("a step that replaces the state", async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryProgram(), async (random) => {
      const program = asStep(random);
      const [ours, reference] = [
        await compile(jitBackend, program),
        await compile(referenceBackend, program),
      ];
      const batch = { rows: 2, feeds: { x: randomX, y: new Float32Array() } };
      for (const executable of [ours, reference]) {
        executable.writeState(randomState);
        for (let i = 0; i < 2; i++) executable.step(batch);
      }
      expect(ours.readState()).toEqual(reference.readState());
      ours.dispose();
    }),
    RUNS,
  );
});
