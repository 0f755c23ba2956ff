// Models of every family that is printed, on tables that are made here.

import { noise, type Rows } from "../portable.ts";

export interface Case {
  readonly name: string;
  readonly source: string;
  readonly data: Rows;
}

const rows: Rows = Array.from({ length: 120 }, (_, i) => ({
  cement: noise(i, 3) < 0.1 ? null : Math.round(noise(i, 5) * 5000) / 10,
  "Age in days": Math.round(noise(i, 7) * 20),
  wide: noise(i, 11) ** 3 * 1000,
  far: (noise(i, 29) - 0.4) ** 5 * 1e4,
  bins: noise(i, 31) < 0.1 ? null : noise(i, 31) ** 2 * 50,
  tied: Math.round(noise(i, 31) * 4),
  waves: noise(i, 37) * 9 - 3,
  share: Math.round(noise(i, 41) ** 2 * 9),
  normal: noise(i, 43) ** 4 * 1e3,
  ends: [-1e308, 0, 1e308, 3][i % 4],
  flag: noise(i, 19) < 0.5 ? "yes" : "no",
  word: noise(i, 23) < 0.1 ? "" : ["red", 'bl"ue\\', "gr\u00fcn"][i % 3],
  size: ["small", "middle", "large"][(i * 7) % 3],
  place: ["A", "B", "C", "D"][(i * 5) % 4],
  y: noise(i, 5) * 10 + (i % 3) + noise(i, 13),
  kind: ["x", "y", "z"][i % 3],
}));

const table = (target: string, model: string, train: string, scale = "zscore") => `netwright 1
data table { source: "table.csv", target: ${target}
  features: [cement, "Age in days", wide, far, flag, word, size, place]
  columns {
    cement: number(unit: "kg", min: 0, max: 500, missing: mean(indicator: true))
    "Age in days": integer(min: 0, max: 30, scale: minmax)
    wide: number(scale: log1p)
    far: number(scale: smooth_clip)
    flag: boolean
    word: category(encoder: one_hot(unknown: other), missing: own_class)
    size: ordinal(values: ["small", "middle", "large"])
    place: category(encoder: target_mean)
    y: number(unit: "m", scale: ${scale})
  }
}
model { ${model} }
train { ${train}, optimizer: adam(0.01), epochs: 2, batch: 32 }
`;

/** What makes several numbers of one, or a rank. */
const encoded = `netwright 1
data table { source: "table.csv", target: y, features: [bins, tied, waves, share, normal, ends]
  columns {
    bins: number(scale: piecewise_linear(bins: 6), missing: median(indicator: true))
    tied: number(scale: piecewise_linear(bins: 9))
    waves: number(scale: periodic(frequencies: 3, sigma: 0.5))
    share: integer(scale: quantile)
    normal: number(scale: quantile(output_distribution: normal))
    ends: number(scale: quantile(n_quantiles: 8))
  }
}
model { dense(5, tanh) -> dense(1) }
train { loss: mse, optimizer: adam(0.01), epochs: 2, batch: 32 }
`;

const series: Rows = Array.from({ length: 90 }, (_, i) => ({
  t: i,
  a: Math.round(noise(i, 3) * 100),
  b: noise(i, 5),
  y: noise(i - 1, 3) + noise(i, 7) / 10,
}));

const windows = (model: string) => `netwright 1
data series { source: "table.csv", target: y, features: [a, b], window { length: 6, horizon: 1, order: t } }
model { ${model} }
train { loss: mse, optimizer: adam(0.01), epochs: 1, batch: 16 }
`;

const dense = (activation: string) => `dense(9, ${activation}) -> dense(7, ${activation}) -> dense(outputs)`;

/** Columns, words and targets called as languages and their objects call things of their own. */
const odd = [
  "__proto__",
  "constructor",
  "toString",
  "int",
  "class",
  "fn",
  "a_1",
  "a1",
  "linux",
  "Place",
  "x",
];

const oddRows: Rows = Array.from({ length: 80 }, (_, i) =>
  Object.fromEntries<unknown>([
    ...odd.map((name, j): [string, unknown] => [name, Math.round(noise(i, 2 * j + 3) * 50) / 10]),
    ["word", ["__proto__", "constructor", "while"][i % 3]],
    ["place", ["__proto__", "constructor", "toString", "4"][Math.floor(noise(i, 3) * 4)]],
    [
      "tags",
      [noise(i, 5) > 0.5 ? "__proto__" : "", noise(i, 9) > 0.4 ? "b c" : ""]
        .filter((tag) => tag !== "")
        .join("|"),
    ],
    ["two", noise(i, 3) + noise(i, 5) > 1 ? "good" : "bad"],
  ]),
);

const named = (
  target: string,
  train: string,
  flow = "dense(6, relu) -> dense(outputs)",
  more = "",
) => `netwright 1
data odd { source: "table.csv", target: ${target}
  features: [${odd.map((name) => JSON.stringify(name)).join(", ")}, word]
  columns { word: category(encoder: ${flow.includes("embedding") ? "ordinal(unknown: other)" : "one_hot(unknown: other)"})${more} }
}
model { ${flow} }
train { ${train}, optimizer: adam(0.05), epochs: 8, batch: 16 }
`;

/** What compilers of other languages might trip over: they are asked too. */
export const oddCases: readonly Case[] = [
  {
    name: "a number among odd names",
    source: named('"constructor"', "loss: mse").replace('"constructor", ', ""),
    data: oddRows,
  },
  { name: "classes with odd words", source: named("place", "loss: cross_entropy"), data: oddRows },
  {
    name: "classes that are calibrated",
    source: `${named("place", "loss: cross_entropy")}report { calibration: temperature }\n`,
    data: oddRows,
  },
  {
    name: "labels",
    source: named("tags", "loss: multi_label_cross_entropy", undefined, ", tags: labels"),
    data: oddRows,
  },
  {
    name: "a threshold",
    source: named("two", "loss: binary_cross_entropy, threshold: best(f1)"),
    data: oddRows,
  },
  { name: "margins", source: named("two", "loss: hinge"), data: oddRows },
  {
    name: "an embedding",
    source: named(
      "two",
      "loss: binary_cross_entropy",
      "parallel { a { input(x) } b { input(word) -> embedding(3) } } -> concat -> dense(6, tanh) -> dense(outputs)",
    ),
    data: oddRows,
  },
];

export const cases: readonly Case[] = [
  ...["relu", "tanh", "swish", "gelu", "elu", "sigmoid", "softplus"].map((activation) => ({
    name: `numbers through ${activation}`,
    source: table("y", dense(activation), "loss: mse"),
    data: rows,
  })),
  {
    name: "quantiles",
    source: table("y", dense("relu"), "loss: quantile(levels: [0.1, 0.5, 0.9])"),
    data: rows,
  },
  {
    name: "a target that is bent",
    source: table("y", dense("relu"), "loss: mse", "smooth_clip"),
    data: rows,
  },
  { name: "bins, waves and ranks", source: encoded, data: rows },
  { name: "classes", source: table("kind", dense("relu"), "loss: cross_entropy"), data: rows },
  {
    name: "normalised layers",
    source: table(
      "y",
      "dense(8) -> batch_norm -> relu -> residual { layer_norm -> dense(8, relu) } -> dense(1)",
      "loss: mse",
    ),
    data: rows,
  },
  {
    name: "an LSTM",
    source: windows("lstm(5, return_sequences: true) -> lstm(3) -> dense(1)"),
    data: series,
  },
  { name: "a GRU both ways", source: windows("bidirectional(layer: gru(4)) -> dense(1)"), data: series },
  {
    name: "convolutions over time",
    source: windows(
      "conv1d(6, 3, padding: same) -> relu -> max_pooling1d(2) -> conv1d(4, 2) -> flatten -> dense(1)",
    ),
    data: series,
  },
  {
    name: "attention",
    source: windows(
      "dense(8) -> residual { layer_norm -> multi_head_attention(2) } -> global_average_pooling1d -> dense(1)",
    ),
    data: series,
  },
  ...oddCases,
];
