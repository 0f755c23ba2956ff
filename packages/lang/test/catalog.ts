// A small catalog for the tests of the language: enough definitions of each family to meet every rule.

import {
  type Catalog,
  choice,
  type Definition,
  flag,
  instance,
  integer,
  type LayerSignature,
  list,
  optional,
  type Params,
  real,
  text,
} from "../src/index.ts";

function named<T extends Definition>(...definitions: T[]): Map<string, T> {
  return new Map(definitions.map((definition) => [definition.name, definition]));
}

function define(name: string, params: Params = {}): Definition {
  return { name, doc: `The ${name} of the tests.`, params };
}

const activations = named(
  define("relu"),
  define("swish"),
  define("tanh"),
  define("linear"),
  define("leaky_relu", { slope: real({ doc: "Slope below zero.", default: 0.01, min: 0 }) }),
);

const same = (input: readonly number[]): readonly number[] => input;
const product = (sizes: readonly number[]): number => sizes.reduce((a, b) => a * b, 1);

const dense: LayerSignature = {
  name: "dense",
  doc: "Fully connected.",
  params: {
    units: integer({ doc: "Number of outputs.", min: 1 }),
    activation: instance({ family: "activation", doc: "Applied to each output.", default: "linear" }),
    use_bias: flag({ doc: "Whether a bias is added.", default: true }),
    kernel_initializer: instance({ family: "initializer", doc: "Start values.", default: "glorot_uniform" }),
    kernel_regularizer: optional(instance({ family: "regularizer", doc: "Penalty on the kernel." })),
  },
  outputShape: (input, { units }) => [...input.slice(0, -1), Number(units)],
};

const layers: LayerSignature[] = [
  dense,
  {
    ...define("dropout", { rate: real({ doc: "Share of values that are dropped.", min: 0, below: 1 }) }),
    outputShape: same,
  },
  {
    ...define("activation", { function: instance({ family: "activation", doc: "The function." }) }),
    outputShape: same,
  },
  { ...define("flatten"), outputShape: (input) => [product(input)] },
  {
    ...define("pool", {
      size: integer({ doc: "Side of the window.", min: 1 }),
      mode: choice({ doc: "What is taken from a window.", values: ["max", "average"], default: "max" }),
      axes: list(integer({ doc: "An axis.", min: 0 }), { doc: "Axes to pool over." }),
      label: text({ doc: "A label.", default: "" }),
    }),
    outputShape: (input) =>
      input.length === 3
        ? input
        : { problem: `pool takes images of 3 sizes, found ${input.length}`, note: "Use `input(28, 28, 1)`." },
  },
  ...[...activations.values()].map((activation) => ({ ...activation, outputShape: same })),
];

export const catalog: Catalog = {
  layer: named(...layers),
  definitions: {
    activation: activations,
    initializer: named(define("glorot_uniform"), define("he_normal"), define("zeros")),
    regularizer: named(
      define("l1", { strength: real({ doc: "Strength.", default: 0.01, min: 0 }) }),
      define("l2", { strength: real({ doc: "Strength.", default: 0.01, min: 0 }) }),
    ),
    loss: named(
      define("mse"),
      define("mae"),
      define("huber", { delta: real({ doc: "Delta.", default: 1, above: 0 }) }),
    ),
    optimizer: named(
      define("adam", { learning_rate: real({ doc: "Size of a step.", default: 0.001, above: 0 }) }),
      define("sgd", {
        learning_rate: real({ doc: "Size of a step.", default: 0.01, above: 0 }),
        nesterov: flag({ doc: "Look ahead.", default: false }),
      }),
    ),
    stop: named(define("early", { patience: integer({ doc: "Epochs to wait.", default: 10, min: 1 }) })),
    encoder: named(define("zscore"), define("minmax"), define("log1p"), define("none")),
  },
  metrics: new Set(["mae", "rmse", "r2", "mape", "max_error"]),
};

/** Headers of the data files that the specs name; any other file is missing. */
export const headers: ReadonlyMap<string, readonly string[]> = new Map([
  [
    "concrete.csv",
    [
      "Cement",
      "BlastFurnaceSlag",
      "FlyAsh",
      "Water",
      "Superplasticizer",
      "CoarseAggregate",
      "FineAggregate",
      "Age",
      "CompressiveStrength",
    ],
  ],
  ["two.csv", ["x", "Fly Ash", "y", "z"]],
  ["target-only.csv", ["y"]],
]);
