// What normalisations take and refuse, and what holds of their numbers whatever the weights; Keras' numbers are in
// `golden.test.ts`.

import { describe, expect, test } from "@jest/globals";
import { layers, modelVariables } from "@netwright/compiler";
import { membersOf } from "@netwright/lang";
import { compiled, modelOf, numbers } from "./support.ts";

const shapeOf = (input: string, flow: string) => modelOf({ input, flow }).nodes.at(-1)?.type.shape;
const weightsOf = (input: string, flow: string) =>
  modelVariables(modelOf({ input, flow })).map(({ id, shape }) => [id, shape]);

async function predicted(input: string, flow: string, x: Float32Array): Promise<Float32Array> {
  const executable = await compiled({ input, flow }, { step: [1], predict: [1] });
  executable.init(0);
  return executable.predict({ rows: 1, feeds: { x } });
}

const mean = (values: readonly number[]) => values.reduce((sum, x) => sum + x, 0) / values.length;

describe.each(["layer_norm", "group_norm(2)", "rms_norm", "unit_norm", "batch_norm"])("%s", (layer) => {
  test.each(["4", "3, 4", "2, 3, 4"])("keeps the shape of [%s]", (input) => {
    expect(shapeOf(input, layer)).toEqual(input.split(", ").map(Number));
  });
});

test("layer_norm has a scale and an offset for each number that it goes over", async () => {
  expect(weightsOf("3, 4", "layer_norm")).toEqual([
    ["layer_norm_1.gamma", [4]],
    ["layer_norm_1.beta", [4]],
  ]);
  expect(weightsOf("3, 4", "layer_norm(axis: [2, 1], center: false)")).toEqual([
    ["layer_norm_1.gamma", [3, 4]],
  ]);
  expect(weightsOf("3, 4", "rms_norm(1)")).toEqual([["rms_norm_1.scale", [3]]]);
  expect(weightsOf("3, 4", "batch_norm(axis: 1, scale: false)").map(([id]) => id)).toEqual([
    "batch_norm_1.beta",
    "batch_norm_1.moving_mean",
    "batch_norm_1.moving_variance",
  ]);
  // Of all sizes together, so that a large number is worth as much anywhere.
  const values = [...(await predicted("3, 4", "layer_norm(axis: [1, 2], epsilon: 1e-9)", numbers(12)))];
  expect(mean(values)).toBeCloseTo(0, 6);
  expect(mean(values.map((x) => x * x))).toBeCloseTo(1, 5);
});

test("group_norm goes over the places of a row and the channels of a group", async () => {
  const values = [...(await predicted("3, 4", "group_norm(2, epsilon: 1e-9)", numbers(12)))];
  const ofGroup = (group: number) => values.filter((_, i) => Math.floor((i % 4) / 2) === group);
  for (const group of [0, 1]) {
    expect(mean(ofGroup(group))).toBeCloseTo(0, 6);
    expect(mean(ofGroup(group).map((x) => x * x))).toBeCloseTo(1, 5);
  }
});

test("unit_norm gives directions, and of nothing nothing", async () => {
  const values = await predicted("2, 2", "unit_norm", Float32Array.of(3, 4, 0, 0));
  expect([...values].map((x) => Math.round(x * 1e6) / 1e6)).toEqual([0.6, 0.8, 0, 0]);
});

test.each([
  ["4", "layer_norm(axis: 2)", "size 2, and its input has one size"],
  ["4, 3", "rms_norm(axis: 0)", "size 0, and its input has 2 sizes"],
  ["4, 3", "unit_norm(axis: [2, -1])", "one size twice: 2, -1"],
  ["4, 3", "layer_norm(axis: [])", "no size"],
  ["4, 3", "batch_norm(axis: -3)", "size -3, and its input has 2 sizes"],
  ["4, 3", "group_norm(2)", "2 groups do not divide 3 channels"],
  ["4, 3", "group_norm(0)", "0 groups do not divide 3 channels"],
  ["4", "group_norm(-1)", "each group has a single number"],
])("input(%s) -> %s is refused", (input, flow, problem) => {
  expect(() => modelOf({ input, flow })).toThrow(problem);
});

test.each([
  ["layer_norm", true],
  ["rms_norm(axis: [-1])", true],
  ["unit_norm", true],
  ["layer_norm(axis: [1, 2])", false],
  ["group_norm(2)", false],
])("members of an ensemble stay apart in %s: %s", (layer, expected) => {
  const { nodes } = modelOf({ input: 4, flow: `members(3)\n ${layer}` });
  expect(membersOf(nodes, nodes.at(-1)?.name ?? "", { layer: layers }) !== null).toBe(expected);
});

test.each(["layer_norm", "rms_norm", "unit_norm"])("%s over a single number is refused", (layer) => {
  const over =
    (input: string, args = "") =>
    () =>
      modelOf({ input, flow: `${layer}${args}\n dense(1)` });
  expect(over("1")).toThrow("over a single number");
  expect(over("5, 1")).toThrow("over a single number");
  expect(over("5, 1", "(axis: [1, 2])")).not.toThrow();
  expect(over("5, 1", "(axis: 1)")).not.toThrow();
  expect(over("2")).not.toThrow();
});
