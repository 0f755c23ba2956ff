// What looks like a layer of Netwright in a file of ONNX and is another function is refused, with its place and why.

import { expect, test } from "@jest/globals";
import { folds } from "../../src/import/onnx/fold.ts";
import { readOnnx } from "../../src/import/onnx/read.ts";
import { nodeRules } from "../../src/import/onnx/rules.ts";
import { GraphBuilder, type Name } from "../../src/onnx/graph-builder.ts";
import { encodeModel } from "../../src/onnx/messages.ts";
import { noise } from "../portable.ts";

type Write = (g: GraphBuilder, x: Name) => Name;

const weights = (g: GraphBuilder, name: string, shape: readonly number[]): Name => {
  const size = shape.reduce((a, b) => a * b, 1);
  return g.weight(name, { shape, data: Float32Array.from({ length: size }, (_, i) => noise(i, 3) - 0.5) });
};

/** Why it is refused, or the layers with their arguments. */
async function arrived(sizes: readonly number[], write: Write, type: "float" | "int64" = "float") {
  const g = new GraphBuilder();
  g.within("net");
  const x = g.input({ name: "x", type, shape: ["N", ...sizes], doc: "" });
  g.output({ name: "y", type: "float", shape: ["N", "d"], doc: "" }, write(g, x));
  const bytes = encodeModel({
    irVersion: 10,
    opset: 21,
    producer: { name: "somebody", version: "1" },
    doc: "",
    metadata: {},
    graph: g.finish("main"),
  });
  const made = await readOnnx(new Map([["net.onnx", bytes]]), {});
  if ("refused" in made) return made.refused.map(({ why }) => why).join("; ");
  return made.model.layers.map(({ layer, args }) => `${layer} ${JSON.stringify(args)}`).join(" ");
}

const STEPS = 3;
const before = Array.from({ length: STEPS * STEPS }, (_, i) => i % STEPS <= Math.floor(i / STEPS));

/** One head over three steps of 4 numbers, with what is done to its scores. */
const attention =
  (masked: (g: GraphBuilder, scores: Name) => Name): Write =>
  (g, x) => {
    const part = (name: string) =>
      g.op(
        "Transpose",
        [g.op("Reshape", [g.op("MatMul", [x, weights(g, name, [4, 4])]), g.ints([0, STEPS, 2, 2])])],
        { perm: [0, 2, 1, 3] },
      );
    const [q, k, v] = [part("q"), part("k"), part("v")];
    const scores = g.op("MatMul", [q, g.op("Transpose", [k], { perm: [0, 1, 3, 2] })]);
    const shares = g.op("Softmax", [masked(g, scores)], { axis: -1 });
    const taken = g.op("Transpose", [g.op("MatMul", [shares, v])], { perm: [0, 2, 1, 3] });
    return g.op("MatMul", [g.op("Reshape", [taken, g.ints([0, STEPS, 4])]), weights(g, "o", [4, 4])]);
  };

test("a mask that does not hide is no causal attention", async () => {
  const chosen = (instead: number) =>
    arrived(
      [STEPS, 4],
      attention((g, scores) =>
        g.op("Where", [g.flags(before, [STEPS, STEPS]), scores, g.floats([instead], [])]),
      ),
    );
  const added = (least: number) =>
    arrived(
      [STEPS, 4],
      attention((g, scores) =>
        g.op("Add", [
          scores,
          g.floats(
            before.map((is) => (is ? 0 : least)),
            [STEPS, STEPS],
          ),
        ]),
      ),
    );
  for (const far of [Number.NEGATIVE_INFINITY, -1e9, -1e4]) {
    expect(await chosen(far)).toContain('"causal":true');
    expect(await added(far)).toContain('"causal":true');
  }
  for (const near of [0, -1]) {
    expect(await chosen(near)).toContain("do not hide them");
    expect(await added(near)).not.toContain("causal");
  }
});

test.each(["Conv", "ConvTranspose"])("a bias of %s has a number for each filter", async (op) => {
  const made = await arrived([2, 5, 5], (g, x) =>
    g.op(op, [x, weights(g, "w", [2, 2, 3, 3]), weights(g, "b", [3])]),
  );
  expect(made).toContain("a bias of 3 numbers for 2 filters");
});

test("numbers that lose their fraction are no layer; indices are whole", async () => {
  const there = (g: GraphBuilder, x: Name) => g.cast(g.cast(x, "int64"), "float");
  expect(await arrived([2], there)).toContain("what may have a fraction");
  expect(await arrived([2], (g, x) => g.op("CastLike", [x, g.ints([1])]))).toContain(
    "what may have a fraction",
  );
  expect(
    await arrived([2], (g, x) => g.op("Mul", [g.cast(x, "float"), g.floats([2], [])]), "int64"),
  ).not.toContain("fraction");
  const looked = (g: GraphBuilder, x: Name) => g.op("Gather", [weights(g, "w", [5, 2]), g.cast(x, "int64")]);
  expect(await arrived([3], looked)).toContain("embedding");
});

/** What a constant of the file comes to, seen in the line that multiplies by it. */
async function folded(write: (g: GraphBuilder) => Name) {
  const made = await arrived([2], (g, x) => g.op("Mul", [x, g.cast(write(g), "float")]));
  const by = /"by":\[([^\]]*)\]/.exec(made)?.[1];
  return by === undefined ? made : (1 / Number(by)).toFixed(4);
}

test("constants are computed as ONNX does it", async () => {
  const like = (g: GraphBuilder) =>
    g.op("Div", [g.op("CastLike", [g.ints([3]), g.floats([1])]), g.floats([2])]);
  expect(await folded(like)).toBe("1.5000");
  expect(await folded((g) => g.op("Mod", [g.floats([-7]), g.floats([3])], { fmod: 1 }))).toBe("-1.0000");
  expect(await folded((g) => g.op("Mod", [g.ints([-7]), g.ints([3])]))).toBe("2.0000");
  expect(await folded((g) => g.op("Pow", [g.ints([3]), g.ints([5])]))).toBe("243.0000");
  expect(await folded((g) => g.op("Gather", [g.ints([3, 4]), g.ints([-1])]))).toBe("4.0000");
});

test("what constants do not have is not taken of them", async () => {
  const table = (g: GraphBuilder) => g.floats([1, 2, 3, 4], [2, 2]);
  for (const index of [2, -3])
    expect(await folded((g) => g.op("Gather", [table(g), g.ints([index])], { axis: 1 }))).toContain(
      `takes number ${index} of a size of 2`,
    );
  expect(await folded((g) => g.op("Concat", [table(g), g.floats([1, 2, 3], [1, 3])], { axis: 0 }))).toContain(
    "[2, 2] and [1, 3]",
  );
});

test("a number in the place of none is said to be no layer", async () => {
  const filled = await arrived([3], (g, x) => g.op("Where", [g.op("IsNaN", [x]), g.floats([7], []), x]));
  expect(filled).toContain("fill such cells");
});

test("[1 - p, p] is the share of two classes of a sigmoid alone", async () => {
  const both =
    (share: (g: GraphBuilder, x: Name) => Name): Write =>
    (g, x) => {
      const p = share(g, g.op("MatMul", [x, weights(g, "w", [3, 1])]));
      return g.op("Concat", [g.op("Sub", [g.floats([1], []), p]), p], { axis: 1 });
    };
  expect(
    await arrived(
      [3],
      both((g, x) => g.op("Sigmoid", [x])),
    ),
  ).not.toContain("concat");
  expect(
    await arrived(
      [3],
      both((g, x) => g.op("Tanh", [x])),
    ),
  ).toContain("concat");
});

test("a list of slopes is along the last size", async () => {
  const sloped = (sizes: readonly number[]) =>
    arrived(sizes, (g, x) => g.op("PRelu", [x, g.floats([0.1, -0.2, 0.3])]));
  expect(await sloped([3, 2, 3])).toContain('"shared_axes":[1,3]');
  expect(await sloped([3, 2, 2])).toContain('"shared_axes":[1,2]');
});

const fewer: Readonly<
  Record<string, readonly [string, Readonly<Record<string, number | readonly number[]>>]>
> = {
  "order of other sizes": ["Transpose", { perm: [7, 0] }],
  "order that takes one twice": ["Transpose", { perm: [0, 0] }],
  "axis that is not there": ["Concat", { axis: 5 }],
  "axis before the first": ["Flatten", { axis: -9 }],
  "axes that are not there": ["ReduceSum", { axes: [4] }],
};

test.each(Object.entries(fewer))("%s", async (_, [op, attributes]) => {
  const constant = (g: GraphBuilder, x: Name) =>
    g.op("Mul", [x, g.op(op, [g.floats([1, 2], [1, 2])], attributes)]);
  const text = /input has 2/;
  expect(await arrived([2], constant)).toMatch(text);
  expect(await arrived([2], (g, x) => g.op(op, [x], attributes))).toMatch(text);
});

test("a node of any operation without inputs is refused by name", async () => {
  const all = new Set([...nodeRules.values()].flatMap((rules) => [...rules.keys()]));
  for (const op of [...all, ...folds.keys()])
    for (const given of [0, 1, 2]) {
      const inputs = (g: GraphBuilder, x: Name) => [x, g.floats([1, 2])].slice(0, given);
      const made = await arrived([2], (g, x) => g.op("Mul", [x, g.op(op, inputs(g, x))]));
      if (given === 0) expect(made).toContain("has no input 1");
      const constants = (g: GraphBuilder) => [g.floats([1, 2]), g.ints([1])].slice(0, given);
      await arrived([2], (g, x) => g.op("Mul", [x, g.op(op, constants(g))]));
    }
});

test("windows move on by at least one", async () => {
  for (const attributes of [{ strides: [0, 1] }, { dilations: [-1, 1] }, { strides: [1] }]) {
    const made = await arrived([2, 5, 5], (g, x) =>
      g.op("Conv", [x, weights(g, "w", [2, 2, 3, 3])], attributes),
    );
    expect(made).toContain("in 2 directions");
  }
});

test("constants are bounded by the work that they make, not by what they come to alone", async () => {
  const table = (g: GraphBuilder, shape: readonly number[]) =>
    g.cast(g.op("ConstantOfShape", [g.ints(shape)]), "float");
  const product = (g: GraphBuilder) => g.op("MatMul", [table(g, [4096, 8192]), table(g, [8192, 4096])]);
  expect(await folded((g) => g.op("ReduceSum", [product(g)], { keepdims: 0 }))).toContain(
    "more numbers than any model needs",
  );
}, 60_000);

test.each<readonly [string, string, Write]>([
  [
    "margins of a convolution",
    "has 2 numbers as its pads, and 4 are needed",
    (g, x) => g.op("Conv", [x, weights(g, "w", [3, 2, 3, 3])], { pads: [1, 1] }),
  ],
  [
    "margins of a pooling",
    "has 3 numbers as its pads, and 4 are needed",
    (g, x) => g.op("MaxPool", [x], { kernel_shape: [2, 2], pads: [1, 0, 0] }),
  ],
  [
    "an output padding",
    "has 1 numbers as its output_padding, and 2 are needed",
    (g, x) => g.op("ConvTranspose", [x, weights(g, "w", [2, 3, 3, 3])], { output_padding: [0] }),
  ],
  [
    "zeros around",
    "is told 6 numbers for the ends of 4 sizes",
    (g, x) => g.op("Pad", [x, g.ints([0, 0, 1, 0, 0, 1])]),
  ],
  [
    "a slice",
    "takes 2 starts, 2 ends and 1 axes",
    (g, x) => g.op("Slice", [x, g.ints([0, 1]), g.ints([2, 3]), g.ints([2])]),
  ],
])("lists that are shorter than what they are of are refused: %s", async (_, why, write) => {
  expect(await arrived([2, 6, 6], write)).toBe(why);
});
