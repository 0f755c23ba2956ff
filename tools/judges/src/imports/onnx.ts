// Files of ONNX that have to be read, by what writes them.

import type { MustBeRead } from "./must-be-read.ts";

const SCIKIT = [
  "MLPRegressor",
  "MLPRegressor in a pipeline with StandardScaler",
  "MLPRegressor in a pipeline with MinMaxScaler",
  "MLPClassifier of two classes",
  "MLPClassifier of three classes",
  "MLPClassifier of words in a pipeline with StandardScaler",
  "LogisticRegression of three classes",
  "LogisticRegression of two classes",
  "LinearRegression",
  "MLPClassifier of words with a map of shares",
];

const LIGHT = [
  "light_densenet121",
  "light_inception_v2",
  "light_resnet50",
  "light_squeezenet",
  "light_vgg19",
];

/** And Keras, which writes its files by PyTorch. */
const PYTORCH = [
  "MLP with dropout",
  "MLP with batch norm",
  "activations",
  "gates",
  "CNN with batch norm and pooling",
  "CNN, strides, dilations, groups",
  "CNN of sequences",
  "residual block",
  "depthwise separable with squeeze and excitation",
  "autoencoder of images",
  "LSTM, last step",
  "LSTM of two layers, last state",
  "LSTM both ways, all steps",
  "LSTM both ways, both states",
  "GRU, steps first",
  "GRU, last step",
  "RNN with relu",
  "transformer encoder",
  "layer norm",
  "RMS norm",
  "multi-head attention",
  "multi-head attention with a causal mask",
  "attention by hand",
  "embedding",
  "MLP with a normalisation",
  "CNN with separable convolution",
];

/** Of the tests of onnx 1.23.2. */
const TESTS = {
  "tests of single operations": 297,
  "modules of an early PyTorch": 61,
  "operations of an early PyTorch": 13,
  "tests of small graphs": 3,
};

export function onnxToRead(withPyTorch: boolean): MustBeRead {
  return { models: [...SCIKIT, ...LIGHT, ...(withPyTorch ? PYTORCH : [])], tests: TESTS };
}
