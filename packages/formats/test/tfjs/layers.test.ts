// Layers that TensorFlow.js has, in small networks with weights of a training, as it computes them; what it has not is named.

import { expect, test } from "@jest/globals";
import { formats } from "@netwright/formats";
import { noise, portable } from "../portable.ts";
import { answered, apart } from "./run.ts";

const data = Array.from({ length: 64 }, (_, i) => ({
  ...Object.fromEntries(Array.from({ length: 24 }, (_, j) => [`x${j}`, noise(i, 3 + 2 * j) * 4 - 2])),
  y: noise(i, 5) * 10,
}));

const fileOf = (flow: string) => `netwright 1
data t { source: "t.csv", target: y }
model { ${flow} }
train { loss: mse, optimizer: adam(0.01), epochs: 2, batch: 16 }
`;

test.each([
  "dense(5, tanh, use_bias: false, parametrization: ntk) -> dense(1)",
  "residual(project: dense) { dense(6, swish) -> dropout(0.2) } -> batch_norm -> layer_norm -> dense(1)",
  "parallel { a { dense(3, relu) } b { dense(3, elu) } c { dense(3, leaky_relu) } } -> average -> dense(1)",
  "parallel { a { dense(4, hard_sigmoid) } b { dense(4) -> relu(max_value: 1) -> prelu } } -> multiply -> dense(1)",
  "parallel { a { dense(2, selu) } b { dense(2, gelu) } c { dense(2, mish) -> softmax } d { dense(3, relu6) -> softsign } } -> concat -> dense(1)",
  "reshape([4, 6, 1]) -> conv2d(3, 3, padding: same, activation: relu) -> max_pooling2d(2) -> conv2d(2, [1, 2], strides: [2, 1]) -> flatten -> dense(1)",
  "reshape([4, 3, 2]) -> depthwise_conv2d(2, depth_multiplier: 2, activation: elu) -> separable_conv2d(3, 2, padding: same) -> average_pooling2d(2, padding: same) -> global_average_pooling2d -> dense(1)",
  "reshape([12, 2]) -> conv1d(3, 3, padding: same, dilation_rate: 2) -> average_pooling1d(3, strides: 2, padding: same) -> global_max_pooling1d -> dense(1)",
  "reshape([4, 3, 2]) -> random_crop(3, 2) -> zero_padding2d([1, 2]) -> random_crop(4, 3) -> flatten -> dense(1)",
  "reshape([2, 3, 4]) -> conv_transpose2d(3, 3, strides: 2, padding: same) -> upsampling2d(2) -> cropping2d([[1, 0], [2, 1]]) -> zero_padding2d([1, 2]) -> flatten -> dense(1)",
  "reshape([6, 4]) -> simple_rnn(3, return_sequences: true) -> lstm(3, return_sequences: true) -> gru(3, reset_after: false, go_backwards: true) -> dense(1)",
  "reshape([6, 4]) -> permute([2, 1]) -> flatten -> dense(2) -> repeat_vector(3) -> lstm(2, recurrent_activation: sigmoid) -> dense(1)",
])("%s", async (flow) => {
  const model = await portable(fileOf(flow), data);
  const { difference } = apart(model, await answered(model, model.samples.rows));
  expect(difference).toBeLessThan(1e-5);
});

test.each([
  ["dense(4) -> glu -> dense(1)", "Layer `glu_1`", "is a `glu`, which Keras has no layer of"],
  [
    "reshape([6, 4]) -> multi_head_attention(2) -> flatten -> dense(1)",
    "Layer `multi_head_attention_1`",
    "is a `multi_head_attention`, which TensorFlow.js has no layer of",
  ],
  [
    "reshape([6, 4]) -> gru(2) -> dense(1)",
    "Layer `gru_1`",
    "resets behind its product, `reset_after: true`, which TensorFlow.js refuses",
  ],
  [
    "dense(4, elu(0.5)) -> dense(1)",
    "Layer `dense_1`",
    "has an `elu` with another `alpha` than 1, which TensorFlow.js has no form of",
  ],
  [
    "reshape([12, 2]) -> conv1d(3, 3, padding: causal) -> flatten -> dense(1)",
    "Layer `conv1d_1`",
    "is causal, which TensorFlow.js has no form of",
  ],
  [
    "reshape([12, 2]) -> conv_transpose1d(2, 2, dilation_rate: 11) -> flatten -> dense(1)",
    "Layer `conv_transpose1d_1`",
    "has an `output_padding` or a `dilation_rate`, which TensorFlow.js passes over",
  ],
  [
    "dense(4, exponential) -> dense(1)",
    "Layer `dense_1`",
    "has the activation `exponential`, which TensorFlow.js has not",
  ],
])("%s is refused", async (flow, what, why) => {
  const write = await formats.tfjs.load();
  expect(await write(await portable(fileOf(flow), data), {})).toEqual({
    refused: [{ of: "layer", what, why }],
  });
});
