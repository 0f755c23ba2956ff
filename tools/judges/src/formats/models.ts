// The models by which formats are judged: examples of this repository and what they leave out, trained for a few epochs, with a
// thousand rows each.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readCsv } from "@netwright/data";
import type { PortableModel } from "@netwright/formats";
import type { RunBundle } from "@netwright/runtime";
import { type DraftOptions, draftNet, portableModel, train } from "netwright";

interface Judged {
  readonly name: string;
  /** A file of the examples, or the text of one. */
  readonly source: string;
  readonly epochs: number;
  /** Of a text: its table, in CSV. */
  readonly data?: string;
}

const PREDICTIONS = 1000;

const example = (name: string) => join("examples", name);

const noise = (i: number, by: number) => ((i * 7919 * by) % 1009) / 1009;

/** A series whose next value follows from the last ones. */
const series = [
  "t,a,b,y",
  ...Array.from({ length: 400 }, (_, i) => {
    const [a, b] = [noise(i, 3), noise(i, 5) * 10];
    return [i, a, b, noise(i - 1, 3) + b / 10].join(",");
  }),
].join("\n");

const windows = (model: string) => `netwright 1
data series { source: "series.csv", target: y, features: [a, b], window { length: 12, horizon: 1, order: t } }
model { ${model} }
train { loss: mse, optimizer: adam(1e-3), batch: 32 }
`;

const concrete = readFileSync(example("concrete/concrete.net"), "utf8");

const models: readonly Judged[] = [
  { name: "concrete 3 x 512", source: example("concrete/concrete.net"), epochs: 12 },
  {
    name: "concrete 2 x 32",
    source: concrete.replace(/ = 512 in \[.*\]/, " = 32").replace("depth = 3", "depth = 2"),
    epochs: 30,
    data: readFileSync(example("concrete/concrete.csv"), "utf8"),
  },
  { name: "penguins", source: example("penguins/penguins.net"), epochs: 30 },
  { name: "digits, a CNN", source: example("digits/digits-image.net"), epochs: 4 },
  {
    name: "a series, an LSTM",
    source: windows("lstm(24, return_sequences: true) -> lstm(12) -> dense(1)"),
    epochs: 6,
    data: series,
  },
  {
    name: "a series, a transformer",
    source: windows(
      "dense(16) -> sine_position_encoding -> residual { layer_norm -> multi_head_attention(4) } -> residual { layer_norm -> dense(32, gelu) -> dense(16) } -> layer_norm -> global_average_pooling1d -> dense(1)",
    ),
    epochs: 6,
    data: series,
  },
];

/** Small networks that have every layer that goes over to Keras, for judges that no reader of npm stands in for. */
const small = [
  "parallel { a { dense(4, elu(0.5)) } b { dense(4, leaky_relu) } c { dense(4) -> relu(max_value: 1, negative_slope: 0.1, threshold: 0.2) } d { dense(4, hard_sigmoid) } } -> concat -> prelu -> batch_norm -> layer_norm -> rms_norm -> dense(1)",
  "parallel { a { dense(3, celu) } b { dense(3, hard_swish) } c { dense(3, hard_tanh) } d { dense(3, tanh_shrink) } e { dense(3, hard_shrink) } f { dense(3, soft_shrink) } g { dense(3, log_sigmoid) } h { dense(3, log_softmax) } i { dense(3, squareplus) } j { dense(3, sparse_plus) } k { dense(3, exponential) } l { dense(3, mish) } } -> average -> dense(1)",
  "parallel { a { dense(3, selu) } b { dense(3, gelu) } c { dense(3, softplus) } d { dense(3, softsign) } e { dense(3, relu6) } f { dense(3, swish, parametrization: ntk) } } -> multiply -> gaussian_noise(0.1) -> alpha_dropout(0.1) -> dense(1)",
  "reshape([4, 6, 1]) -> conv2d(4, 3, padding: same, activation: relu) -> max_pooling2d(2) -> conv2d(4, [1, 2], groups: 2, strides: [2, 1]) -> group_norm(groups: 2) -> spatial_dropout(0.1) -> flatten -> dense(1)",
  "reshape([4, 3, 2]) -> depthwise_conv2d(2, depth_multiplier: 2, activation: elu) -> separable_conv2d(3, 2, padding: same, depth_multiplier: 2) -> average_pooling2d(2, padding: same) -> global_average_pooling2d -> dense(1)",
  "reshape([12, 2]) -> conv1d(3, 3, padding: causal, dilation_rate: 2) -> depthwise_conv1d(3) -> separable_conv1d(3, 3, padding: same) -> average_pooling1d(2, strides: 2, padding: same) -> max_pooling1d(2, padding: same) -> global_max_pooling1d -> dense(1)",
  "reshape([2, 3, 4]) -> conv_transpose2d(3, 3, strides: 2, padding: same) -> upsampling2d([2, 3]) -> upsampling2d(2, interpolation: bilinear) -> cropping2d([[1, 0], [2, 1]]) -> zero_padding2d([1, 2]) -> global_max_pooling2d(keepdims: true) -> flatten -> dense(1)",
  "reshape([6, 4]) -> conv_transpose1d(3, 4, strides: 2, output_padding: 1) -> upsampling1d(2) -> cropping1d([1, 2]) -> zero_padding1d -> permute([2, 1]) -> unit_norm -> global_average_pooling1d -> repeat_vector(2) -> flatten -> dense(1)",
  "reshape([6, 4]) -> batch_norm(axis: 1) -> layer_norm(axis: [1, 2]) -> prelu(shared_axes: 1) -> simple_rnn(3, return_sequences: true) -> lstm(3, softsign, recurrent_activation: hard_sigmoid, go_backwards: true) -> dense(1)",
  "reshape([6, 4]) -> gru(3, return_sequences: true) -> gru(3, reset_after: false, return_sequences: true) -> bidirectional(lstm(3, return_sequences: true)) -> bidirectional(gru(3), merge_mode: sum) -> dense(1)",
  "reshape([6, 4]) -> position_embedding -> residual { multi_head_attention(2, key_dim: 6, causal: true) } -> layer_norm -> multi_head_attention(4, key_dim: 4, use_bias: false, output_shape: 5) -> flatten -> dense(1)",
  "reshape([6, 4]) -> multi_head_attention(2, key_dim: 4, value_dim: 3) -> flatten -> dense(1)",
  "reshape([12, 2]) -> average_pooling1d(3, strides: 2, padding: same) -> flatten -> dense(1)",
];

/** Those whose results are kept. */
export const MODEL_NAMES: readonly string[] = models.map(({ name }) => name);

const table = [
  [...Array.from({ length: 24 }, (_, j) => `x${j}`), "y"].join(","),
  ...Array.from({ length: 64 }, (_, i) =>
    [...Array.from({ length: 24 }, (_, j) => noise(i, 3 + 2 * j) * 4 - 2), noise(i, 5) * 10].join(","),
  ),
].join("\n");

/** Words, empty cells and scalings that are no layer, and two targets. */
const cells = [
  "n,count,long,wide,wave,clip,word,size,place,kind,y,z",
  ...Array.from({ length: 120 }, (_, i) =>
    [
      noise(i, 3) < 0.1 ? "" : noise(i, 5) * 100,
      Math.round(noise(i, 7) * 20),
      noise(i, 11) ** 3 * 1000,
      noise(i, 13) * 10,
      noise(i, 17) * 10,
      noise(i, 19) ** 4 * 100,
      noise(i, 23) < 0.1 ? "" : ["red", "blue", "green"][i % 3],
      ["small", "middle", "large"][(i * 7) % 3],
      ["A", "B", "C", "D"][(i * 5) % 4],
      ["one", "two", "three"][(i * 11) % 3],
      noise(i, 5) * 10 + (i % 3),
      noise(i, 7) * 20,
    ].join(","),
  ),
].join("\n");

const columns = `netwright 1
data t { source: "t.csv", target: [y, z], features: [n, count, long, wide, wave, clip, word, size, place, kind]
  columns {
    n: number(min: 0, max: 200, missing: mean(indicator: true))
    count: integer(min: 0, max: 30, scale: minmax)
    long: number(scale: log1p)
    wide: number(scale: piecewise_linear(bins: 6))
    wave: number(scale: periodic(frequencies: 3, sigma: 0.5))
    clip: number(scale: smooth_clip)
    word: category(encoder: one_hot(unknown: other), missing: own_class)
    size: ordinal(values: ["small", "middle", "large"])
    place: category(encoder: ordinal(unknown: other))
    kind: category(encoder: one_hot(unknown: missing), missing: most_frequent(indicator: true))
    z: number(scale: log1p)
  }
}
model { parallel { a { input(x) } b { input(place) -> embedding(3) } } -> concat -> dense(8, tanh) -> dense(outputs) }
train { loss: mse, optimizer: adam(0.01), batch: 32 }
`;

const layered: readonly Judged[] = [
  { name: "columns of every kind", source: columns, epochs: 3, data: cells },
  ...small.map((flow) => ({
    name: flow,
    source: `netwright 1
data t { source: "t.csv", target: y }
model { ${flow} }
train { loss: mse, optimizer: adam(0.01), batch: 16 }
`,
    epochs: 2,
    data: table,
  })),
];

const ACTIVATIONS = [
  "relu(max_value: 1, negative_slope: 0.1, threshold: 0.2)",
  "relu6",
  "elu(0.5)",
  "celu(0.7)",
  "selu",
  "swish",
  "sigmoid",
  "tanh",
  "leaky_relu",
  "softplus",
  "softsign",
  "mish",
  "exponential",
  "hard_sigmoid",
  "hard_swish",
  "hard_tanh",
  "tanh_shrink",
  "log_sigmoid",
  "squareplus",
  "softmax",
  "gelu",
];

const denseCells = [
  "n,count,long,clip,flag,word,size,level,place,kind,odd,y,z,two,three,many",
  ...Array.from({ length: 160 }, (_, i) =>
    [
      noise(i, 3) < 0.1 ? "" : Math.round(noise(i, 5) * 1000) / 10,
      Math.round(noise(i, 7) * 20),
      noise(i, 11) ** 3 * 1000,
      noise(i, 19) ** 4 * 100,
      noise(i, 19) < 0.5 ? "yes" : "no",
      noise(i, 23) < 0.1
        ? ""
        : ["red", 'a "b" & <c>', "it's"][i % 3]?.replace(/^.*"b".*$/, '"a ""b"" & <c>"'),
      ["small", "middle", "large"][(i * 7) % 3],
      ["small", "middle", "large"][(i * 5) % 3],
      ["A", "B", "C", "D"][(i * 5) % 4],
      ["one", "two", "three"][(i * 11) % 3],
      noise(i, 29) < 0.2 ? -999 : noise(i, 31) * 5,
      noise(i, 5) * 10 + (i % 3) + noise(i, 13),
      noise(i, 7) * 20,
      noise(i, 5) + noise(i, 13) > 1 ? "good" : "bad",
      ["low", "middle", "high"][Math.min(2, Math.floor(noise(i, 5) * 3))],
      Math.round(noise(i, 5) * 6),
    ].join(","),
  ),
].join("\n");

const denseFile = (flow: string, target: string, loss: string, more = "") => `netwright 1
data t { source: "t.csv", target: ${target}, missing_words: ["-999", "n/a"], features: [n, count, long, clip, flag, word, size, level, place, kind, odd]
  columns {
    n: number(unit: "kg", min: 0, max: 200, missing: mean(indicator: true))
    count: integer(min: 0, max: 30, scale: minmax)
    long: number(scale: log1p)
    clip: number(scale: smooth_clip, missing: median)
    flag: boolean
    word: category(encoder: one_hot(unknown: other), missing: own_class)
    size: ordinal(values: ["small", "middle", "large"])
    level: ordinal(values: ["small", "middle", "large"], encoder: thermometer(unknown: other))
    place: category(encoder: target_mean)
    kind: category(encoder: one_hot(unknown: missing), missing: most_frequent(indicator: true))
    odd: number(scale: robust, missing: constant(1.5))
    ${more}
  }
}
model { ${flow} }
train { loss: ${loss}, optimizer: adam(0.01), batch: 32 }
`;

const hidden = "dense(6, tanh) -> dense(outputs)";

/** Dense networks with every activation, branch and column that goes over to hosts that compute by formulas. */
const dense: readonly Judged[] = [
  [hidden, "[y, z]", "mse", "z: number(scale: log1p)"] as const,
  [hidden, "y", "mse", "y: number(scale: smooth_clip, clamp: true)"] as const,
  [hidden, "y", "mse", "y: number(clamp: true)"] as const,
  ["dense(6, tanh) -> dense(1)", "two", "binary_cross_entropy", ""] as const,
  [hidden, "three", "cross_entropy", ""] as const,
  ["dense(6, tanh) -> dense(1)", "two", "hinge", ""] as const,
  ["dense(6, tanh) -> dense(1)", "many", "poisson", "many: integer(scale: none)"] as const,
  ["residual(project: dense) { dense(6, relu) } -> dropout(0.2) -> dense(1)", "y", "mse", ""] as const,
  [
    "parallel { a { dense(3, relu) } b { dense(3, sigmoid) } c { dense(3) } } -> multiply -> dense(1)",
    "y",
    "mse",
    "",
  ] as const,
  [
    "parallel { a { dense(3, relu) } b { dense(3) } c { dense(3, use_bias: false, parametrization: ntk) } } -> average -> dense(1)",
    "y",
    "mse",
    "",
  ] as const,
  ...ACTIVATIONS.map(
    (one) =>
      [
        // Powers of powers are beyond all numbers.
        `dense(6, ${one === "exponential" ? "tanh" : one}) -> dense(4, ${one}) -> dense(1)`,
        "y",
        "mse",
        "",
      ] as const,
  ),
].map(([flow, target, loss, more]) => ({
  name: `${flow}, ${more === "" ? target : more} by ${loss}`,
  source: denseFile(flow, target, loss, more),
  epochs: 3,
  data: denseCells,
}));

/** What `netwright init` drafts: ensembles inside of a network behind embeddings of numbers. */
function drafts(): readonly Judged[] {
  return [
    draftOf("concrete", {}),
    draftOf("concrete", { recipe: "real_mlp_ensemble" }),
    draftOf("concrete", { recipe: "drawn_ensemble" }),
    draftOf("penguins", { target: "sex" }),
    draftOf("penguins", { target: "species" }),
  ];
}

function draftOf(table: string, options: Partial<DraftOptions>): Judged {
  const data = readFileSync(example(`${table}/${table}.csv`), "utf8");
  const read = readCsv(data, { name: `${table}.csv` });
  if ("problems" in read) throw new Error(`${table} cannot be read`);
  const draft = draftNet(read.table, { source: `${table}.csv`, name: table, ...options });
  if (!draft.ok) throw new Error(draft.problem);
  const name = `a draft of ${table}, ${draft.target} by ${draft.recipe}`;
  return { name, source: draft.text, epochs: 6, data };
}

export interface JudgedModel {
  readonly name: string;
  readonly model: PortableModel;
  /** The run. */
  readonly bundle: RunBundle;
}

export interface JudgedModels {
  /** Those that are wanted; all by default. */
  readonly names?: readonly string[];
  /** Small networks of every layer come behind them. */
  readonly withLayers?: boolean;
  /** Dense networks of every activation and column do. */
  readonly withDense?: boolean;
  /** Drafts do. */
  readonly withDrafts?: boolean;
}

/** One after the other, each trained when it is asked for. */
export async function* judgedModels({
  names,
  withLayers = false,
  withDense = false,
  withDrafts = false,
}: JudgedModels = {}): AsyncGenerator<JudgedModel> {
  const all = [
    ...models.filter(({ name }) => names === undefined || names.includes(name)),
    ...(withLayers ? layered : []),
    ...(withDense ? dense : []),
    ...(withDrafts ? drafts() : []),
  ];
  for (const { name, source, epochs, data } of all) {
    const trained = await train(source, {
      backend: "jit",
      epochs,
      ...(data === undefined ? {} : { data }),
    });
    const portable = await portableModel(trained.bundle, { samples: PREDICTIONS, seed: 1 });
    await trained.dispose();
    if (!portable.ok)
      throw new Error(`${name}: ${portable.diagnostics.map(({ message }) => message).join("; ")}`);
    yield { name, model: portable.value, bundle: trained.bundle };
  }
}
