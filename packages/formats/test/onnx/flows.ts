// Every layer that ONNX carries, in a small network each, and rows to train it with.

import { noise } from "../portable.ts";

export const data = Array.from({ length: 64 }, (_, i) => ({
  ...Object.fromEntries(Array.from({ length: 24 }, (_, j) => [`x${j}`, noise(i, 3 + 2 * j) * 4 - 2])),
  y: noise(i, 5) * 10,
}));

export const flows = [
  "dense(5, relu) -> dense(1)",
  "dense(5, tanh, use_bias: false, parametrization: ntk) -> dense(1)",
  "residual(project: dense) { dense(6, swish) } -> dense(1)",
  "parallel { a { dense(3, relu) } b { dense(3) } } -> concat -> dense(1)",
  "parallel { a { dense(3, relu) } b { dense(3) } } -> multiply -> dense(1)",
  "parallel { a { dense(3, relu) } b { dense(3) } c { dense(3) } } -> average -> dropout(0.2) -> dense(1)",
  "highway -> dense(1)",
  "dense(6) -> glu -> dense(4) -> swiglu -> dense(1)",
  "dense(6) -> maxout(3) -> dense(1)",
  "dense(4) -> prelu -> learned_scale -> parametric_activation(selu) -> dense(1)",
  "dense(4) -> batch_norm -> layer_norm -> rms_norm -> dense(1)",
  "reshape([4, 6]) -> batch_norm -> batch_norm(axis: 1) -> layer_norm(axis: 1) -> layer_norm(axis: [1, 2]) -> unit_norm -> flatten -> dense(1)",
  "reshape([4, 6]) -> group_norm(groups: 2) -> rms_norm(axis: 1) -> prelu(shared_axes: 1) -> flatten -> dense(1)",
  "reshape([4, 6, 1]) -> conv2d(3, 3, padding: same, activation: relu) -> max_pooling2d(2) -> conv2d(2, [1, 2], strides: [2, 1]) -> flatten -> dense(1)",
  "reshape([4, 3, 2]) -> conv2d(4, 3, padding: same, strides: 2, groups: 2) -> batch_norm -> flatten -> dense(1)",
  "reshape([12, 2]) -> conv1d(3, 3, padding: causal, dilation_rate: 2) -> average_pooling1d(3, strides: 2, padding: same) -> conv1d(2, 2) -> global_max_pooling1d -> dense(1)",
  "reshape([12, 2]) -> conv1d(3, 4, padding: same, dilation_rate: 2, activation: softmax) -> max_pooling1d(2, padding: same) -> global_average_pooling1d(keepdims: true) -> flatten -> dense(1)",
  "reshape([4, 3, 2]) -> depthwise_conv2d(2, depth_multiplier: 2, activation: elu) -> separable_conv2d(3, 2, padding: same, depth_multiplier: 2) -> average_pooling2d(2, padding: same) -> global_average_pooling2d -> dense(1)",
  "reshape([12, 2]) -> depthwise_conv1d(3) -> separable_conv1d(3, 3, padding: causal) -> global_average_pooling1d -> dense(1)",
  "reshape([2, 3, 4]) -> conv_transpose2d(3, 3, strides: 2, padding: same) -> conv_transpose2d(2, 2, strides: 3) -> flatten -> dense(1)",
  "reshape([6, 4]) -> conv_transpose1d(3, 4, strides: 2, output_padding: 1) -> conv_transpose1d(3, 2, dilation_rate: 2, padding: same) -> flatten -> dense(1)",
  "reshape([4, 3, 2]) -> random_crop(3, 2) -> zero_padding2d([1, 2]) -> random_crop(4, 3) -> flatten -> dense(1)",
  "reshape([2, 3, 4]) -> upsampling2d([2, 3]) -> upsampling2d(2, interpolation: bilinear) -> cropping2d([[1, 0], [2, 1]]) -> zero_padding2d([1, 2]) -> conv2d(2, 3) -> flatten -> dense(1)",
  "reshape([6, 4]) -> upsampling1d(2) -> cropping1d([1, 2]) -> zero_padding1d -> permute([2, 1]) -> slice(1, -1, axis: 1) -> flatten -> dense(1)",
  "reshape([6, 4]) -> simple_rnn(3, return_sequences: true) -> simple_rnn(3, relu, go_backwards: true, return_sequences: true) -> simple_rnn(2) -> dense(1)",
  "reshape([6, 4]) -> lstm(3, return_sequences: true) -> lstm(3, softsign, recurrent_activation: hard_sigmoid, go_backwards: true) -> dense(1)",
  "reshape([6, 4]) -> gru(3, return_sequences: true) -> gru(3, reset_after: false, return_sequences: true) -> gru(3, go_backwards: true, use_bias: false) -> dense(1)",
  "reshape([6, 4]) -> bidirectional(lstm(3, return_sequences: true)) -> bidirectional(gru(3), merge_mode: sum) -> dense(1)",
  "reshape([6, 4]) -> bidirectional(simple_rnn(3, return_sequences: true), merge_mode: ave) -> bidirectional(lstm(2), merge_mode: mul) -> dense(1)",
  "dense(4) -> repeat_vector(5) -> sine_position_encoding -> multi_head_attention(2) -> flatten -> dense(1)",
  "reshape([6, 4]) -> position_embedding -> residual { multi_head_attention(2, key_dim: 6, rotary: true, causal: true) } -> layer_norm -> residual { dense(8, gelu) -> dense(4) } -> flatten -> dense(1)",
  "reshape([6, 4]) -> multi_head_attention(4, key_dim: 4, value_dim: 3, num_key_value_heads: 2, use_bias: false, output_shape: 5) -> global_average_pooling1d -> dense(1)",
];

export const fileOf = (flow: string) => `netwright 1
data t { source: "t.csv", target: y }
model { ${flow} }
train { loss: mse, optimizer: adam(0.01), epochs: 2, batch: 16 }
`;
