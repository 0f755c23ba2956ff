// Every gradient rule of the IR against finite differences on the reference backend.

import { describe, expect, test } from "@jest/globals";
import { tensorOf } from "@netwright/backend-reference";
import { checkGradient, type Differentiable, differentiables } from "@netwright/conformance";
import { type Builder, tensor, type Value } from "@netwright/ir";

describe("gradients agree with finite differences", () => {
  test.each(differentiables())("$name", ({ label, graph }) => {
    checkGradient(label, graph);
  });
});

describe("a gradient that is not the slope of its function is found", () => {
  const graph = (x: readonly number[], build: (b: Builder, x: Value) => Value): Differentiable => ({
    operands: [tensorOf(tensor("f32", [x.length]), x)],
    build: (b, values) => values.map((value) => build(b, value)),
    wrt: [0],
  });

  test("at a step, where the rule says zero", () => {
    const floor = graph([0.5, 1, 1.5], (b, x) => b.unary("floor", x));
    expect(() => checkGradient("floor", floor)).toThrow(
      /^floor: the gradient by operand 0, element 1 is 0; finite differences give -?\d+/,
    );
  });

  test("through integers, where the gradient is lost", () => {
    const rounded = graph([0.5, 1], (b, x) => b.multiply(b.convert(b.convert(x, "i32"), "f32"), x));
    expect(() => checkGradient("rounded", rounded)).toThrow("rounded: the gradient by operand 0, element 1");
  });

  test("by two parts in a thousand", () => {
    // The jump of 0.0001 at the second element makes its difference 1.0019; the gradient is 1.
    const almost = graph([0.25, 0.5], (b, x) =>
      b.add(x, b.multiply(b.unary("floor", b.add(x, b.like(x, 0.5))), b.like(x, 0.0001))),
    );
    expect(() => checkGradient("almost", almost)).toThrow("almost: the gradient by operand 0, element 1");
  });
});
