// State that is written in place: whoever wants the old values gets them.

import { expect, test } from "@jest/globals";
import { jitBackend } from "@netwright/backend-jit";
import { referenceBackend } from "@netwright/backend-reference";
import { Builder, type Program, tensor, type Value } from "@netwright/ir";
import { compile } from "@netwright/runtime";
import { planProgram } from "../../src/plan/plan.ts";
import { numbers } from "../models.ts";

const square = tensor("f32", [4, 4]);
const NAMES = ["a", "b", "c"] as const;
type State = Readonly<Record<(typeof NAMES)[number], Value>>;

/** A step on three matrices; x is a matrix too. */
function stepOf(update: (b: Builder, state: State, x: Value) => State): Program {
  const b = new Builder();
  const [first, second, third] = NAMES.map((name) => b.read(name, square));
  const x = b.parameter("x", square);
  if (!(first && second && third)) throw new Error("three matrices");
  const next = update(b, { a: first, b: second, c: third }, x);
  const writes = NAMES.map((name) => ({ name, value: next[name] }));
  return {
    name: "updates",
    state: NAMES.map((name) => ({ name, role: "weight", type: square })),
    functions: [b.finish("step", "step", 4, [{ name: "loss", value: b.sum(next.a) }], writes)],
  };
}

async function compare(program: Program): Promise<void> {
  const [ours, reference] = [await compile(jitBackend, program), await compile(referenceBackend, program)];
  const state = new Map(NAMES.map((name, i) => [name, numbers(16, 20 * i)]));
  for (const executable of [ours, reference]) {
    executable.writeState(state);
    for (let i = 0; i < 3; i++) {
      executable.step({ rows: 4, feeds: { x: numbers(16, 99) } });
    }
  }
  expect(ours.readState()).toEqual(reference.readState());
  ours.dispose();
}

const copiesOf = (program: Program) =>
  planProgram(program, { keepsOrder: false }).functions.map(({ copies }) => copies.length);

test("a later operation that reads the old state comes before the one that writes it", async () => {
  const program = stepOf((b, { a, b: other, c }, x) => {
    const updated = b.add(a, b.matmul(x, other));
    return { a: updated, b: other, c: b.add(c, b.matmul(a, x)) };
  });
  expect(copiesOf(program)).toEqual([0]);
  await compare(program);
});

test("where one needs both the old and the new state, the new one waits beside it", async () => {
  const program = stepOf((b, { a, b: other, c }, x) => {
    const updated = b.add(a, b.matmul(x, other));
    return { a: updated, b: b.matmul(a, updated), c };
  });
  expect(copiesOf(program)).toEqual([1]);
  await compare(program);
});

test("a product that reads what it replaces is copied afterwards", async () => {
  const program = stepOf((b, { a, b: other, c }, x) => ({ a: b.matmul(a, x), b: other, c }));
  expect(copiesOf(program)).toEqual([1]);
  await compare(program);
});

test("variables that change places", async () => {
  await compare(stepOf((_, { a, b, c }) => ({ a: b, b: c, c: a })));
});

test("one value for several variables", async () => {
  await compare(
    stepOf((b, { a }, x) => {
      const sum = b.add(a, x);
      return { a: sum, b: sum, c: sum };
    }),
  );
});
