// Random graphs of arrays that are read as they lie give the bits of the reference, on any number of threads, also where a
// result takes the place of the state that it is made of.

import { expect, test } from "@jest/globals";
import { referenceBackend } from "@netwright/backend-reference";
import { Builder, type Program, sizeOf, tensor } from "@netwright/ir";
import { compile } from "@netwright/runtime";
import fc from "fast-check";
import { checkGraph } from "../../conformance/src/ops/op-case.ts";
import { createJitBackend } from "../src/jit-backend.ts";
import { numbers, OPERATION_COUNT, valuesOf } from "./random-views.ts";

/** The same graphs on every run; other seeds are for looking further by hand. */
const RUNS = { seed: 1, numRuns: 60 };

const shapes = fc.array(
  fc
    .array(fc.constantFrom(1, 2, 3, 4, 4, 5, 8, 16), { minLength: 1, maxLength: 4 })
    .filter((shape) => sizeOf(shape) <= 600),
  { minLength: 1, maxLength: 3 },
);
const steps = fc.array(
  fc.record({
    op: fc.nat(OPERATION_COUNT - 1),
    choices: fc.array(fc.nat(1000), { minLength: 1, maxLength: 16, size: "max" }),
  }),
  { minLength: 1, maxLength: 14, size: "max" },
);

/** All that can be divided is. */
function onThreads(threads: number) {
  const backend = createJitBackend({ sharing: { line: 4, costs: { kernel: 0, call: 0 } }, prompt: true });
  const load: typeof backend.load = (program) => backend.load(program, { threads });
  return { ...backend, load };
}

test("some of what is made are results", async () => {
  await fc.assert(
    fc.asyncProperty(
      shapes,
      steps,
      fc.array(fc.boolean(), { minLength: 1, maxLength: 8 }),
      fc.integer({ min: 1, max: 3 }),
      async (operandShapes, made, kept, threads) => {
        const graph = {
          operands: operandShapes.map(numbers),
          build: (b: Builder, operands: Parameters<typeof valuesOf>[1]) => {
            const values = valuesOf(b, operands, made);
            const results = values.filter((_, i) => kept[i % kept.length] ?? true);
            return results.length > 0 ? results : [...operands, ...values].slice(-1);
          },
        };
        await checkGraph(onThreads(threads), "views", graph, "exact", {});
      },
    ),
    RUNS,
  );
}, 120_000);

test("what is made of the state takes its place", async () => {
  await fc.assert(
    fc.asyncProperty(
      shapes,
      steps,
      fc.integer({ min: 1, max: 3 }),
      fc.nat(5),
      async (stateShapes, made, threads, way) => {
        const b = new Builder();
        const x = b.parameter("x", tensor("f32", [1, 1]));
        const olds = stateShapes.map((shape, i) => b.read(`s${i}`, tensor("f32", shape)));
        const values = [...olds, ...valuesOf(b, olds, made)];
        const writes = olds.flatMap((old, i) => {
          const { shape } = old.type;
          const fitting = values.filter((each) => each !== old && sizeOf(each.type.shape) === sizeOf(shape));
          const value = fitting[fitting.length - 1 - ((way + i) % Math.max(1, Math.min(3, fitting.length)))];
          return value === undefined ? [] : [{ name: `s${i}`, value: b.reshape(value, shape) }];
        });
        const loss = [{ name: "loss", value: b.reshape(x, []) }];
        const program: Program = {
          name: "views",
          state: stateShapes.map((shape, i) => ({
            name: `s${i}`,
            role: "weight",
            type: tensor("f32", shape),
          })),
          functions: [b.finish("step", "step", 1, loss, writes), ...b.functions],
        };
        const [ours, reference] = [
          await compile(onThreads(threads), program),
          await compile(referenceBackend, program),
        ];
        const state = new Map(
          stateShapes.map((shape, i) => [`s${i}`, Float32Array.from(numbers(shape, i).data)]),
        );
        for (const executable of [ours, reference]) {
          executable.writeState(state);
          for (let i = 0; i < 3; i++) executable.step({ rows: 1, feeds: { x: new Float32Array(1) } });
        }
        expect(ours.readState()).toEqual(reference.readState());
        ours.dispose();
      },
    ),
    RUNS,
  );
}, 120_000);
