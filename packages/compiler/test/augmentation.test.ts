// Layers that change pictures by chance while training, for draws that the test makes: shifts and turns against scipy
// (golden/scipy-warps.jsonl), mirrored pictures and parts of them by hand.

import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { referenceBackend } from "@netwright/backend-reference";
import { type LayerContext, layers } from "@netwright/compiler";
import { lookUp } from "@netwright/definitions";
import { Builder, tensor } from "@netwright/ir";
import { modelOf } from "./support.ts";

type Nested = number | readonly Nested[];

interface Warp {
  readonly layer: string;
  readonly args: Readonly<Record<string, number | string | readonly number[]>>;
  readonly uniform: readonly (readonly number[])[];
  readonly input: Nested;
  readonly output: Nested;
}

const [, ...lines] = readFileSync(new URL("./golden/scipy-warps.jsonl", import.meta.url), "utf8")
  .trim()
  .split("\n");
const warps = lines.map((line): Warp => JSON.parse(line));

function shapeOf(nested: Nested): readonly number[] {
  return typeof nested === "number" ? [] : [nested.length, ...shapeOf(nested[0] ?? 0)];
}

function flat(nested: Nested): number[] {
  return typeof nested === "number" ? [nested] : nested.flatMap(flat);
}

/** What the layer makes of pictures of the shape [rows, height, width, channels], for its draws one after the other. */
async function made(
  flow: string,
  shape: readonly number[],
  pictures: readonly number[],
  draws: readonly (readonly number[])[] | null,
): Promise<{ readonly numbers: Float32Array; readonly shape: readonly number[] }> {
  const [node] = modelOf({ input: shape.slice(1).join(", "), flow }).nodes;
  const b = new Builder();
  const x = b.parameter("x", tensor("f32", shape));
  const left = [...(draws ?? [])];
  const none = () => {
    throw new Error("the layer has nothing of the kind");
  };
  const context: LayerContext = {
    b,
    get output() {
      return none();
    },
    training: draws !== null,
    drops: draws !== null,
    variable: none,
    masks: [null],
    update: none,
    activate: none,
    uniform: (size) => b.literal(tensor("f32", size), (left.shift() ?? none()).map(Math.fround)),
    normal: none,
    now: none,
    scan: none,
    show: none,
  };
  const output = lookUp(layers, node?.layer ?? "").build(context, [x], node?.args ?? {});
  expect(left).toEqual([]);
  expect(output.type.shape).toEqual([shape[0], ...(node?.type.shape ?? [])]);
  const func = b.finish("predict_1", "predict", shape[0] ?? 1, [{ name: "output", value: output }]);
  const program = { name: "pictures", state: [], functions: [func, ...b.functions] };
  const call = (await referenceBackend.load(program)).call(func.name);
  call.inputs[0]?.set(pictures);
  call.run();
  return { numbers: Float32Array.from(call.outputs[0] ?? []), shape: output.type.shape };
}

test.each(warps.map((warp) => [`${warp.layer} ${JSON.stringify(warp.args)}`, warp] as const))(
  "%s",
  async (_, { layer, args, uniform, input, output }) => {
    const given = Object.entries(args).map(
      ([key, value]) => `${key}: ${typeof value === "object" ? JSON.stringify(value) : value}`,
    );
    const { numbers } = await made(`${layer}(${given.join(", ")})`, shapeOf(input), flat(input), uniform);
    for (const [i, value] of flat(output).entries())
      expect(Math.abs((numbers[i] ?? Number.NaN) - value)).toBeLessThan(1e-5);
  },
);

// Two pictures of 2 x 3 with one channel.
const shape = [2, 2, 3, 1];
const pictures = [1, 2, 3, 4, 5, 6, /**/ 7, 8, 9, 10, 11, 12];

describe("random_flip", () => {
  test.each([
    ["horizontal", [[0.4, 0.5]], [3, 2, 1, 6, 5, 4, /**/ 7, 8, 9, 10, 11, 12]],
    ["vertical", [[0.5, 0]], [1, 2, 3, 4, 5, 6, /**/ 10, 11, 12, 7, 8, 9]],
    [
      "horizontal_and_vertical",
      [
        [0.1, 0.9],
        [0.1, 0.9],
      ],
      [6, 5, 4, 3, 2, 1, /**/ 7, 8, 9, 10, 11, 12],
    ],
  ])("%s", async (mode, draws, expected) => {
    const { numbers } = await made(`random_flip(${mode})`, shape, pictures, draws);
    expect([...numbers]).toEqual(expected);
  });
});

describe("random_crop", () => {
  test("takes another part of each picture, also the last one", async () => {
    const draws = [
      [0, 0.9999999],
      [0.34, 0.9999999],
    ];
    const { numbers } = await made("random_crop(1, 2)", shape, pictures, draws);
    expect([...numbers]).toEqual([1, 2, /**/ 11, 12]);
  });

  test("takes the middle when predicting", async () => {
    expect([...(await made("random_crop(2, 1)", shape, pictures, null)).numbers]).toEqual([2, 5, 8, 11]);
  });
});

test.each(["random_flip", "random_translation(0.5, 0.5)", "random_rotation(0.5)"])(
  "%s leaves a prediction as it is",
  async (flow) => {
    expect([...(await made(flow, shape, pictures, null)).numbers]).toEqual(pictures);
  },
);

test("what is no picture, no part of one and no range is told", () => {
  const problem = (flow: string, input = "4, 4, 1") => expect(() => modelOf({ input, flow }));
  problem("random_flip", "8").toThrow(
    /takes pictures, height x width x channels, and its input has one size/,
  );
  problem("random_crop(5, 4)").toThrow(/5 x 4 is no part of a picture of 4 x 4/);
  problem("random_rotation(-0.1)").toThrow(/`factor` is a number from 0 to 1, or a list/);
  problem("random_translation(0.1, [0.2, 0.1])").toThrow(/`width_factor` is a number from 0 to 1/);
});
