// The weights as PyTorch has them, and a header as the format's own reader wants it.

import { expect, test } from "@jest/globals";
import type { FormatFile } from "@netwright/formats";
import { readSafetensors, type ShapedTensor } from "@netwright/runtime";
import { exportModel, train } from "netwright";

const rows = Array.from({ length: 40 }, (_, i) => ({ a: (i * 37) % 11, b: (i * 53) % 7, y: (i * 29) % 13 }));

async function exported(model: string) {
  const source = `netwright 1
data t { source: "t.csv", target: y }
model { ${model} }
train { loss: mse, optimizer: adam(0.01), epochs: 2, batch: 16 }
`;
  const trained = await train(source, { data: rows, backend: "reference" });
  const files = await exportModel(trained.bundle, "safetensors");
  return { files, weights: trained.bundle.model.weights, ...opened(files) };
}

function opened([file]: readonly FormatFile[]) {
  if (file === undefined) throw new Error("no file");
  const read = readSafetensors(file.content, file.name);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return { name: file.name, content: file.content, ...read.value };
}

const at = ({ shape, data }: ShapedTensor, ...place: number[]): number | undefined =>
  data[place.reduce((sum, index, d) => sum * (shape[d] ?? 1) + index, 0)];

test("dense layers are Linear, and normalisations have running statistics", async () => {
  const { tensors, weights, content, name, metadata } = await exported(
    "dense(3, relu) -> batch_norm -> dense(1)",
  );
  expect(name).toBe("model.safetensors");
  expect([...tensors.keys()].sort()).toEqual([
    "batch_norm_1.bias",
    "batch_norm_1.running_mean",
    "batch_norm_1.running_var",
    "batch_norm_1.weight",
    "dense_1.bias",
    "dense_1.weight",
    "dense_2.bias",
    "dense_2.weight",
  ]);
  const [kernel, weight] = [weights.get("dense_1.kernel"), tensors.get("dense_1.weight")];
  if (kernel === undefined || weight === undefined) throw new Error("no kernel");
  expect(weight.shape).toEqual([3, 2]);
  for (let i = 0; i < 2; i++) for (let j = 0; j < 3; j++) expect(at(weight, j, i)).toBe(at(kernel, i, j));
  expect(tensors.get("batch_norm_1.running_mean")?.data).toEqual(
    weights.get("batch_norm_1.moving_mean")?.data,
  );
  // A multiple of 8, padded with spaces: the format's reader takes no other padding.
  const length = Number(new DataView(content.buffer).getBigUint64(0, true));
  expect(length % 8).toBe(0);
  const header = new TextDecoder().decode(content.subarray(8, 8 + length));
  expect(header.trimEnd().endsWith("}")).toBe(true);
  const contract: unknown = JSON.parse(metadata["netwright.contract"] ?? "");
  expect(contract).toMatchObject({
    format: "netwright-contract",
    version: 1,
    inputs: [
      { name: "a", coding: { kind: "steps", steps: [{ kind: "subtract" }, { kind: "divide" }] } },
      { name: "b" },
    ],
    outputs: { kind: "numbers", columns: [{ name: "y", inverse: [{ kind: "multiply" }, { kind: "add" }] }] },
  });
});

test("convolutions have channels before the window", async () => {
  const { tensors, weights } = await exported(
    "reshape([1, 2, 1]) -> conv2d(2, 1) -> depthwise_conv2d(1, depth_multiplier: 3) -> flatten -> dense(1)",
  );
  expect(tensors.get("conv2d_1.weight")?.shape).toEqual([2, 1, 1, 1]);
  const own = tensors.get("depthwise_conv2d_1.weight");
  expect(own?.shape).toEqual([6, 1, 1, 1]);
  expect(own?.data).toEqual(weights.get("depthwise_conv2d_1.kernel")?.data);
});

test("recurrent layers have the blocks of PyTorch", async () => {
  const { tensors, weights } = await exported(
    "reshape([2, 1]) -> gru(2, return_sequences: true) -> lstm(2) -> dense(1)",
  );
  const [gru, kernel] = [tensors.get("gru_1.weight_ih_l0"), weights.get("gru_1.kernel")];
  const bias = [tensors.get("gru_1.bias_hh_l0"), weights.get("gru_1.bias")] as const;
  if (gru === undefined || kernel === undefined || bias[0] === undefined || bias[1] === undefined)
    throw new Error("none");
  expect(gru.shape).toEqual([6, 1]);
  // Ours are z r h, PyTorch's r z n.
  for (const [own, theirs] of [
    [2, 0],
    [3, 1],
    [0, 2],
    [1, 3],
    [4, 4],
    [5, 5],
  ] as const) {
    expect(at(gru, theirs, 0)).toBe(at(kernel, 0, own));
    expect(at(bias[0], theirs)).toBe(at(bias[1], 1, own));
  }
  expect(tensors.get("lstm_1.bias_hh_l0")?.data).toEqual(new Float32Array(8));
  expect(tensors.get("lstm_1.weight_hh_l0")?.shape).toEqual([8, 2]);
});

test.each([
  ["highway", "highway_1.transform_kernel"],
  ["dense(2, parametrization: ntk)", "dense_1.kernel"],
  ["reshape([2, 1]) -> gru(2, reset_after: false, use_bias: false)", "gru_1.recurrent_kernel"],
  ["reshape([2, 1]) -> lstm(2, recurrent_activation: hard_sigmoid)", "lstm_1.kernel"],
])("%s, which PyTorch has not, keeps its names, and says so", async (flow, tensor) => {
  const { tensors, metadata } = await exported(`${flow} -> dense(1)`);
  const [name = ""] = tensor.split(".");
  expect([...tensors.keys()]).toContain(tensor);
  expect(JSON.parse(metadata["netwright.layers"] ?? "[]")).toContainEqual(
    expect.objectContaining({ name, layer: name.replace("_1", ""), module: null }),
  );
});
