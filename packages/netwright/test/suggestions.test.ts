// What people write who come from other libraries: the same thing under another name leads to the name here, and a thing
// that the language lacks is named as lacking, with no word suggested that only looks alike.

import { describe, expect, test } from "@jest/globals";
import { analyze, type Diagnostic } from "@netwright/lang";
import { catalog } from "netwright";
import { host } from "./concrete.ts";

type Part = "data" | "flow" | "train" | "expect" | "top";

function textOf(part: Part, written: string): string {
  const parts: Record<Part, string> = {
    data: "",
    flow: "dense(4, relu)\n dense(1)",
    train: "",
    expect: "",
    top: "",
  };
  parts[part] = written;
  const { data, flow, train, expect: wanted, top } = parts;
  return `netwright 1\n${top}\ndata { source: "c.csv", target: CompressiveStrength, ${data} }
model {\n ${flow}\n}\ntrain {\n ${train}\n}\nexpect { ${wanted} }\n`;
}

const analyzed = (text: string) => analyze({ file: "test.net", text }, { catalog, host });
const errorsOf = (text: string) => analyzed(text).diagnostics.filter(({ severity }) => severity === "error");

function applied(text: string, { fix }: Diagnostic): string {
  const edits = [...(fix?.edits ?? [])].sort((a, b) => b.span.start - a.span.start);
  return edits.reduce(
    (now, { span, text: put }) => now.slice(0, span.start) + put + now.slice(span.end),
    text,
  );
}

/** Applies the first edit that is offered, again and again. */
function mended(part: Part, written: string): string {
  let text = textOf(part, written);
  for (let i = 0; i < 10; i++) {
    const fixable = errorsOf(text).find(({ fix }) => fix !== undefined);
    if (fixable === undefined) break;
    text = applied(text, fixable);
  }
  return text;
}

test.each<[Part, string, string]>([
  ["flow", "dense(8, silu) -> dense(1)", "dense(8, swish) -> dense(1)"],
  ["flow", "reshape(4, 2) -> flatten -> dense(1)", "reshape([4, 2]) -> flatten -> dense(1)"],
  ["flow", "dense(8, use_bias: False) -> dense(1)", "dense(8, use_bias: false) -> dense(1)"],
  ["train", "clip_norm: None", "clip_norm: none"],
  ["flow", "dense(8, SiLU) -> dense(1)", "dense(8, swish) -> dense(1)"],
  ["flow", "BatchNormalization -> dense(1)", "batch_norm -> dense(1)"],
  ["flow", "dense(8) -> BatchNorm1d -> dense(1)", "dense(8) -> batch_norm -> dense(1)"],
  ["flow", "dense(1, kernel_initializer: Orthogonal)", "dense(1, kernel_initializer: orthogonal)"],
  ["flow", "dense(8) -> silu -> dense(1)", "dense(8) -> swish -> dense(1)"],
  ["flow", "dense(8, lrelu) -> dense(1)", "dense(8, leaky_relu) -> dense(1)"],
  [
    "flow",
    "dense(8, leaky_relu(alpha: 0.1)) -> dense(1)",
    "dense(8, leaky_relu(negative_slope: 0.1)) -> dense(1)",
  ],
  [
    "flow",
    "dense(8, LeakyReLU(alpha=0.1)) -> dense(1)",
    "dense(8, leaky_relu(negative_slope: 0.1)) -> dense(1)",
  ],
  ["flow", "dense(8, none) -> relu -> dense(1)", "dense(8, linear) -> relu -> dense(1)"],
  ["flow", "dense(8, nn.ReLU) -> dense(1)", "dense(8, relu) -> dense(1)"],
  ["flow", "dense(8, nn.ReLU()) -> dense(1)", "dense(8, relu()) -> dense(1)"],
  ["flow", "dense 64 relu -> dense(1)", "dense(64, relu) -> dense(1)"],
  ["flow", "dense 64, relu\n dense: 1", "dense(64, relu)\n dense(1)"],
  ["flow", "dense(units 8, activation relu) -> dense(1)", "dense(units: 8, activation, relu) -> dense(1)"],
  ["flow", 'Dense(64, activation="relu") -> Dense(units=1)', "dense(64, activation:relu) -> dense(units:1)"],
  ["flow", "tf.keras.layers.Dense(8, relu)\n dense(1)", "dense(8, relu)\n dense(1)"],
  ["flow", "nn.Linear(8) -> relu -> Linear(1)", "dense(8) -> relu -> dense(1)"],
  ["flow", "nn.Conv2d(8, 3) -> dense(1)", "conv2d(8, 3) -> dense(1)"],
  ["flow", "MaxPool2D -> dense(1)", "max_pooling2d -> dense(1)"],
  ["flow", "AveragePooling1D(2) -> dense(1)", "average_pooling1d(2) -> dense(1)"],
  ["flow", "Conv2DTranspose(8, 3) -> dense(1)", "conv_transpose2d(8, 3) -> dense(1)"],
  ["flow", "dropout(50) -> dense(1)", "dropout(50%) -> dense(1)"],
  ["flow", "PReLU -> dense(1)", "prelu -> dense(1)"],
  ["data", "window { lookback: 4, time: Age, ahead: 2 }", "window { length: 4, order: Age, horizon: 2 }"],
  ["data", "columns { pic: image((2, 3), channels: 3) }", "columns { pic: image(2, 3, channels: 3) }"],
  ["flow", "dense(8, activation='relu') -> dense(1)", "dense(8, activation: relu) -> dense(1)"],
  ["data", "columns { Age: number(unit: 'days') }", 'columns { Age: number(unit: "days") }'],
  ["flow", "dense(8, None) -> relu -> dense(1)", "dense(8, linear) -> relu -> dense(1)"],
  [
    "flow",
    "reshape((4, 2, 1)) -> zero_padding2d(((1, 1), (0, 2))) -> flatten -> dense(1)",
    "reshape([4, 2, 1]) -> zero_padding2d([[1, 1], [0, 2]]) -> flatten -> dense(1)",
  ],
  [
    "flow",
    "reshape([4, 2]) -> max_pooling1d(kernel_size: 2) -> conv1d(2, kernel: 2, activation: relu) -> flatten -> dense(1)",
    "reshape([4, 2]) -> max_pooling1d(pool_size: 2) -> conv1d(2, kernel_size: 2, activation: relu) -> flatten -> dense(1)",
  ],
  [
    "flow",
    "reshape([4, 2]) -> lstm(3, recurrent_kernel_regularizer: l2(0.1)) -> dense(1)",
    "reshape([4, 2]) -> lstm(3, recurrent_regularizer: l2(0.1)) -> dense(1)",
  ],
  [
    "flow",
    "reshape([4, 2]) -> lstm(hidden_size: 3) -> dense(1)",
    "reshape([4, 2]) -> lstm(units: 3) -> dense(1)",
  ],
  ["flow", 'dense(8, "hardswish") -> dense(1)', "dense(8, hard_swish) -> dense(1)"],
  ["flow", "LayerNormalization() -> dense(1)", "layer_norm() -> dense(1)"],
  ["flow", "dropout(p: 0.5) -> dense(1)", "dropout(rate: 0.5) -> dense(1)"],
  ["flow", "dense(1);", "dense(1)"],
  ["flow", 'dense(1, kernel_initializer: "xavier")', "dense(1, kernel_initializer: glorot_uniform)"],
  ["train", 'loss: "mean_squared_error"', "loss: mse"],
  ["train", 'loss: "MSELoss"', "loss: mse"],
  ["train", 'loss: "mae", optimizer: "Adam"', "loss: mae, optimizer: adam"],
  ["train", "loss: nn.L1Loss", "loss: mae"],
  ["train", "batch_size: 64", "batch: 64"],
  ["train", "n_epochs: 3; batch_size = 4", "epochs: 3, batch: 4"],
  ["train", "learning_rate: 0.01", "optimizer: adam(learning_rate: 0.01)"],
  ["train", "optimizer: sgd, lr: 0.01, batch: 8", "optimizer: sgd(learning_rate: 0.01), batch: 8"],
  ["train", "lr: 0.01\n optimizer: adam(beta_1: 0.8)", "optimizer: adam(beta_1: 0.8, learning_rate: 0.01)"],
  ["train", "momentum: 0.9", "optimizer: sgd(momentum: 0.9)"],
  ["train", "weight_decay: 0.1", "optimizer: adamw(weight_decay: 0.1)"],
  ["train", "patience: 5", "stop: early(patience: 5)"],
  ["train", "early_stopping: 10", "stop: early(patience: 10)"],
  ["data", "scale: StandardScaler", "scale: zscore"],
  ["data", 'scale: "MinMaxScaler"', "scale: minmax"],
  ["data", "scale: RobustScaler", "scale: robust"],
  [
    "data",
    "split: { train: 80, validation: 10, test: 10 }",
    "split: { train: 80%, validation: 10%, test: 10% }",
  ],
  [
    "data",
    "split { train = 80 validation = 10 test = 10 }",
    "split { train: 80% validation: 10% test: 10% }",
  ],
  ["expect", "test.r2_score > 0.5", "test.r2 > 0.5"],
  ["top", "uncertainty { interval: 90% }", "report { interval: 90% }"],
  ["top", "report { confidence: 90% }", "report { interval: 90% }"],
])("%s: %s", (part, written, right) => {
  const found = mended(part, written);
  expect(found.replaceAll(/\s+/g, "")).toBe(textOf(part, right).replaceAll(/\s+/g, ""));
});

describe("what the language lacks:", () => {
  test.each<[Part, string, RegExp]>([
    ["flow", "dense(8, prelu) -> dense(1)", /no `prelu`\..*leaky_relu/],
    ["flow", "dense(8, 1)", /width of its input follows from the layer before/],
    ["flow", "dense(1, kernel_regularizer: None)", /written as `none`, where it may be left out/],
    ["flow", "reshape([4, 2]) -> conv1d(in_channels: 2, filters: 2, kernel_size: 2)", /input follows/],
    ["flow", "reshape([4, 2]) -> lstm(3, batch_first: true)", /rows are never a size/],
    ["flow", "reshape([4, 2]) -> lstm(3, num_layers: 2)", /`repeat 2 \{ lstm/],
    ["flow", "reshape([4, 2]) -> lstm(3, bidirectional: true)", /`bidirectional\(lstm\(16\)\)`/],
    ["flow", "reshape([4, 2]) -> bidirectional { lstm(3) }", /`bidirectional\(lstm\(16\)\)`/],
    ["flow", "reshape([1, 2, 4]) -> conv2d(2, 2)", /Channels stand last/],
    ["flow", "reshape([4, 2]) -> max_pooling1d(5)", /smaller window/],
    ["flow", "reshape([4, 2]) -> cropping1d(2)", /Crop less/],
    ["flow", "dense(8, rrelu) -> dense(1)", /no `rrelu`\..*leaky_relu/],
    ["flow", "dense(8, gelu_new) -> dense(1)", /exact/],
    ["flow", "Conv(8, 3) -> dense(1)", /`conv1d`.*`conv2d`/],
    ["flow", "AdaptiveAvgPool2d(1) -> dense(1)", /global_/],
    ["flow", "Cropping(1) -> dense(1)", /`cropping1d`/],
    ["flow", "dense(8, GLU) -> dense(1)", /layer.*swiglu/],
    ["flow", "GEGLU -> dense(1)", /glu\(gelu\)/],
    ["flow", "InstanceNorm -> dense(1)", /no `InstanceNorm`\..*group_norm\(groups: -1\)/],
    ["flow", "OneHot(10) -> dense(1)", /category\(encoder: ordinal\)/],
    ["flow", "Attention(8) -> dense(1)", /no `Attention`\..*multi_head_attention/],
    ["flow", "TransformerBlock(8) -> dense(1)", /transformer_encoder.*netwright\/sequences/],
    ["flow", "dense(8, relu, input_shape: 8) -> dense(1)", /from the data/],
    ["flow", "dense(8, kernel_initializer: identity) -> dense(1)", /glorot_uniform/],
    ["train", 'loss: "categorical_crossentropy"', /classes/],
    ["train", "loss: rmse", /metric/],
    ["train", "optimizer: radam", /`adam`/],
    ["train", "optimizer: adam(momentum: 0.9)", /beta_1/],
    ["train", "metrics: [mae]", /expect/],
    ["train", "callbacks: [early]", /stop: early/],
    ["train", "shuffle: true", /seed/],
    ["train", "device: 3", /--backend/],
    ["train", "validation_split: 0.2", /data\.split/],
    ["train", "optimizer: adam, momentum: 0.9", /sgd\(momentum/],
    ["train", "dropout: 0.2", /layer/],
    ["data", "scale: KBinsDiscretizer", /piecewise_linear/],
    ["data", "validation_split: 0.2", /validation.*split/],
    ["data", "train: 80", /data\.split/],
    ["data", "epochs: 3", /train \{/],
    ["expect", "test.f1 > 0.8", /`mse` is for numbers/],
    ["expect", "test.auc > 0.8", /`roc_auc`/],
    ["expect", "test.mse < 3", /rmse/],
    ["top", "import torch", /use/],
    ["top", "model.add(Dense(64))", /one pair of braces/],
  ])("%s: %s", (part, written, note) => {
    const [first, more] = errorsOf(textOf(part, written));
    expect(first?.notes.join(" ")).toMatch(note);
    expect(first?.fix).toBeUndefined();
    expect(more).toBeUndefined();
  });
});

test("sizes of `input` that are a list, or a tuple", () => {
  const lines = (sizes: string) => `netwright 1\nmodel {\n input(${sizes})\n flatten\n dense(1)\n}\n`;
  const [list] = errorsOf(lines("[8, 2]"));
  if (list === undefined) throw new Error("a list is taken");
  expect(applied(lines("[8, 2]"), list)).toBe(lines("8, 2"));
  const [tuple] = errorsOf(lines("(8, 2)"));
  if (tuple === undefined) throw new Error("a tuple is taken");
  expect(applied(lines("(8, 2)"), tuple)).toBe(lines("[8, 2]"));
});

test("lists are cut", () => {
  const params = Array.from({ length: 23 }, (_, i) => `param p${i} = 1`).join("\n");
  const [first] = errorsOf(`netwright 1\n${params}\nmodel { input(3) -> dense(nothing_like_it) }\n`);
  expect(first?.notes.join(" ")).toContain("`p11` and 11 more");
  const [layer] = errorsOf("netwright 1\nmodel { input(3) -> zzzzzzz }\n");
  expect(layer?.notes.join(" ")).toMatch(/`\w+` and \d+ more\./);
});

test.each([
  ["reshape([4, 2])", "`global_average_pooling1d` takes their mean"],
  ["reshape([4, 2]) -> lstm(3, return_sequences: true)", "gives its last one without `return_sequences`"],
  ["reshape([2, 2, 2])", "`global_average_pooling2d`"],
  [
    "reshape([4, 2]) -> residual { lstm(2) } -> flatten -> dense(1)",
    "keeps all steps with `return_sequences: true`",
  ],
  ["random_zoom(0.2) -> dense(1)", "`random_rotation`"],
  ["mixup(0.2) -> dense(1)", "`mixup: 0.2` in `train`"],
  ["embedding(1000, 8) -> dense(1)", "`embedding(8)` states their length alone"],
  [
    "reshape([2, 2, 2]) -> conv2d(4, 1, groups: 3) -> flatten -> dense(1)",
    "State a number that divides both",
  ],
  ["reshape([2, 2, 2]) -> random_crop(3, 3) -> flatten -> dense(1)", "`image(40, 40)`"],
])("%s is told what to do", (flow, note) => {
  const notes = errorsOf(textOf("flow", flow)).flatMap((one) => one.notes ?? []);
  expect(notes.join("\n")).toContain(note);
});
