// Graphs as other writers leave them, held to ONNX Runtime, which runs the same file; and files that are damaged or say too much.

import { expect, test } from "@jest/globals";
import { jitBackend } from "@netwright/backend-jit";
import { importModel, predictImported } from "netwright";
import * as ort from "onnxruntime-web";
import type { ForeignModel } from "../../src/import/foreign-model.ts";
import { constantOf, tensorOf } from "../../src/import/onnx/constant.ts";
import { outsideFiles } from "../../src/import/onnx/outside.ts";
import { readOnnx } from "../../src/import/onnx/read.ts";
import { GraphBuilder, type Name } from "../../src/onnx/graph-builder.ts";
import { encodeModel } from "../../src/onnx/messages.ts";
import { noise } from "../portable.ts";
import { runForeign } from "./run-foreign.ts";

type Write = (g: GraphBuilder, x: Name) => Name;

let seed = 0;
const weights = (g: GraphBuilder, name: string, shape: readonly number[]): Name => {
  seed += 1;
  const size = shape.reduce((a, b) => a * b, 1);
  const data = Float32Array.from({ length: size }, (_, i) => noise(i + 7 * seed, 3 + 2 * (seed % 5)) - 0.5);
  return g.weight(name, { shape, data });
};

function fileOf(shape: readonly (number | string)[], write: Write, rank = 2): Uint8Array {
  seed = 0;
  const g = new GraphBuilder();
  g.within("net");
  const x = g.input({ name: "x", type: "float", shape, doc: "" });
  g.output({ name: "y", type: "float", shape: [], doc: "" }, write(g, x));
  const graph = g.finish("main");
  return encodeModel({
    irVersion: 10,
    opset: 21,
    producer: { name: "somebody", version: "1" },
    doc: "",
    metadata: {},
    graph: {
      ...graph,
      outputs: graph.outputs.map((value) => ({
        ...value,
        shape: Array.from({ length: rank }, (_, d) => `d${d}`),
      })),
    },
  });
}

async function read(bytes: Uint8Array): Promise<ForeignModel> {
  const arrived = await readOnnx(new Map([["net.onnx", bytes]]), {});
  if ("refused" in arrived) throw new Error(JSON.stringify(arrived.refused));
  return arrived.model;
}

const ROWS = 3;

/** The largest difference to ONNX Runtime, and the layers. */
async function held(sizes: readonly number[], write: Write) {
  const bytes = fileOf(["N", ...sizes], write);
  const model = await read(bytes);
  const size = sizes.reduce((a, b) => a * b, 1);
  const data = Float32Array.from({ length: ROWS * size }, (_, i) => noise(i, 11) * 2 - 1);
  const session = await sessionOf(sizes, write);
  const { y } = await session.run({ x: new ort.Tensor("float32", data, [ROWS, ...sizes]) });
  const expected = y?.data;
  if (!(expected instanceof Float32Array) || y === undefined) throw new Error("no output");
  const isTurned = model.notes.some((note) => note.startsWith("The input `x` has its channels last"));
  const given = isTurned ? channelsLast(data, [ROWS, ...sizes]) : data;
  const made = await runForeign(model, new Map([["x", given]]), ROWS);
  const isTurnedBack = model.notes.some((note) => note.startsWith("The output `y` has its channels last"));
  const wanted = isTurnedBack ? channelsLast(expected, y.dims) : expected;
  expect(made.length).toBe(wanted.length);
  const most = made.reduce(
    (sofar, value, i) => Math.max(sofar, Math.abs(value - (wanted[i] ?? Number.NaN))),
    0,
  );
  expect(most).toBeLessThan(1e-5);
  return model.layers.map(({ layer }) => layer).join(" ");
}

/** How many sizes its output has, the runtime says by refusing all other numbers of them. */
async function sessionOf(sizes: readonly number[], write: Write): Promise<ort.InferenceSession> {
  for (const rank of [2, 3]) {
    try {
      return await ort.InferenceSession.create(fileOf(["N", ...sizes], write, rank));
    } catch {}
  }
  return ort.InferenceSession.create(fileOf(["N", ...sizes], write, 4));
}

/** [rows, channels, ...places] as [rows, ...places, channels]. */
function channelsLast(data: Float32Array, dims: readonly number[]): Float32Array {
  const [rows = 1, channels = 1, ...places] = dims;
  const size = places.reduce((a, b) => a * b, 1);
  const made = new Float32Array(data.length);
  for (let row = 0; row < rows; row++)
    for (let c = 0; c < channels; c++)
      for (let i = 0; i < size; i++)
        made[(row * size + i) * channels + c] = data[(row * channels + c) * size + i] ?? Number.NaN;
  return made;
}

const conv = (g: GraphBuilder, x: Name, shape: readonly number[], attributes = {}): Name =>
  g.op("Conv", [x, weights(g, "conv.weight", shape), weights(g, "conv.bias", shape.slice(0, 1))], attributes);

const linear = (g: GraphBuilder, x: Name, inputs: number, units: number): Name =>
  g.op("Gemm", [x, weights(g, "fc.weight", [units, inputs]), weights(g, "fc.bias", [units])], { transB: 1 });

const graphs: Readonly<Record<string, readonly [readonly number[], Write, string]>> = {
  "channels first, flattened into a dense layer": [
    [2, 6, 5],
    (g, x) => {
      const pooled = g.op("MaxPool", [g.op("Relu", [conv(g, x, [4, 2, 3, 3], { pads: [1, 1, 1, 1] })])], {
        kernel_shape: [2, 2],
        strides: [2, 2],
      });
      return linear(g, g.op("Flatten", [pooled]), 4 * 3 * 2, 5);
    },
    "conv2d relu max_pooling2d flatten dense",
  ],
  "zeros that no padding says": [
    [2, 6, 5],
    (g, x) => conv(g, x, [4, 2, 3, 3], { pads: [2, 0, 1, 1], strides: [2, 1] }),
    "zero_padding2d conv2d",
  ],
  "same padding with more in front": [
    [2, 8, 8],
    (g, x) => conv(g, x, [4, 2, 2, 2], { auto_pad: "SAME_LOWER" }),
    "zero_padding2d conv2d",
  ],
  "groups and dilations": [
    [4, 9, 9],
    (g, x) => conv(g, x, [6, 2, 3, 3], { group: 2, dilations: [2, 2], pads: [2, 2, 2, 2] }),
    "conv2d",
  ],
  "a depthwise convolution, then one of places": [
    [4, 6, 6],
    (g, x) => conv(g, conv(g, x, [8, 1, 3, 3], { group: 4, pads: [1, 1, 1, 1] }), [3, 8, 1, 1]),
    "depthwise_conv2d conv2d",
  ],
  "a transposed convolution with margins of PyTorch": [
    [2, 5, 5],
    (g, x) =>
      g.op("ConvTranspose", [x, weights(g, "up.weight", [2, 3, 3, 3])], {
        strides: [2, 2],
        pads: [1, 1, 1, 1],
        output_padding: [1, 1],
      }),
    "conv_transpose2d cropping2d",
  ],
  "pooling beyond the edges, behind a relu": [
    [2, 8, 8],
    (g, x) =>
      g.op("MaxPool", [g.op("Relu", [x])], { kernel_shape: [3, 3], strides: [2, 2], pads: [1, 1, 1, 1] }),
    "relu zero_padding2d max_pooling2d",
  ],
  "means of windows that count what is around": [
    [2, 6, 6],
    (g, x) => g.op("AveragePool", [x], { kernel_shape: [3, 3], pads: [1, 1, 1, 1], count_include_pad: 1 }),
    "zero_padding2d average_pooling2d",
  ],
  "squeeze and excitation": [
    [4, 5, 5],
    (g, x) => {
      const y = g.op("GlobalAveragePool", [x]);
      const gate = g.op("Sigmoid", [conv(g, g.op("Relu", [conv(g, y, [2, 4, 1, 1])]), [4, 2, 1, 1])]);
      return g.op("Mul", [x, gate]);
    },
    "global_average_pooling2d reshape conv2d relu conv2d sigmoid upsampling2d multiply",
  ],
  "a mean of places, channels and all": [
    [3, 4, 4],
    (g, x) => g.op("ReduceMean", [conv(g, x, [5, 3, 1, 1]), g.ints([2, 3])], { keepdims: 0 }),
    "conv2d global_average_pooling2d",
  ],
  "branches of channels side by side": [
    [2, 5, 5],
    (g, x) => g.op("Concat", [conv(g, x, [3, 2, 1, 1]), conv(g, x, [2, 2, 1, 1])], { axis: 1 }),
    "conv2d conv2d concat",
  ],
  "an image made larger": [
    [2, 3, 3],
    (g, x) =>
      g.op("Resize", [conv(g, x, [2, 2, 1, 1]), "", g.floats([1, 1, 2, 2])], {
        mode: "nearest",
        coordinate_transformation_mode: "asymmetric",
        nearest_mode: "floor",
      }),
    "conv2d upsampling2d",
  ],
  "pixels of channels": [
    [4, 3, 3],
    (g, x) => {
      const apart = g.op("Reshape", [conv(g, x, [8, 4, 1, 1]), g.ints([0, 2, 2, 2, 3, 3])]);
      return g.op("Reshape", [
        g.op("Transpose", [apart], { perm: [0, 1, 4, 2, 5, 3] }),
        g.ints([0, 2, 6, 6]),
      ]);
    },
    "conv2d reshape permute reshape",
  ],
  "normalisation of channels in groups, as PyTorch writes it": [
    [6, 4, 4],
    (g, x) => {
      const apart = g.op("Reshape", [conv(g, x, [6, 6, 1, 1]), g.ints([0, 3, -1])]);
      const normal = g.op("InstanceNormalization", [apart, g.floats([1, 1, 1]), g.floats([0, 0, 0])]);
      const whole = g.op("Reshape", [normal, g.ints([0, 6, 4, 4])]);
      return g.op("Add", [
        g.op("Mul", [whole, weights(g, "norm.weight", [6, 1, 1])]),
        weights(g, "norm.bias", [6, 1, 1]),
      ]);
    },
    "conv2d group_norm",
  ],
  "layer normalisation in nine operations": [
    [5, 8],
    (g, x) => {
      const centred = g.op("Sub", [x, g.op("ReduceMean", [x, g.ints([-1])])]);
      const variance = g.op("ReduceMean", [g.op("Pow", [centred, g.floats([2], [])]), g.ints([-1])]);
      const normal = g.op("Div", [centred, g.op("Sqrt", [g.op("Add", [variance, g.floats([1e-5], [])])])]);
      return g.op("Add", [
        g.op("Mul", [normal, weights(g, "norm.weight", [8])]),
        weights(g, "norm.bias", [8]),
      ]);
    },
    "layer_norm",
  ],
  "activations in several operations": [
    [6],
    (g, x) => {
      const half = (y: Name) => linear(g, y, 6, 6);
      const gelu = (y: Name) =>
        g.op("Mul", [
          g.op("Mul", [
            y,
            g.op("Add", [g.op("Erf", [g.op("Div", [y, g.floats([Math.SQRT2], [])])]), g.floats([1], [])]),
          ]),
          g.floats([0.5], []),
        ]);
      const swish = (y: Name) => g.op("Mul", [y, g.op("Sigmoid", [y])]);
      const mish = (y: Name) =>
        g.op("Mul", [y, g.op("Tanh", [g.op("Log", [g.op("Add", [g.op("Exp", [y]), g.floats([1], [])])])])]);
      const hardSwish = (y: Name) =>
        g.op("Div", [
          g.op("Mul", [
            y,
            g.op("Clip", [g.op("Add", [y, g.floats([3], [])]), g.floats([0], []), g.floats([6], [])]),
          ]),
          g.floats([6], []),
        ]);
      const sigmoid = (y: Name) =>
        g.op("Div", [g.floats([1], []), g.op("Add", [g.floats([1], []), g.op("Exp", [g.op("Neg", [y])])])]);
      const softsign = (y: Name) => g.op("Div", [y, g.op("Add", [g.op("Abs", [y]), g.floats([1], [])])]);
      return [gelu, swish, mish, hardSwish, sigmoid, softsign].reduce((y, next) => next(half(y)), x);
    },
    "dense gelu dense swish dense mish dense hard_swish dense sigmoid dense softsign",
  ],
  "a softplus that is a line far out": [
    [6],
    (g, x) => {
      const y = linear(g, x, 6, 4);
      return g.op("Where", [g.op("Greater", [y, g.floats([20], [])]), y, g.op("Softplus", [y])]);
    },
    "dense softplus",
  ],
  "bounds that are no activation": [
    [6],
    (g, x) => g.op("Clip", [linear(g, x, 6, 4), g.floats([-0.25], []), g.floats([0.5], [])]),
    "dense rescaling relu rescaling",
  ],
  "lines in front, between and behind": [
    [4],
    (g, x) => {
      const scaled = g.op("Div", [g.op("Sub", [x, weights(g, "mean", [4])]), g.floats([2, 3, 4, 5])]);
      const y = linear(g, scaled, 4, 3);
      return g.op("Add", [g.op("Mul", [y, g.floats([10], [])]), g.floats([100], [])]);
    },
    "rescaling dense rescaling",
  ],
  "a factor of 0": [
    [3],
    (g, x) => linear(g, g.op("Mul", [g.op("Relu", [x]), g.floats([1, 0, 2])]), 3, 2),
    "relu rescaling dense",
  ],
  "sizes that are computed": [
    [3, 4],
    (g, x) => {
      const rows = g.op("Unsqueeze", [
        g.op("Gather", [g.op("Shape", [x]), g.ints([0], [])], { axis: 0 }),
        g.ints([0]),
      ]);
      return linear(g, g.op("Reshape", [x, g.op("Concat", [rows, g.ints([-1])], { axis: 0 })]), 12, 2);
    },
    "flatten dense",
  ],
  "an LSTM whose last state is taken": [
    [5, 3],
    (g, x) => {
      const steps = g.op("Transpose", [x], { perm: [1, 0, 2] });
      const inputs = [
        steps,
        weights(g, "lstm.W", [1, 16, 3]),
        weights(g, "lstm.R", [1, 16, 4]),
        weights(g, "lstm.B", [1, 32]),
      ];
      const [, last = ""] = g.ops("LSTM", inputs, 3, { hidden_size: 4 });
      return linear(g, g.op("Squeeze", [last, g.ints([0])]), 4, 2);
    },
    "lstm dense",
  ],
  "a GRU both ways, all steps, then the last": [
    [5, 3],
    (g, x) => {
      const steps = g.op("Transpose", [x], { perm: [1, 0, 2] });
      const inputs = [
        steps,
        weights(g, "gru.W", [2, 12, 3]),
        weights(g, "gru.R", [2, 12, 4]),
        weights(g, "gru.B", [2, 24]),
      ];
      const [all = ""] = g.ops("GRU", inputs, 2, {
        hidden_size: 4,
        direction: "bidirectional",
        linear_before_reset: 1,
      });
      const turned = g.op("Reshape", [g.op("Transpose", [all], { perm: [2, 0, 1, 3] }), g.ints([0, 0, -1])]);
      return g.op("Gather", [turned, g.ints([-1], [])], { axis: 1 });
    },
    "bidirectional slice flatten",
  ],
  "attention over one matrix for three": [
    [5, 8],
    (g, x) => {
      const all = g.op("Add", [
        g.op("MatMul", [x, weights(g, "qkv", [8, 24])]),
        weights(g, "qkv.bias", [24]),
      ]);
      const heads = g
        .ops("Split", [all], 3, { axis: -1, num_outputs: 3 })
        .map((part) =>
          g.op("Transpose", [g.op("Reshape", [part, g.ints([0, 5, 2, 4])])], { perm: [0, 2, 1, 3] }),
        );
      const [q = "", k = "", v = ""] = heads;
      const scores = g.op("Div", [
        g.op("MatMul", [q, g.op("Transpose", [k], { perm: [0, 1, 3, 2] })]),
        g.floats([2], []),
      ]);
      const taken = g.op("MatMul", [g.op("Softmax", [scores], { axis: -1 }), v]);
      const joined = g.op("Reshape", [g.op("Transpose", [taken], { perm: [0, 2, 1, 3] }), g.ints([0, 5, 8])]);
      return g.op("Add", [x, g.op("MatMul", [joined, weights(g, "out", [8, 8])])]);
    },
    "multi_head_attention add",
  ],
  "gates of halves": [
    [8],
    (g, x) => {
      const [a = "", b = ""] = g.ops("Split", [linear(g, x, 8, 8)], 2, { axis: -1, num_outputs: 2 });
      return g.op("Mul", [a, g.op("Mul", [b, g.op("Sigmoid", [b])])]);
    },
    "dense swiglu",
  ],
  "a difference and a square": [
    [4],
    (g, x) => {
      const [a, b] = [linear(g, x, 4, 3), linear(g, x, 4, 3)];
      const apart = g.op("Sub", [a, b]);
      return g.op("Mul", [apart, apart]);
    },
    "dense dense rescaling add multiply",
  ],
};

test.each(Object.entries(graphs))("%s", async (_, [sizes, write, layers]) => {
  expect(await held(sizes, write)).toBe(layers);
});

test.each([
  [10, "float16"],
  [16, "bfloat16"],
])("nodes that compute in 16 bits are read, and it is said: type %i", async (to, type) => {
  const short = fileOf(["N", 4], (g, x) => {
    const product = g.op("MatMul", [g.op("Cast", [x], { to }), weights(g, "w", [4, 2])]);
    return g.cast(product, "float");
  });
  expect((await read(short)).notes).toEqual([
    `Its nodes compute in 16 bits there (\`${type}\`), and in 32 here: predictions differ by the rounding of 16 bits.`,
  ]);
  const plain = fileOf(["N", 4], (g, x) => g.op("MatMul", [g.cast(x, "float"), weights(g, "w", [4, 2])]));
  expect((await read(plain)).notes).toEqual([]);
});

test("nodes that compute in 64 bits are read, and it is said; weights that are stored so are none, also among the inputs", async () => {
  const plain = fileOf(["N", 4], (g, x) => g.op("MatMul", [x, weights(g, "w", [4, 2])]));
  // The weights of files of IR 3 stand among the inputs.
  const wide = (type: "float" | "double", isCast: boolean) => {
    const g = new GraphBuilder();
    g.within("net");
    const x = g.input({ name: "x", type, shape: ["N", 2], doc: "" });
    const given = isCast ? g.cast(x, "float") : x;
    const stored64 = g.doubles([1, 2, 3, 4], [2, 2]);
    const isWide = type === "double" && !isCast;
    const product = g.op("MatMul", [given, isWide ? stored64 : g.cast(stored64, "float")]);
    g.output({ name: "y", type: isWide ? "double" : "float", shape: ["N", 2], doc: "" }, product);
    const graph = g.finish("main");
    const stored = graph.initializers.map(({ name, shape, data }) => ({
      name,
      shape,
      type: data.type,
      doc: "",
    }));
    return encodeModel({
      irVersion: 3,
      opset: 8,
      producer: { name: "somebody", version: "1" },
      doc: "",
      metadata: {},
      graph: { ...graph, inputs: [...graph.inputs, ...stored] },
    });
  };
  expect((await read(plain)).notes).toEqual([]);
  expect((await read(wide("float", false))).notes).toEqual([]);
  expect((await read(wide("double", true))).notes).toEqual([]);
  expect((await read(wide("double", false))).notes).toEqual([
    "Its nodes compute in 64 bits there (`double`), and in 32 here: predictions differ by the rounding of 32 bits.",
  ]);
});

test("shares of each step are shares of each step in the imported run, too", async () => {
  const bytes = fileOf(["N", 2, 3], (g, x) => g.op("Softmax", [x], { axis: -1 }), 3);
  const { bundle } = await importModel(new Map([["net.onnx", bytes]]));
  const [row] = await predictImported(bundle, [[0, 0, 0, Math.log(2), 0, 0]], jitBackend);
  const expected = [1 / 3, 1 / 3, 1 / 3, 1 / 2, 1 / 4, 1 / 4];
  expect(row?.length).toBe(6);
  for (const [i, value] of expected.entries()) expect(row?.[i]).toBeCloseTo(value, 6);
});

test.each([
  ["in front", (g: GraphBuilder, x: Name) => linear(g, g.op("Mul", [x, g.floats([1, 0, 2])]), 3, 2)],
  ["behind", (g: GraphBuilder, x: Name) => g.op("Mul", [linear(g, x, 3, 3), g.floats([1, 0, 2])])],
])("a factor of 0 %s is one in the imported run, too", async (_, write) => {
  const { net, bundle } = await importModel(new Map([["net.onnx", fileOf(["N", 3], write)]]));
  expect(net).toContain("batch_norm(epsilon: 1e-30)");
  const rows = [
    [0.5, -1, 2],
    [-3, 4, 0.25],
  ];
  const session = await sessionOf([3], write);
  const { y } = await session.run({ x: new ort.Tensor("float32", Float32Array.from(rows.flat()), [2, 3]) });
  const made = await predictImported(bundle, rows, jitBackend);
  for (const [i, value] of made.flat().entries()) expect(value).toBeCloseTo(Number(y?.data[i]), 5);
});

test("all that is not understood is named at once, with its place", async () => {
  const bytes = fileOf(["N", 4], (g, x) => {
    const cube = g.op("Einsum", [linear(g, x, 4, 4)], { equation: "ij->ij" });
    const approximated = g.op("Gelu", [x], { approximate: "tanh" });
    return g.op("Add", [g.op("Sin", [cube]), g.op("Mul", [approximated, g.op("Erf", [x])])]);
  });
  const arrived = await readOnnx(new Map([["net.onnx", bytes]]), {});
  expect("refused" in arrived && arrived.refused).toEqual([
    { what: "Node `net/Einsum` (Einsum)", why: "is an operation that Netwright has no layer of" },
    { what: "Node `net/Gelu` (Gelu)", why: expect.stringContaining("approximated by tanh") },
    { what: "Node `net/Sin` (Sin)", why: "is an operation that Netwright has no layer of" },
  ]);
});

test("a part of what no layer does is named where it stands", async () => {
  const bytes = fileOf(["N", 4], (g, x) => linear(g, g.op("Erf", [x]), 4, 2));
  const arrived = await readOnnx(new Map([["net.onnx", bytes]]), {});
  expect(arrived).toEqual({
    refused: [
      {
        what: "Node `net/Erf` (Erf)",
        why: "is an operation that Netwright has no layer of, neither alone nor with those around it",
      },
    ],
  });
});

test("what stands beside the way to the output is not asked for", async () => {
  const bytes = fileOf(["N", 4], (g, x) => {
    g.output(
      { name: "other", type: "int64", shape: ["N"], doc: "" },
      g.op("ArgMax", [x], { axis: 1, keepdims: 0 }),
    );
    return linear(g, x, 4, 2);
  });
  expect((await read(bytes)).layers.map(({ layer }) => layer)).toEqual(["dense"]);
});

test("a sequence without a number of steps asks for one", async () => {
  const bytes = fileOf(["N", "T", 3], (g, x) => g.op("MatMul", [x, weights(g, "w", [3, 2])]));
  const arrived = await readOnnx(new Map([["net.onnx", bytes]]), {});
  expect(JSON.stringify(arrived)).toContain("`T`");
  expect(JSON.stringify(arrived)).toContain("--steps");
  const stated = await readOnnx(new Map([["net.onnx", bytes]]), { steps: 7 });
  expect("model" in stated && stated.model.inputs).toEqual([
    { name: "x", type: { kind: "number", shape: [7, 3] } },
  ]);
});

test("numbers of every type, in typed fields and in bytes", () => {
  const tensor = { name: "w", dims: [2], raw: null, numbers: [], texts: [], external: null };
  const numbers = (made: ReturnType<typeof tensorOf>) =>
    "kind" in made && made.kind === "constant" ? Array.from(made.data) : made;
  expect(numbers(tensorOf({ ...tensor, type: 1, numbers: [1.5, -2] }, new Map()))).toEqual([1.5, -2]);
  // 1.5 and -2 as f16 and bf16, in the field of whole numbers and as bytes.
  expect(numbers(tensorOf({ ...tensor, type: 10, numbers: [0x3e00, 0xc000] }, new Map()))).toEqual([1.5, -2]);
  expect(numbers(tensorOf({ ...tensor, type: 16, numbers: [0x3fc0, 0xc000] }, new Map()))).toEqual([1.5, -2]);
  expect(numbers(tensorOf({ ...tensor, type: 10, raw: Uint8Array.of(0, 0x3e, 0, 0xc0) }, new Map()))).toEqual(
    [1.5, -2],
  );
  expect(numbers(tensorOf({ ...tensor, type: 10, raw: Uint8Array.of(1, 0, 0, 0xfc) }, new Map()))).toEqual([
    2 ** -24,
    -Infinity,
  ]);
  expect(numbers(tensorOf({ ...tensor, type: 3, raw: Uint8Array.of(1, 255) }, new Map()))).toEqual([1, -1]);
  expect(
    numbers(
      tensorOf({ ...tensor, type: 7, raw: new Uint8Array(new BigInt64Array([5n, -6n]).buffer) }, new Map()),
    ),
  ).toEqual([5, -6]);
  expect(tensorOf({ ...tensor, type: 1, raw: new Uint8Array(7) }, new Map())).toEqual({
    problem: "has 1.75 numbers for the sizes [2]",
  });
  expect(constantOf([1], new Float32Array(1)).isFloat).toBe(true);
});

test("numbers in a file beside are read from there, or the remedy is told", () => {
  const external = new Map([
    ["location", "net.onnx.data"],
    ["offset", "4"],
    ["length", "8"],
  ]);
  const tensor = { name: "w", dims: [2], type: 1, raw: null, numbers: [], texts: [], external };
  expect(tensorOf(tensor, new Map())).toEqual({ problem: expect.stringContaining("external_data=False") });
  const bytes = new Uint8Array(Float32Array.of(9, 1.5, -2).buffer);
  expect(tensorOf(tensor, new Map([["net.onnx.data", bytes]]))).toMatchObject({
    data: Float32Array.of(1.5, -2),
  });
  expect(tensorOf(tensor, new Map([["net.onnx.data", bytes.subarray(0, 8)]]))).toHaveProperty("problem");
});

test("the files beside are found by their names, and none in another folder", () => {
  // A model with a graph of initializers, whose data is outside: each message is its field and length, then what it holds.
  const message = (field: number, inner: readonly number[]) => [8 * field + 2, inner.length, ...inner];
  const text = (field: number, value: string) => message(field, [...new TextEncoder().encode(value)]);
  const tensor = (location: string) =>
    message(5, [...message(13, [...text(1, "location"), ...text(2, location)]), 8 * 14, 1]);
  const named = ["net.onnx.data", "net.onnx.data", "more.bin", "../secret", "/etc/passwd", ".."];
  // The graph is longer than one byte says.
  const graph = named.flatMap(tensor);
  const bytes = Uint8Array.from([8 * 7 + 2, (graph.length & 127) | 128, graph.length >> 7, ...graph]);
  expect(outsideFiles(bytes)).toEqual(["net.onnx.data", "more.bin"]);
  expect(outsideFiles(bytes.subarray(0, 40))).toEqual([]);
  const inside = fileOf(["N", 2], (g, x) => g.op("MatMul", [x, weights(g, "w", [2, 2])]));
  expect(outsideFiles(inside)).toEqual([]);
});

test("a damaged file is refused, wherever it is damaged, and quickly", async () => {
  const [, [sizes, write]] = Object.entries(graphs)[0] ?? ["", [[], () => ""]];
  const whole = fileOf(["N", ...(sizes as readonly number[])], write as Write);
  const began = performance.now();
  for (let i = 0; i < 600; i++) {
    const bytes = whole.slice(0, i % 3 === 0 ? Math.floor(noise(i, 13) * whole.length) : whole.length);
    for (let k = 0; k < 1 + (i % 4); k++)
      if (bytes.length > 0)
        bytes[Math.floor(noise(i + k, 17) * bytes.length)] = Math.floor(noise(i + k, 19) * 256);
    const arrived = await readOnnx(new Map([["net.onnx", bytes]]), {});
    expect("refused" in arrived || "model" in arrived).toBe(true);
  }
  expect(performance.now() - began).toBeLessThan(60_000);
}, 120_000);

test("a few bytes do not become gigabytes", async () => {
  const huge = (shape: readonly number[]) =>
    fileOf(["N", 4], (g, x) =>
      g.op("Add", [x, g.op("ReduceSum", [g.op("ConstantOfShape", [g.ints(shape)])], { keepdims: 0 })]),
    );
  for (const shape of [[2 ** 30, 2 ** 20], [2 ** 31], [-1], [2 ** 16, 2 ** 16]]) {
    const arrived = await readOnnx(new Map([["net.onnx", huge(shape)]]), {});
    expect(JSON.stringify(arrived)).toContain("which is more than any model needs");
  }
  const many = fileOf(["N", 4], (g, x) =>
    Array.from({ length: 40 }, () =>
      g.op("Shape", [g.op("ConstantOfShape", [g.ints([2 ** 24])])]),
    ).reduce<Name>((sofar, one) => g.op("Add", [sofar, g.cast(one, "float")]), x),
  );
  expect(JSON.stringify(await readOnnx(new Map([["net.onnx", many]]), {}))).toContain(
    "more than any model needs",
  );
}, 120_000);
