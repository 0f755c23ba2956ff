// A wrong index is an error, never a number.

import { expect, test } from "@jest/globals";
import { at, float64At, int32At } from "../../src/index.ts";

test("an element that is there", () => {
  expect([
    at(["a", "b"], 1),
    at([null], 0),
    float64At(Float64Array.of(0, 2.5), 1),
    int32At(Int32Array.of(7), 0),
  ]).toEqual(["b", null, 2.5, 7]);
  // Not a number is a value like any other.
  expect(float64At(Float64Array.of(Number.NaN), 0)).toBeNaN();
});

test.each([-1, 1, 0.5, Number.NaN])("index %d of a list of one throws", (index) => {
  const message = `there is no element ${index} in a list of 1`;
  expect(() => at([1], index)).toThrow(new RangeError(message));
  expect(() => float64At(Float64Array.of(1), index)).toThrow(new RangeError(message));
  expect(() => int32At(Int32Array.of(1), index)).toThrow(new RangeError(message));
});
