// Dense networks with a column of every kind that hosts of formulas carry, and the activations that all of them compute.

import { noise } from "./portable.ts";

export const data = Array.from({ length: 120 }, (_, i) => ({
  n: noise(i, 3) < 0.1 ? null : Math.round(noise(i, 5) * 1000) / 10,
  count: Math.round(noise(i, 7) * 20),
  long: noise(i, 11) ** 3 * 1000,
  clip: noise(i, 19) ** 4 * 100,
  flag: noise(i, 19) < 0.5 ? "yes" : "no",
  "it's": noise(i, 23) < 0.1 ? "" : ["red", "o'blue", "green"][i % 3],
  place: ["A", "B", "C", "D"][(i * 5) % 4],
  kind: ["one", "two", "three"][(i * 11) % 3],
  y: noise(i, 5) * 10 + (i % 3) + noise(i, 13),
  two: noise(i, 5) + noise(i, 13) > 1 ? "good" : "bad",
}));

export const fileOf = (flow: string, target = "y", loss = "mse", more = "") => `netwright 1
data t { source: "t.csv", target: ${target}, features: [n, count, long, clip, flag, "it's", place, kind]
  columns {
    n: number(unit: "kg", min: 0, max: 200, missing: mean(indicator: true))
    count: integer(min: 0, max: 30, scale: minmax)
    long: number(scale: log1p)
    clip: number(scale: smooth_clip)
    flag: boolean
    "it's": category(encoder: one_hot(unknown: other), missing: own_class)
    place: category(encoder: target_mean)
    kind: category(encoder: one_hot(unknown: missing), missing: most_frequent(indicator: true))
    ${more}
  }
}
model { ${flow} }
train { loss: ${loss}, optimizer: adam(0.01), epochs: 2, batch: 16 }
`;

export const activations = [
  "relu(max_value: 1, negative_slope: 0.1, threshold: 0.2)",
  "relu6",
  "elu(0.5)",
  "celu(0.7)",
  "selu",
  "swish",
  "sigmoid",
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
];
