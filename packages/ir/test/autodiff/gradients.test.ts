// Gradients through operations without a rule: composites and derived operations by what they mean, and all results
// of an operation. That the numbers are right is a matter of the conformance kit.

import { describe, expect, test } from "@jest/globals";
import { Builder, type Func, gradients, tensor, type Value } from "@netwright/ir";

const scalar = tensor("f32");

/** square(x) -> x x, 3 x */
function decomposition(): Func {
  const b = new Builder();
  const x = b.parameter("x", scalar);
  return b.finish("square", "composite", 0, [
    { name: "square", value: b.multiply(x, x) },
    { name: "triple", value: b.multiply(x, b.scalar(3)) },
  ]);
}

const call = { composite: "test.square", settings: {}, decomposition: "square", types: [scalar, scalar] };

/** The number that constants make of a value. */
function numberOf(b: Builder, value: Value): number {
  const numbers = new Map<number, number>();
  for (const op of b.body) {
    const [x = Number.NaN, y = Number.NaN] = op.operands.map(({ id }) => numbers.get(id) ?? Number.NaN);
    const result = op.name === "constant" ? op.attributes.values[0] : op.name === "multiply" ? x * y : x + y;
    for (const { id } of op.results) numbers.set(id, result ?? Number.NaN);
  }
  return numbers.get(value.id) ?? Number.NaN;
}

describe("a composite of two results at 5", () => {
  test.each([
    { results: "the first", pick: (_: Builder, [first]: readonly Value[]) => first, gradient: 10 },
    { results: "the second alone", pick: (_: Builder, [, second]: readonly Value[]) => second, gradient: 3 },
    {
      results: "both",
      pick: (b: Builder, [first, second]: readonly Value[]) => first && second && b.add(first, second),
      gradient: 13,
    },
  ])("$results: $gradient", ({ pick, gradient }) => {
    const b = new Builder();
    const x = b.scalar(5);
    const output = pick(b, b.emit("composite", [x], call));
    if (output === undefined) throw new Error("no output");
    const [found] = gradients(b, output, [x], [decomposition()]);
    expect(found && numberOf(b, found)).toBe(gradient);
  });
});

test("a composite whose function is not given is our own bug", () => {
  const b = new Builder();
  const x = b.scalar(5);
  const [output = x] = b.emit("composite", [x], call);
  expect(() => gradients(b, output, [x])).toThrow("composite_c1: there is no square to differentiate");
});

test("no gradient flows through a barrier", () => {
  const b = new Builder();
  const x = b.scalar(5);
  const [found] = gradients(b, b.add(b.multiply(b.stopGradient(x), b.scalar(7)), x), [x]);
  expect(found && numberOf(b, found)).toBe(1);
});

test("what is differentiated through carries the origin of its operation", () => {
  const b = new Builder();
  const x = b.scalar(5);
  const [output = x] = b.at({ layer: "squares" }, () => b.emit("composite", [x], call));
  const before = b.body.length;
  gradients(b, output, [x], [decomposition()]);
  const layers = b.body.slice(before).map(({ origin }) => origin?.layer);
  // The first is the cotangent of the output itself.
  expect(new Set(layers.slice(1))).toEqual(new Set(["squares"]));
});
