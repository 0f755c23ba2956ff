// Random programs over all operations give the bits of the reference: whatever was grouped, moved or written over
// the state it replaces.

import { expect, test } from "@jest/globals";
import { jitBackend } from "@netwright/backend-jit";
import { referenceBackend } from "@netwright/backend-reference";
import { type NamedValue, type Program, type StateVariable, sameType, tensor } from "@netwright/ir";
import type { NamedTensors } from "@netwright/runtime";
import fc from "fast-check";
import { arbitraryProgram } from "../../ir/test/support/arbitrary-program.ts";
import { numbers } from "./models.ts";

/** The same programs on every run; other seeds are for looking further by hand. */
const RUNS = { seed: 5, numRuns: 150 };
const X = Float32Array.of(-1.5, 0, 2, Number.NaN, -0, 3e9);

/** Of everything that the trace gives, what may leave a program. */
function withoutPred({ functions, ...program }: Program): Program {
  return {
    ...program,
    functions: functions.map((func) =>
      func.kind === "trace"
        ? { ...func, results: func.results.filter(({ value }) => value.type.dtype !== "pred") }
        : func,
    ),
  };
}

/** The trace as a training step: the last values that fit become the new state. */
function asStep(program: Program): Program {
  return {
    ...program,
    functions: program.functions.map((func) => {
      if (func.kind !== "trace") return func;
      const values = [...func.parameters, ...func.results].map(({ value }) => value);
      const next = ({ name, type }: StateVariable): NamedValue[] => {
        const value = values.findLast((each) => sameType(each.type, type));
        return value === undefined ? [] : [{ name, value }];
      };
      const loss = func.parameters.slice(-1).map(({ value }) => ({ name: "loss", value }));
      // The random programs have no targets.
      const targets = { name: "y", value: { id: 1_000_000, type: tensor("f32", [0]) } };
      const parameters = [...func.parameters, targets];
      return {
        ...func,
        kind: "step" as const,
        parameters,
        results: [...program.state.flatMap(next), ...loss],
      };
    }),
  };
}

const state: NamedTensors = new Map<string, Float32Array | Int32Array | Uint32Array>([
  ["dense_1.kernel", numbers(6)],
  ["dropout 1", Uint32Array.of(1, 2, 0xffffffff, 0xffffffff, 0, 7)],
  ["steps", Int32Array.of(3)],
]);

test("a function that returns everything", async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryProgram(), async (random) => {
      const program = withoutPred(random);
      const [ours, reference] = [await jitBackend.compile(program), await referenceBackend.compile(program)];
      for (const executable of [ours, reference]) executable.writeState(state);
      expect(ours.trace(X, 2)).toEqual(reference.trace(X, 2));
      expect(ours.readState()).toEqual(state);
      ours.dispose();
    }),
    RUNS,
  );
});

test("a step that replaces the state", async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryProgram(), async (random) => {
      const program = asStep(random);
      const [ours, reference] = [await jitBackend.compile(program), await referenceBackend.compile(program)];
      const batch = { rows: 2, x: X, y: new Float32Array() };
      for (const executable of [ours, reference]) {
        executable.writeState(state);
        for (let i = 0; i < 2; i++) executable.step(batch);
      }
      expect(ours.readState()).toEqual(reference.readState());
      ours.dispose();
    }),
    RUNS,
  );
});
