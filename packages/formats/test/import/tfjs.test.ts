// Models that TensorFlow.js builds by code and saves itself, imported: the flow as a person would write it, and the same predictions.

import { describe, expect, test } from "@jest/globals";
import {
  input,
  layers as L,
  type LayersModel,
  model,
  SymbolicTensor,
  sequential,
} from "@tensorflow/tfjs-layers";
import { findBackend, fromOutcome, type ImportFileOptions, importModel, predictImported } from "netwright";
import { predictedBy, savedFiles, shaken } from "./saved-tfjs.ts";

/** An orthogonal start needs parts of TensorFlow.js that are not here. */
const recurrentInitializer = "glorotNormal";

async function imported(network: LayersModel, options: ImportFileOptions = {}, asIndices = false) {
  const files = await savedFiles(shaken(network));
  const made = await importModel(files, options);
  const { rows, predictions } = await predictedBy(network, asIndices);
  const backend = fromOutcome(await findBackend("reference"));
  if (!backend.ok) throw new Error("no backend");
  const own = await predictImported(made.bundle, rows, backend.value);
  const scale = Math.max(...predictions.flat().map(Math.abs));
  for (const [i, row] of predictions.entries()) {
    const mine = own[i] ?? [];
    const same = mine.length === 2 && row.length === 1 ? mine.slice(1) : mine;
    expect(same).toHaveLength(row.length);
    for (const [j, value] of row.entries())
      expect(Math.abs((same[j] ?? Number.NaN) - value) / scale).toBeLessThan(1e-5);
  }
  return made;
}

/** The lines between the braces of `model`, and the blocks before. */
function flowIn(net: string): string {
  return /^(?:block[\s\S]*?)?model \{\n[\s\S]*?^\}\n/m.exec(net)?.[0] ?? net;
}

test("dense layers that follow one another are repeated", async () => {
  const { net, bundle, writer, own } = await imported(
    sequential({
      layers: [
        L.dense({ units: 16, activation: "relu", inputShape: [3] }),
        L.dense({ units: 16, activation: "relu" }),
        L.dense({ units: 16, activation: "relu" }),
        L.dropout({ rate: 0.2 }),
        L.dense({ units: 1 }),
      ],
    }),
    { name: "houses", columns: ["Rooms", "Area", "Year built"], target: ["Price"] },
  );
  expect(net).toBe(`netwright 1

# Imported: TensorFlow.js tfjs-layers v4.22.0.

data {
  source: "houses.csv"
  target: Price
  features: [Rooms, Area, "Year built"]
  scale: none
}

model {
  repeat 3 {
    dense(16, relu)
  }
  dropout(0.2)
  dense(1)
}

train {
  loss: mse
}
`);
  expect({ writer, own }).toEqual({ writer: "TensorFlow.js tfjs-layers v4.22.0", own: false });
  expect(bundle.record).toMatchObject({
    name: "houses",
    status: "imported",
    imported: { format: "tfjs", file: "model.json" },
    splits: { train: null, validation: null, test: null },
  });
});

test("shares of classes", async () => {
  const network = () =>
    sequential({
      layers: [
        L.dense({ units: 8, activation: "tanh", inputShape: [4] }),
        L.dense({ units: 3, activation: "softmax" }),
      ],
    });
  const { net } = await imported(network(), { classes: ["red", "green", "blue"] });
  expect(net).toContain('class: category(values: ["red", "green", "blue"])');
  expect(net).toContain("loss: cross_entropy");
  expect(flowIn(net)).toBe("model {\n  dense(8, tanh)\n  dense(3)\n}\n");
  const numbers = await imported(network(), { classes: "none" });
  expect(flowIn(numbers.net)).toBe("model {\n  dense(8, tanh)\n  dense(3, softmax)\n}\n");
});

test("two classes", async () => {
  const { net } = await imported(
    sequential({
      layers: [
        L.dense({ units: 8, activation: "elu", inputShape: [4] }),
        L.dense({ units: 1, activation: "sigmoid" }),
      ],
    }),
    { classes: ["no", "yes"] },
  );
  expect(net).toContain("loss: binary_cross_entropy");
});

test("a convolutional network with batch normalisation", async () => {
  const { net } = await imported(
    sequential({
      layers: [
        L.conv2d({ filters: 4, kernelSize: 3, padding: "same", useBias: false, inputShape: [8, 8, 1] }),
        L.batchNormalization(),
        L.activation({ activation: "relu" }),
        L.maxPooling2d({ poolSize: 2 }),
        L.separableConv2d({ filters: 5, kernelSize: [3, 2], activation: "relu", depthMultiplier: 2 }),
        L.flatten(),
        L.dense({ units: 3, activation: "softmax" }),
      ],
    }),
  );
  expect(flowIn(net)).toBe(`model {
  input(8, 8, 1)
  conv2d(4, 3, padding: same, use_bias: false)
  batch_norm
  relu
  max_pooling2d
  separable_conv2d(5, [3, 2], depth_multiplier: 2, activation: relu)
  flatten
  dense(3)
}
`);
});

test("pixels that a layer scales", async () => {
  const { net } = await imported(
    sequential({
      layers: [
        L.rescaling({ scale: 1 / 255, offset: 0, inputShape: [6, 6, 3] }),
        L.conv2d({ filters: 2, kernelSize: 3, activation: "relu" }),
        L.globalAveragePooling2d({}),
        L.dense({ units: 1 }),
      ],
    }),
    {},
    true,
  );
  expect(net).toContain('image: image(6, 6, columns: "p*", channels: 3)');
});

test.each([
  ["unit", 'image: image(4, 4, columns: "p*")'],
  ["centred", 'image: image(4, 4, columns: "p*", scale: centred)'],
  ["none", 'image: image(4, 4, columns: "p*", scale: none)'],
] as const)("pixels that no layer scales are %s where that is said", async (pixels, column) => {
  const files = await savedFiles(
    sequential({
      layers: [
        L.conv2d({ filters: 2, kernelSize: 3, inputShape: [4, 4, 1] }),
        L.flatten(),
        L.dense({ units: 1 }),
      ],
    }),
  );
  expect((await importModel(files, { pixels })).net).toContain(column);
  expect((await importModel(files)).net).toContain("x: numbers(16)");
  const named = column.replace(', columns: "p*"', "");
  expect((await importModel(files, { pixels, columns: ["image"] })).net).toContain(named);
});

test("one name for all pixels is that of a column of pictures", async () => {
  const scaled = (channels: number) =>
    sequential({
      layers: [
        L.rescaling({ scale: 1 / 255, offset: 0, inputShape: [6, 6, channels] }),
        L.conv2d({ filters: 2, kernelSize: 3, activation: "relu" }),
        L.globalAveragePooling2d({}),
        L.dense({ units: 1 }),
      ],
    });
  const { net } = await imported(scaled(3), { columns: ["the photo"] }, true);
  expect(net).toContain('features: ["the photo"]');
  expect(net).toContain('"the photo": image(6, 6, channels: 3)');
  await expect(imported(scaled(2), { columns: ["photo"] }, true)).rejects.toThrow("none of files");
});

test("a large image is the file of a picture in a cell", async () => {
  const { net } = await imported(
    sequential({
      layers: [
        L.rescaling({ scale: 1 / 127.5, offset: -1, inputShape: [66, 66, 1] }),
        L.averagePooling2d({ poolSize: 11 }),
        L.flatten(),
        L.dense({ units: 1 }),
      ],
    }),
    {},
    true,
  );
  expect(net).toContain("image: image(66, 66, scale: centred)");
});

test("recurrent layers, whose hard sigmoid is another one", async () => {
  const { net } = await imported(
    sequential({
      layers: [
        L.lstm({ units: 5, inputShape: [6, 3], returnSequences: true, recurrentInitializer }),
        L.gru({ units: 4, recurrentActivation: "sigmoid", returnSequences: true, recurrentInitializer }),
        L.bidirectional({
          layer: L.lstm({ units: 3, recurrentActivation: "sigmoid", recurrentInitializer }),
          mergeMode: "sum",
        }),
        L.dense({ units: 2 }),
      ],
    }),
  );
  expect(flowIn(net)).toBe(`model {
  input(6, 3)
  lstm(5, recurrent_activation: hard_sigmoid, return_sequences: true)
  gru(4, return_sequences: true, reset_after: false)
  bidirectional(lstm(3), merge_mode: sum)
  dense(2)
}
`);
});

test("two branches, and an input that is added", async () => {
  const x = input({ shape: [5] });
  const dense = (units: number, activation: "relu" | "tanh" | "linear", from: SymbolicTensor) =>
    applied(L.dense({ units, activation }), from);
  const joined = applied(L.concatenate(), [dense(5, "relu", x), dense(5, "tanh", dense(4, "relu", x))]);
  const added = applied(L.add(), [dense(5, "linear", joined), x]);
  const { net } = await imported(model({ inputs: x, outputs: dense(1, "linear", added) }));
  expect(flowIn(net)).toBe(`model {
  residual {
    parallel {
      a { dense(5, relu) }
      b { dense(4, relu) -> dense(5, tanh) }
    } -> concat
    dense(5)
  }
  dense(1)
}
`);
});

test("a layer and a model that are used several times", async () => {
  const left = input({ shape: [3], name: "left" });
  const right = input({ shape: [3], name: "right" });
  const tower = sequential({
    name: "tower",
    layers: [
      L.dense({ units: 6, activation: "relu", inputShape: [3] }),
      L.dense({ units: 4, activation: "tanh" }),
    ],
  });
  const step = L.dense({ units: 8, activation: "tanh", name: "step" });
  const joined = applied(L.concatenate(), [applied(tower, left), applied(tower, right)]);
  const twice = applied(step, applied(step, joined));
  const { net, bundle } = await imported(
    model({ inputs: [left, right], outputs: applied(L.dense({ units: 1 }), twice) }),
  );
  expect(flowIn(net)).toBe(`block tower {
  dense(6, relu)
  dense(4, tanh)
}

block step {
  dense(8, tanh)
}

model {
  parallel {
    left { slice(0, 3) -> shared(tower) }
    right { slice(3, 6) -> shared(tower) }
  } -> concat
  shared(step)
  shared(step)
  dense(1)
}
`);
  expect(bundle.model.weights.size).toBe(8);
});

test("a layer with another activation behind each use", async () => {
  const x = input({ shape: [3] });
  const step = L.dense({ units: 4, name: "step" });
  const a = applied(L.reLU(), applied(step, x));
  const b = applied(L.activation({ activation: "tanh" }), applied(step, x));
  const joined = applied(L.concatenate(), [a, b]);
  const { net } = await imported(model({ inputs: x, outputs: applied(L.dense({ units: 1 }), joined) }));
  expect(flowIn(net)).toBe(`block step {
  dense(4)
}

model {
  parallel {
    a { shared(step) -> relu }
    b { shared(step) -> tanh }
  } -> concat
  dense(1)
}
`);
});

test("inputs with steps that are joined at each step are no list of numbers", async () => {
  const a = input({ shape: [2, 1], name: "a" });
  const b = input({ shape: [2, 1], name: "b" });
  const joined = applied(L.concatenate(), [a, b]);
  const flat = applied(L.flatten(), joined);
  const { net } = await imported(model({ inputs: [a, b], outputs: applied(L.dense({ units: 1 }), flat) }));
  expect(flowIn(net)).toContain("a { slice(0, 2) -> reshape([2, 1]) }");
});

test("categories are columns of words beside numbers", async () => {
  const maker = input({ shape: [1], name: "maker" });
  const sizes = input({ shape: [2], name: "sizes" });
  const looked = applied(L.flatten(), applied(L.embedding({ inputDim: 20, outputDim: 3 }), maker));
  const joined = applied(L.concatenate(), [looked, sizes]);
  const network = model({ inputs: [maker, sizes], outputs: applied(L.dense({ units: 1 }), joined) });
  const { net, bundle } = await imported(network, { columns: ["Maker", "Height", "Width"] }, true);
  expect(net).toMatch(/Maker: category\(\s*values: \[\s*"0",\s*"1",[\s\S]*"19",\s*\],\s*encoder: ordinal/);
  expect(flowIn(net)).toBe(`model {
  parallel {
    maker { input(Maker) -> embedding(3) -> flatten }
    sizes { input(features) }
  } -> concat
  dense(1)
}
`);
  expect(bundle.model.encoders).not.toBeNull();
});

test("a category alone", async () => {
  const { net } = await imported(
    sequential({
      layers: [
        L.embedding({ inputDim: 20, outputDim: 2, inputLength: 1 }),
        L.flatten(),
        L.dense({ units: 2, activation: "softmax" }),
      ],
    }),
    {},
    true,
  );
  expect(flowIn(net)).toContain("input(input)");
});

test("tokens have no column of a table, and predict all the same", async () => {
  const { net, bundle, notes } = await imported(
    sequential({
      layers: [
        L.embedding({ inputDim: 20, outputDim: 4, inputLength: 7 }),
        L.conv1d({ filters: 3, kernelSize: 2, activation: "relu" }),
        L.globalMaxPooling1d(),
        L.dense({ units: 1 }),
      ],
    }),
    { classes: ["no", "yes"], logits: true },
    true,
  );
  expect(notes).toEqual([
    "No columns of a table can be its input, so these are not taken: `classes` and `logits`.",
  ]);
  expect(flowIn(net)).toMatch(/^model \{\n {2}input\(7, below: 20\)\n {2}embedding\(4\)\n/);
  expect(bundle.model.encoders).toBeNull();
});

test("a normalisation at each step is along the numbers of the step", async () => {
  const { net } = await imported(
    sequential({
      layers: [
        L.timeDistributed({ layer: L.layerNormalization(), inputShape: [5, 3] }),
        L.flatten(),
        L.dense({ units: 1 }),
      ],
    }),
  );
  expect(flowIn(net)).toContain("  layer_norm\n");
});

test("activations of other functions", async () => {
  const { net } = await imported(
    sequential({
      layers: [
        L.dense({ units: 4, activation: "hardSigmoid", inputShape: [4] }),
        L.leakyReLU({ alpha: 0.1 }),
        L.dense({ units: 4, activation: "swish" }),
        L.prelu({}),
        L.reLU({ maxValue: 2 }),
        L.dense({ units: 2 }),
      ],
    }),
  );
  expect(flowIn(net)).toContain("leaky_relu(0.1)");
});

/** Of symbolic values a layer gives such a one. */
function applied(
  layer: { readonly apply: (from: SymbolicTensor | SymbolicTensor[]) => unknown },
  from: SymbolicTensor | SymbolicTensor[],
): SymbolicTensor {
  const given = layer.apply(from);
  const value: unknown = Array.isArray(given) ? given[0] : given;
  if (!(value instanceof SymbolicTensor)) throw new Error("a symbolic value");
  return value;
}

test("a layer that no value goes into is refused, and no way is looked for to where it begins", async () => {
  const dense = (name: string, from: readonly unknown[]) => ({
    class_name: "Dense",
    name,
    config: { name, units: 4 },
    inbound_nodes: [from],
  });
  const layers = [
    {
      class_name: "InputLayer",
      name: "i",
      config: { name: "i", batch_input_shape: [null, 4] },
      inbound_nodes: [],
    },
    dense("a", [0]),
    {
      class_name: "Add",
      name: "s",
      config: { name: "s" },
      inbound_nodes: [
        [
          ["i", 0, 0],
          ["a", 0, 0],
        ],
      ],
    },
  ];
  const config = { name: "m", layers, input_layers: [["i", 0, 0]], output_layers: [["s", 0, 0]] };
  const weights = [
    { name: "a/kernel", shape: [4, 4], dtype: "float32" },
    { name: "a/bias", shape: [4], dtype: "float32" },
  ];
  const json = {
    modelTopology: { class_name: "Model", config },
    weightsManifest: [{ paths: ["w.bin"], weights }],
  };
  const files = new Map([
    ["model.json", new TextEncoder().encode(JSON.stringify(json))],
    ["w.bin", new Uint8Array(80)],
  ]);
  await expect(importModel(files)).rejects.toThrow("`a` (Dense) takes no value of a layer before it");
});

describe("a layer both ways", () => {
  const bidirectional = (layer: unknown, backward_layer?: unknown) => {
    const config = {
      name: "b",
      merge_mode: "concat",
      layer,
      backward_layer,
      batch_input_shape: [null, 5, 3],
    };
    const names = ["forward_l", "backward_l"];
    const weights = names.flatMap((name) => [
      { name: `b/${name}/kernel`, shape: [3, 2], dtype: "float32" },
      { name: `b/${name}/recurrent_kernel`, shape: [2, 2], dtype: "float32" },
      { name: `b/${name}/bias`, shape: [2], dtype: "float32" },
    ]);
    const layers = [{ class_name: "Bidirectional", config }];
    const json = {
      modelTopology: { class_name: "Sequential", config: { name: "m", layers } },
      weightsManifest: [{ paths: ["w.bin"], weights }],
    };
    const bytes = new Uint8Array(
      4 * weights.reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b), 0),
    );
    const files = [
      ["model.json", new TextEncoder().encode(JSON.stringify(json))] as const,
      ["w.bin", bytes] as const,
    ];
    return importModel(new Map(files));
  };
  const cell = (own = {}, class_name = "SimpleRNN") => ({
    class_name,
    config: { name: "l", units: 2, activation: "tanh", ...own },
  });

  test("goes back by a layer of its own that does the same", async () => {
    const { net } = await bidirectional(cell(), cell({ go_backwards: true, dropout: 0.5 }));
    expect(flowIn(net)).toContain("bidirectional(simple_rnn(2))");
  });

  test.each([
    ["of another function", cell({ activation: "relu", go_backwards: true })],
    ["of another cell", cell({ go_backwards: true }, "GRU")],
  ])("that goes back by one %s is refused", async (_, back) => {
    await expect(bidirectional(cell(), back)).rejects.toThrow("goes back by another layer than forward");
  });

  test("of a class that objects have a member of is none", async () => {
    await expect(bidirectional(cell({}, "__proto__"))).rejects.toThrow("Netwright has no form of");
  });
});
