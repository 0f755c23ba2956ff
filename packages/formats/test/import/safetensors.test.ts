// Tensors of PyTorch go into the layers of a `.net` file; an own export comes back by itself.

import { expect, test } from "@jest/globals";
import { type FloatTensor, formats, type TargetNode, tensorsInto } from "@netwright/formats";
import { writeSafetensors } from "@netwright/runtime";
import { importModel } from "netwright";
import { readSafetensorsModel } from "../../src/import/safetensors/read.ts";
import { data, fileOf } from "../onnx/flows.ts";
import { noise, portable } from "../portable.ts";

const flows = [
  "dense(5, relu) -> batch_norm -> dense(3, use_bias: false) -> prelu -> dense(1)",
  "dense(5, tanh, parametrization: ntk) -> layer_norm -> dense(1)",
  "reshape([4, 6, 1]) -> conv2d(4, 3, padding: same) -> depthwise_conv2d(2, depth_multiplier: 2) -> group_norm(groups: 2) -> flatten -> dense(1)",
  "reshape([12, 2]) -> conv1d(3, 3) -> conv_transpose1d(2, 3) -> separable_conv1d(2, 2) -> flatten -> dense(1)",
  "reshape([6, 4]) -> lstm(3, return_sequences: true) -> gru(3, return_sequences: true) -> simple_rnn(3) -> dense(1)",
  "reshape([6, 4]) -> bidirectional(lstm(3, return_sequences: true)) -> multi_head_attention(2) -> rms_norm -> flatten -> dense(1)",
];

test.each(flows)("an own export comes back: %s", async (flow) => {
  const model = await portable(fileOf(flow), data);
  const write = await formats.safetensors.load();
  const written = await write(model);
  if ("refused" in written) throw new Error(JSON.stringify(written.refused));
  const files = new Map(written.files.map(({ name, content }) => [name, content]));
  const { bundle, own } = await importModel(files);
  expect(own).toBe(true);
  expect(bundle.record.hash.weights).toBe(model.record.hash.weights);
});

const tensor = (shape: readonly number[], seed: number): FloatTensor => ({
  shape,
  data: Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => noise(i, seed)),
});

const fileWith = (tensors: Readonly<Record<string, FloatTensor>>) =>
  new Map([
    ["model.safetensors", writeSafetensors({ tensors: new Map(Object.entries(tensors)), metadata: {} })],
  ]);

const node = (
  name: string,
  layer: string,
  variables: Readonly<Record<string, readonly number[]>>,
): TargetNode => ({
  name,
  layer,
  args: {},
  inputs: [],
  variables: Object.entries(variables).map(([key, shape]) => ({ name: key, shape })),
});

const layers = [
  node("conv2d_1", "conv2d", { kernel: [3, 2, 4, 8], bias: [8] }),
  node("batch_norm_1", "batch_norm", { gamma: [8], beta: [8], moving_mean: [8], moving_variance: [8] }),
  node("dense_1", "dense", { kernel: [16, 5], bias: [5] }),
  node("dense_2", "dense", { kernel: [5, 5], bias: [5] }),
];

/** A Sequential, whose modules are numbered by their places; those without weights are not in it. */
const sequential = {
  "0.weight": tensor([8, 4, 3, 2], 3),
  "0.bias": tensor([8], 5),
  "1.weight": tensor([8], 7),
  "1.bias": tensor([8], 11),
  "1.running_mean": tensor([8], 13),
  "1.running_var": tensor([8], 17),
  "1.num_batches_tracked": tensor([], 19),
  "10.weight": tensor([5, 16], 23),
  "10.bias": tensor([5], 29),
  "12.weight": tensor([5, 5], 31),
  "12.bias": tensor([5], 37),
};

function weightsOf(given: ReturnType<typeof tensorsInto>) {
  if ("refused" in given) throw new Error(JSON.stringify(given.refused));
  return given.weights;
}

test("a Sequential goes in by the order of its numbers, with its matrices turned", () => {
  const weights = weightsOf(tensorsInto(fileWith(sequential), layers));
  const kernel = weights.get("dense_1")?.get("kernel");
  expect(kernel?.shape).toEqual([16, 5]);
  // [out, in] of PyTorch: what is at [2, 7] there.
  expect(kernel?.data[7 * 5 + 2]).toBe(sequential["10.weight"].data[2 * 16 + 7]);
  const convolution = weights.get("conv2d_1")?.get("kernel");
  // [out, in, height, width]: filter 6, channel 1, at [2, 1].
  expect(convolution?.data[((2 * 2 + 1) * 4 + 1) * 8 + 6]).toBe(
    sequential["0.weight"].data[((6 * 4 + 1) * 3 + 2) * 2 + 1],
  );
  expect(weights.get("batch_norm_1")?.get("moving_variance")?.data).toEqual(sequential["1.running_var"].data);
  expect(weights.get("dense_2")?.get("bias")?.data).toEqual(sequential["12.bias"].data);
});

test("modules whose names are those of the layers go in by their names, in any order", () => {
  const named = Object.fromEntries(
    Object.entries(sequential).map(([key, value]) => {
      const names: Readonly<Record<string, string>> = {
        "0": "conv2d_1",
        "1": "batch_norm_1",
        "10": "dense_2",
        "12": "dense_1",
      };
      const [module = "", own = ""] = key.split(".");
      return [`${names[module]}.${own}`, value];
    }),
  );
  const refused = tensorsInto(fileWith(named), layers);
  expect(refused).toEqual({
    refused: [
      {
        what: "Layer `dense_1`",
        why: "is `dense` with kernel [16, 5], bias [5], and the file has bias [5], weight [5, 5]",
      },
      {
        what: "Layer `dense_2`",
        why: "is `dense` with kernel [5, 5], bias [5], and the file has bias [5], weight [5, 16]",
      },
    ],
  });
});

test("names that say no order go in where their sizes fit one layer alone", () => {
  const named = {
    "stem.weight": sequential["0.weight"],
    "stem.bias": sequential["0.bias"],
    "body.weight": sequential["10.weight"],
    "body.bias": sequential["10.bias"],
  };
  const weights = weightsOf(
    tensorsInto(fileWith(named), [layers[0] ?? node("", "", {}), layers[2] ?? node("", "", {})]),
  );
  expect(weights.get("dense_1")?.get("bias")?.data).toEqual(sequential["10.bias"].data);
});

test("what does not fit is told, all of it, with its sizes", () => {
  const { "12.weight": _, "12.bias": __, ...less } = sequential;
  expect(tensorsInto(fileWith({ ...less, "0.weight": tensor([8, 4, 3, 3], 3) }), layers)).toEqual({
    refused: [
      {
        what: "Layer `conv2d_1`",
        why: "is `conv2d` with kernel [3, 2, 4, 8], bias [8], and what stands in its place, `0`, has bias [8], weight [8, 4, 3, 3]",
      },
      {
        what: "Layer `dense_2`",
        why: "is `dense` with kernel [5, 5], bias [5], and the file has nothing left for it",
      },
    ],
  });
});

test("recurrent modules of several layers, and attention with one matrix for three", () => {
  const given = {
    "lstm.weight_ih_l0": tensor([12, 2], 3),
    "lstm.weight_hh_l0": tensor([12, 3], 5),
    "lstm.bias_ih_l0": tensor([12], 7),
    "lstm.bias_hh_l0": tensor([12], 11),
    "lstm.weight_ih_l1": tensor([12, 3], 13),
    "lstm.weight_hh_l1": tensor([12, 3], 17),
    "lstm.bias_ih_l1": tensor([12], 19),
    "lstm.bias_hh_l1": tensor([12], 23),
    "z_attention.in_proj_weight": tensor([12, 4], 29),
    "z_attention.in_proj_bias": tensor([12], 31),
    "z_attention.out_proj.weight": tensor([4, 4], 37),
    "z_attention.out_proj.bias": tensor([4], 41),
  };
  const attention = Object.fromEntries(
    ["query", "key", "value", "output"].flatMap((name) => [
      [`${name}_kernel`, [4, 4]],
      [`${name}_bias`, [4]],
    ]),
  );
  const weights = weightsOf(
    tensorsInto(fileWith(given), [
      node("lstm_1", "lstm", { kernel: [2, 12], recurrent_kernel: [3, 12], bias: [12] }),
      node("lstm_2", "lstm", { kernel: [3, 12], recurrent_kernel: [3, 12], bias: [12] }),
      node("multi_head_attention_1", "multi_head_attention", attention),
    ]),
  );
  expect(weights.get("lstm_2")?.get("kernel")?.data[1]).toBe(given["lstm.weight_ih_l1"].data[3]);
  expect(weights.get("lstm_1")?.get("bias")?.data[4]).toBeCloseTo(
    (given["lstm.bias_ih_l0"].data[4] ?? 0) + (given["lstm.bias_hh_l0"].data[4] ?? 0),
    6,
  );
  // Values are the last third of the rows.
  expect(weights.get("multi_head_attention_1")?.get("value_kernel")?.data[4 * 1 + 2]).toBe(
    given["z_attention.in_proj_weight"].data[(8 + 2) * 4 + 1],
  );
});

test("tensors alone say of no layer what it does, and a damaged file is told", async () => {
  const alone = await readSafetensorsModel(fileWith(sequential), {});
  expect(JSON.stringify(alone)).toContain("--into model.net");
  const [[name, bytes] = ["", new Uint8Array()]] = fileWith(sequential);
  for (const length of [0, 7, 8, 20, bytes.length - 1]) {
    const cut = tensorsInto(new Map([[name, bytes.subarray(0, length)]]), layers);
    expect("refused" in cut).toBe(true);
  }
  const huge = new Uint8Array(16);
  new DataView(huge.buffer).setBigUint64(0, 2n ** 62n, true);
  expect(tensorsInto(new Map([[name, huge]]), layers)).toHaveProperty("refused");
});

const linear = (name: string, inputs: number, units: number) =>
  node(name, "dense", { kernel: [inputs, units], bias: [units] });
const torchLinear = (name: string, inputs: number, units: number) => ({
  [`${name}.weight`]: tensor([units, inputs], inputs + 3),
  [`${name}.bias`]: tensor([units], units + 5),
});

test("names that say no order are refused where sizes leave a doubt", () => {
  const two = [linear("dense_1", 2, 2), linear("dense_2", 2, 2)];
  const doubt = tensorsInto(
    fileWith({ ...torchLinear("hidden", 2, 2), ...torchLinear("fc_out", 2, 2) }),
    two,
  );
  expect(JSON.stringify(doubt)).toContain("no numbers in their names say which comes first");
  const numbered = fileWith({ ...torchLinear("fc10", 2, 2), ...torchLinear("fc9", 2, 2) });
  expect(weightsOf(tensorsInto(numbered, two)).size).toBe(2);
  // Layers of one module, whose first has no number.
  const cells = [1, 2].map((i) => node(`gru_${i}`, "gru", { kernel: [2, 6], recurrent_kernel: [2, 6] }));
  const module = Object.fromEntries(
    ["ih_l0", "hh_l0", "ih_l1", "hh_l1"].map((key, i) => [`gru.weight_${key}`, tensor([6, 2], i + 3)]),
  );
  expect(weightsOf(tensorsInto(fileWith(module), cells)).size).toBe(2);
  // Two ways around are a doubt, too.
  const three = [linear("dense_1", 2, 3), linear("dense_2", 3, 3), linear("dense_3", 3, 3)];
  const last = { ...torchLinear("a", 2, 3), ...torchLinear("b", 3, 3), ...torchLinear("c", 3, 3) };
  expect(tensorsInto(fileWith(last), three)).toHaveProperty("refused");
});

test("what a Linear does not divide, `ntk` divides", () => {
  const target = { ...linear("dense_1", 4, 2), args: { parametrization: "ntk" } };
  const given = torchLinear("0", 4, 2);
  const kernel = weightsOf(tensorsInto(fileWith(given), [target]))
    .get("dense_1")
    ?.get("kernel");
  expect(kernel?.data[1 * 2 + 1]).toBeCloseTo(2 * (given["0.weight"]?.data[1 * 4 + 1] ?? 0), 6);
});

test("rows of a Linear behind an image go where its channels are last", () => {
  const number = (shape: readonly number[]) => ({ kind: "number" as const, shape });
  const flat = (shape: readonly number[], before = "x"): readonly TargetNode[] => [
    { ...node(before, "conv1d", {}), inputs: [{ from: "y", type: number([9, 9]) }] },
    { ...node("flatten_1", "flatten", {}), inputs: [{ from: before, type: number(shape) }] },
    { ...node("relu_1", "relu", {}), inputs: [{ from: "flatten_1", type: number([12]) }] },
    { ...linear("dense_1", 12, 2), inputs: [{ from: "relu_1", type: number([12]) }] },
  ];
  const given = torchLinear("0", 12, 2);
  const weight = given["0.weight"]?.data;
  const row = (nodes: readonly TargetNode[], i: number) =>
    weightsOf(tensorsInto(fileWith(given), nodes))
      .get("dense_1")
      ?.get("kernel")?.data[i * 2 + 1];
  // [height 2, width 2, channels 3]: what is at [1, 0], channel 2, is at [2, 1, 0] of PyTorch.
  expect(row(flat([2, 2, 3]), (1 * 2 + 0) * 3 + 2)).toBe(weight?.[12 + (2 * 2 + 1) * 2 + 0]);
  expect(row(flat([4, 3]), 1 * 3 + 2)).toBe(weight?.[12 + 2 * 4 + 1]);
  // Steps of a sequence are in the same order.
  const [, ...others] = flat([4, 3], "lstm_1");
  expect(row([node("lstm_1", "lstm", {}), ...others], 5)).toBe(weight?.[12 + 5]);
});

test("tensors that the layer has no place for are not left out", () => {
  const given = {
    "a.in_proj_weight": tensor([12, 4], 29),
    "a.out_proj.weight": tensor([4, 4], 37),
    "a.bias_k": tensor([1, 1, 4], 41),
  };
  const kernels = { query_kernel: [4, 4], key_kernel: [4, 4], value_kernel: [4, 4], output_kernel: [4, 4] };
  const made = tensorsInto(fileWith(given), [
    node("multi_head_attention_1", "multi_head_attention", kernels),
  ]);
  expect(JSON.stringify(made)).toContain("bias_k");
  expect(made).toHaveProperty("refused");
});

test("tensors over the same bytes and types without a name are refused", () => {
  const withHeader = (header: unknown) => {
    const text = new TextEncoder().encode(JSON.stringify(header));
    const bytes = new Uint8Array(8 + text.length + 8);
    new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
    bytes.set(text, 8);
    return JSON.stringify(tensorsInto(new Map([["a.safetensors", bytes]]), layers));
  };
  const entry = (dtype: unknown, from: number) => ({ dtype, shape: [1], data_offsets: [from, from + 4] });
  expect(withHeader({ a: entry("F32", 0), b: entry("F32", 3) })).toContain(
    "over the same bytes: `a` and `b`",
  );
  expect(withHeader({ a: entry("F32", 0), b: entry("F32", 4) })).not.toContain("over the same bytes");
  expect(withHeader({ a: entry({ toString: 1 }, 0) })).toContain("a type without a name");
});
