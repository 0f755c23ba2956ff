// Layers that bend by something learnt, or by one half of their input: glu and swiglu, highway, maxout, prelu. Keras'
// numbers of glu and prelu are in `golden.test.ts`.

import { describe, expect, test } from "@jest/globals";
import { modelVariables } from "@netwright/compiler";
import { compiled, modelOf } from "./support.ts";

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
const x = [0.5, -1.5, 2, 3];

async function predicted(
  flow: string,
  weights: Readonly<Record<string, readonly number[]>> = {},
): Promise<readonly number[]> {
  const executable = await compiled({ input: 4, flow }, { step: [1], predict: [1] });
  executable.init(0);
  executable.writeState(new Map(Object.entries(weights).map(([name, w]) => [name, Float32Array.from(w)])));
  return [...executable.predict({ rows: 1, feeds: { x: Float32Array.from(x) } })];
}

function expectClose(found: readonly number[], wanted: readonly number[]): void {
  expect(found).toHaveLength(wanted.length);
  for (const [i, value] of wanted.entries()) expect(found[i]).toBeCloseTo(value, 6);
}

test.each<[string, (gate: number) => number]>([
  ["glu", sigmoid],
  ["glu(relu)", (gate) => Math.max(gate, 0)],
  ["swiglu", (gate) => gate * sigmoid(gate)],
  ["glu(swish)", (gate) => gate * sigmoid(gate)],
])("%s: the second half says how much of the first passes", async (flow, gate) => {
  expectClose(await predicted(flow), [0.5 * gate(2), -1.5 * gate(3)]);
});

test("maxout gives the greatest of each group", async () => {
  expect(await predicted("maxout(2)")).toEqual([0.5, 3]);
  expect(await predicted("maxout(1)")).toEqual([3]);
  expect(await predicted("maxout(4)")).toEqual(x);
});

describe("highway", () => {
  const identity = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];

  test("mixes what it makes with its input", async () => {
    const found = await predicted("highway", {
      "highway_1.kernel": identity.map((w) => 2 * w),
      "highway_1.bias": [1, 1, 1, 1],
      "highway_1.transform_kernel": identity,
      "highway_1.transform_bias": [0, 0, 0, 1],
    });
    const made = x.map((value) => Math.max(2 * value + 1, 0));
    const gates = x.map((value, i) => sigmoid(value + (i === 3 ? 1 : 0)));
    expectClose(
      found,
      x.map((value, i) => (gates[i] ?? 0) * (made[i] ?? 0) + (1 - (gates[i] ?? 0)) * value),
    );
  });

  test("begins by letting most of its input through", async () => {
    const executable = await compiled({ input: 4, flow: "highway(transform_bias: -3)" }, { step: [1] });
    executable.init(0);
    expect(executable.readState().get("highway_1.transform_bias")).toEqual(new Float32Array(4).fill(-3));
  });
});

test("prelu has a slope for each number, or one for all along a size", () => {
  const shapes = (flow: string) =>
    modelVariables(modelOf({ input: "5, 4, 2", flow })).map(({ shape }) => shape);
  expect(shapes("prelu")).toEqual([[5, 4, 2]]);
  expect(shapes("prelu(shared_axes: [1, 2])")).toEqual([[1, 1, 2]]);
  expect(shapes("prelu(shared_axes: -1)")).toEqual([[5, 4, 1]]);
});

test.each([
  ["3", "glu", "an even number of inputs"],
  ["3", "swiglu", "an even number of inputs"],
  ["4", "maxout(3)", "maxout(3) does not divide its 4 inputs into 3 groups"],
  ["4", "prelu(shared_axes: 2)", "size 2, and its input has one size"],
])("input(%s) -> %s is refused", (input, flow, problem) => {
  expect(() => modelOf({ input, flow })).toThrow(problem);
});
