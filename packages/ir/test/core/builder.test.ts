// What the builder refuses at once: nothing else may look before a program runs.

import { expect, test } from "@jest/globals";
import { Builder, ConstraintError, tensor, type Value } from "@netwright/ir";

type Attempt = (b: Builder, x: Value) => unknown;

const REFUSED: readonly (readonly [what: string, constraint: string, attempt: Attempt])[] = [
  ["a transpose without a permutation", "attribute_c1", (b, x) => b.emit("transpose", [x], {} as never)],
  ["a permutation that is too short", "transpose_c1", (b, x) => b.transpose(x, [0])],
  ["a reshape to negative sizes", "func_c4", (b, x) => b.reshape(x, [-2, -3])],
  ["a reshape to a fraction", "attribute_c1", (b, x) => b.reshape(x, [1.5, 4])],
  ["an iota of a fractional shape", "attribute_c1", (b) => b.iota(tensor("i32", [2.5]), 0)],
  ["an iota along a fraction", "attribute_c1", (b) => b.iota(tensor("i32", [2]), 0.5)],
  ["a slice from a half", "attribute_c1", (b, x) => b.slice(x, [0.5, 0], [1, 3])],
  ["a pad by a half", "attribute_c1", (b, x) => b.pad(x, b.scalar(0), [0.5, 0], [0.5, 0])],
  ["a reduction over a fraction", "attribute_c1", (b, x) => b.sum(x, [0.5])],
  ["a broadcast to NaN", "attribute_c1", (b, x) => b.broadcastInDim(x, [Number.NaN, 3], [0, 1])],
  ["a fraction among integers", "attribute_c2", (b) => b.literal(tensor("i32", [2]), [1, 0.5])],
  ["a parameter of a fractional shape", "func_c4", (b) => b.parameter("y", tensor("f32", [0.5]))],
  ["a state variable of a negative size", "func_c4", (b) => b.read("y", tensor("f32", [-1]))],
  ["a value of another function", "func_c2", (b, x) => b.add(x, new Builder().parameter("x", x.type))],
  [
    "a result of another function",
    "func_c2",
    (b, x) => b.finish("f", "predict", 1, [{ name: "y", value: b.inner().parameter("x", x.type) }]),
  ],
  ["an operation that is none", "operation_c1", (b, x) => b.emit("hasOwnProperty" as "tanh", [x], {})],
  [
    "a composite of no namespace",
    "composite_c5",
    (b, x) =>
      b.emit("composite", [x], { composite: "foo", settings: {}, decomposition: "g", types: [x.type] }),
  ],
];

test.each(REFUSED)("%s", (_, constraint, attempt) => {
  const b = new Builder();
  const x = b.parameter("x", tensor("f32", [2, 3]));
  const before = b.body.length;
  let thrown: unknown;
  try {
    attempt(b, x);
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(ConstraintError);
  expect(thrown).toMatchObject({ constraint });
  expect(b.body.slice(before).every(({ name }) => name === "constant")).toBe(true);
});
