// Layers that give the numbers of a row another shape: which numbers lie where, and what they refuse.

import { expect, test } from "@jest/globals";
import { compiled, modelOf } from "./support.ts";

async function predicted(input: string, flow: string, rows: number): Promise<readonly number[]> {
  const executable = await compiled({ input, flow }, { predict: [rows] });
  const count = rows * input.split(", ").reduce((all, size) => all * Number(size), 1);
  const x = Float32Array.from({ length: count }, (_, i) => i);
  return [...executable.predict({ rows, feeds: { x } })];
}

test.each([
  ["6", "reshape([2, 3])", [2, 3], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]],
  ["2, 3", "reshape([-1])", [6], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]],
  ["2, 3", "reshape([3, -1, 1])", [3, 2, 1], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]],
  ["2, 3", "permute([2, 1])", [3, 2], [0, 3, 1, 4, 2, 5, 6, 9, 7, 10, 8, 11]],
  ["1, 2, 3", "permute([3, 1, 2])", [3, 1, 2], [0, 3, 1, 4, 2, 5, 6, 9, 7, 10, 8, 11]],
  ["2", "repeat_vector(2)", [2, 2], [0, 1, 0, 1, 2, 3, 2, 3]],
  ["4", "slice(1, 3)", [2], [1, 2, 5, 6]],
  ["4", "slice(-1)", [1], [3, 7]],
  ["4", "slice(end: -2)", [2], [0, 1, 4, 5]],
  ["2, 3", "slice(1, axis: 1)", [1, 3], [3, 4, 5, 9, 10, 11]],
  ["2, 3", "slice(0, 1, axis: -1)", [2, 1], [0, 3, 6, 9]],
])("input(%s) -> %s", async (input, flow, shape, values) => {
  expect(modelOf({ input, flow }).nodes[0]?.type.shape).toEqual(shape);
  expect(await predicted(input, flow, 2)).toEqual(values);
});

test("indices stay indices", () => {
  const typeOf = (flow: string) => modelOf({ input: "6, below: 9", flow }).nodes.at(-1)?.type;
  expect(typeOf("reshape([2, 3]) -> permute([2, 1]) -> slice(0, 2, axis: 1)")).toEqual({
    kind: "index",
    shape: [2, 2],
    of: 9,
  });
});

test.each([
  ["6", "reshape([4, -1])", "reshape makes [4, -1] of 6 numbers"],
  ["6", "reshape([2, 2])", "reshape makes [2, 2] of 6 numbers"],
  ["6", "reshape([0, -1])", "reshape makes [0, -1] of 6 numbers"],
  ["6", "reshape([-1, -1])", "more than one size -1"],
  ["2, 3", "permute([1])", "permute is given [1], and its input has 2 sizes"],
  ["2, 3", "permute([1, 1])", "permute is given [1, 1]"],
  ["2, 3", "repeat_vector(2)", "repeat_vector takes numbers without steps"],
  ["4", "slice(3, 2)", "slice takes what lies from 3 up to 2 of 4"],
  ["4", "slice(4)", "slice takes what lies from 4 to the end of 4"],
  ["4", "slice(0, 2, axis: 2)", "size 2, and its input has one size"],
])("input(%s) -> %s is refused", (input, flow, problem) => {
  expect(() => modelOf({ input, flow })).toThrow(problem);
});
