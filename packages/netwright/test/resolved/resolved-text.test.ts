// A file written out in full means the same as the file: the same program for the same data, and itself again.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "@jest/globals";
import { lower } from "@netwright/compiler";
import { print } from "@netwright/ir";
import { analyze, format, type Model } from "@netwright/lang";
import { catalog, resolvedText } from "netwright";
import { host } from "../concrete.ts";

function modelOf(text: string): Model {
  const { model, diagnostics } = analyze({ file: "x.net", text }, { catalog, host });
  if (model === undefined || diagnostics.length > 0)
    throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  return model;
}

const example = (name: string) =>
  readFileSync(fileURLToPath(new URL(`../../../../examples/concrete/${name}`, import.meta.url)), "utf8");

const features = `netwright 1
param rate = 0.25
block pair(units, act = relu) {
  dense(units, kernel_regularizer: l1_l2(1e-5, 1e-3))
  act
  if rate > 0.2 { dropout(rate) } else { tanh }
}
model {
  input(6)
  repeat 2 { pair(8, leaky_relu(0.3)) }
  residual { dense(8, gelu, use_bias: false) }
  residual(project: dense(use_bias: false)) { dense(4, elu(alpha: 0.5)) }
  parallel {
    a { dense(3, kernel_initializer: constant(0.1)) }
    b { pair(3) }
  } -> multiply
  dense(2)
}
train {
  loss: huber(2)
  optimizer: rmsprop(momentum: 0.5)
  stop: early(3)
}
`;

const sharing = `netwright 1
block pair(units) { dense(units, relu) -> shared(inner) }
block inner { residual { dense(6, relu) } }
model {
  input(6)
  parallel {
    left { shared(pair(6)) }
    right { dense(6, relu) -> shared(pair(6)) -> shared(inner) }
    skip { }
  } -> concat
  repeat 2 { shared(dense(18, tanh)) }
  dense(2)
}
train { loss: mse }
`;

const sequence = `netwright 1
model {
  input(20, below: 1000)
  embedding(8)
  parallel { a { conv1d(4, 3, padding: same, activation: relu) } b { simple_rnn(4, return_sequences: true) } } -> average
  flatten -> batch_norm
  dense(2)
}
train { loss: mse }
`;

const stages = `netwright 1
model { input(6) -> dense(4, relu) -> dropout(cosine(0.3, decay_steps: 9)) -> batch_norm -> dense(2) }
train {
  optimizer: adamw(weight_decay: piecewise_constant(boundaries: [3], values: [0.01, 0]))
  clip_norm_each: 0.5
  mixup: 0.4
  learning_rate_factors { bias: 10% }
  weight_decay_factors { bias: 0, scale: 0.5 }
}
`;

test.each([
  ["concrete.net", example("concrete.net")],
  ["concrete-activation-layers.net", example("concrete-activation-layers.net")],
  ["concrete-swish.net", example("concrete-swish.net")],
  ["every kind of step", features],
  ["shared weights", sharing],
  ["indices and sequences", sequence],
  ["factors and clips", stages],
])("%s", (_, text) => {
  const model = modelOf(text);
  const resolved = resolvedText(model);
  const again = modelOf(resolved);
  const sizes = { step: [16], evaluate: [5], predict: [1] };
  expect(print(lower(again, sizes))).toBe(print(lower(model, sizes)));
  expect(resolvedText({ ...again, params: model.params })).toBe(resolved);
  expect(format(resolved).text).toBe(resolved);
  expect(resolved).toMatchSnapshot();
});
