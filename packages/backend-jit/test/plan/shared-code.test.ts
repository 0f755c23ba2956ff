// Kernels that are alike but for whether they read the old state or the new one, which lies in its place, have code of
// their own.

import { expect, test } from "@jest/globals";
import { jitBackend } from "@netwright/backend-jit";
import { referenceBackend } from "@netwright/backend-reference";
import { Builder, type Program, tensor, type Value } from "@netwright/ir";
import { compile } from "@netwright/runtime";
import { numbers } from "../models.ts";

const SQUARE = tensor("f32", [4, 4]);
const NAMES = ["a", "b", "c", "d"];

type Update = (b: Builder, old: Value, next: Value, other: Value, product: Value) => Value;

/** Two products of inputs, each added to one state and put into the next as the function says. */
function program(first: Update, second: Update): Program {
  const b = new Builder();
  const state = NAMES.map((name) => ({ name, value: b.read(name, SQUARE) }));
  const [x, y] = [b.parameter("x", SQUARE), b.parameter("y", SQUARE)];
  const updated = [
    { update: first, product: b.matmul(x, y), values: state.slice(0, 2) },
    { update: second, product: b.matmul(y, x), values: state.slice(2) },
  ].flatMap(({ update, product, values: [old, other] }) => {
    if (old === undefined || other === undefined) throw new Error("two states each");
    const next = b.add(old.value, product);
    return [
      { name: old.name, value: next },
      { name: other.name, value: update(b, old.value, next, other.value, product) },
    ];
  });
  const loss = [{ name: "loss", value: b.sum(x) }];
  return {
    name: "updates",
    state: NAMES.map((name) => ({ name, role: "weight", type: SQUARE })),
    functions: [b.finish("step", "step", 4, loss, updated)],
  };
}

async function compare(some: Program): Promise<void> {
  const [ours, reference] = [await compile(jitBackend, some), await compile(referenceBackend, some)];
  for (const executable of [ours, reference]) {
    executable.writeState(new Map(NAMES.map((name, i) => [name, numbers(16, 20 * i)])));
    executable.step({ rows: 4, feeds: { x: numbers(16, 99), y: numbers(16, 200) } });
  }
  expect(ours.readState()).toEqual(reference.readState());
  ours.dispose();
}

const withNew: Update = (b, _, next, other, product) => b.add(b.multiply(other, next), product);
const withOld: Update = (b, old, _, other, product) => b.add(b.multiply(other, old), product);

test("the new state beside the old one", async () => {
  await compare(program(withNew, withOld));
  await compare(program(withOld, withNew));
});
