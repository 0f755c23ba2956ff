// Of every layer whether padding stays padding behind it: a mean over the steps shows it, as it asks for the mask only where there is
// one. Keras is the measure (`supports_masking` and `compute_mask` of its layers).

import { expect, test } from "@jest/globals";
import { activations, layers, lower } from "@netwright/compiler";
import { compiled, modelOf } from "./support.ts";

/** Steps that are padding stay so. */
const KEEPS: readonly string[] = [
  "dense(3)",
  "simple_rnn(3, return_sequences: true)",
  "lstm(3, return_sequences: true)",
  "gru(3, return_sequences: true)",
  "bidirectional(lstm(3, return_sequences: true))",
  "multi_head_attention(2)",
  "sine_position_encoding",
  "position_embedding",
  "batch_norm",
  "batch_norm(axis: 1)",
  "layer_norm",
  "layer_norm(axis: 2)",
  "layer_norm(axis: 1)",
  "group_norm(2)",
  "rms_norm",
  "rms_norm(axis: 2)",
  "unit_norm",
  "unit_norm(axis: 2)",
  "learned_scale",
  "activation(relu)",
  "parametric_activation(selu)",
  "prelu",
  "glu",
  "swiglu",
  "highway",
  "maxout(2)",
  "dropout(20%)",
  "gaussian_noise(0.1)",
  "gaussian_dropout(20%)",
  "alpha_dropout(20%)",
  "spatial_dropout(20%)",
  "slice(0, 2)",
  "slice(0, 2, axis: 2)",
  "slice(1, 3, axis: 1)",
  ...["concat", "add", "average", "multiply"].map((join) => `parallel { a { } b { dense(4) } } -> ${join}`),
  ...[...activations.keys()].filter((name) => layers.has(name)),
];

/** Behind them every step counts. */
const ENDS: readonly string[] = [
  "conv1d(3, 2)",
  "depthwise_conv1d(2)",
  "separable_conv1d(3, 2)",
  "conv_transpose1d(3, 2)",
  "max_pooling1d(2)",
  "average_pooling1d(2)",
  "upsampling1d(2)",
  "zero_padding1d(1)",
  "cropping1d(1)",
  "flatten -> reshape([6, 4])",
  "reshape([6, 4])",
  "permute([2, 1])",
  "global_max_pooling1d -> reshape([2, 2])",
  "global_max_pooling1d -> repeat_vector(3)",
  ...["concat", "add", "average", "multiply"].map(
    (join) => `parallel { a { } b { conv1d(4, 1) } } -> ${join}`,
  ),
];

/** What takes no steps, what begins a mask, and what is behind every flow here. */
const OTHERS: readonly string[] = [
  ...[...layers.keys()].filter((name) => name.endsWith("2d")),
  "embedding",
  "masking",
  "global_average_pooling1d",
  "periodic_embedding",
  "piecewise_linear_embedding",
  "members",
  "member_scale",
  "member_dense",
  "random_flip",
  "random_translation",
  "random_rotation",
  "random_crop",
];

function reaches(flow: string): boolean {
  const model = modelOf({
    input: "6, below: 9",
    flow: `embedding(4, mask_zero: true)\n ${flow}\n global_average_pooling1d`,
  });
  const { functions } = lower(model, { predict: [2] });
  return functions.some(({ body }) =>
    body.some(({ name, attributes }) => name === "compare" && JSON.stringify(attributes).includes('"NE"')),
  );
}

test.each(KEEPS)("padding stays padding behind %s", (flow) => {
  expect(reaches(flow)).toBe(true);
});

test.each(ENDS)("every step counts behind %s", (flow) => {
  expect(reaches(flow)).toBe(false);
});

test("that is said of all layers", () => {
  const said = new Set([...KEEPS, ...ENDS, ...OTHERS].flatMap((flow) => flow.match(/[a-z]\w*/g) ?? []));
  expect([...layers.keys()].filter((name) => !said.has(name))).toEqual([]);
});

async function outputs(flow: string, steps: number, words: readonly number[]): Promise<readonly number[]> {
  const executable = await compiled(
    { input: `${steps}, below: 9`, flow: `embedding(4, mask_zero: true)\n ${flow}` },
    { step: [1], predict: [1] },
  );
  executable.init(7);
  return [...executable.predict({ rows: 1, feeds: { x: Int32Array.from(words) } })];
}

test.each([
  "spatial_dropout(20%)\n lstm(3)",
  "layer_norm(axis: 2)\n lstm(3)",
  "rms_norm(axis: 2)\n lstm(3)",
  "slice(0, 3, axis: 2)\n lstm(3)",
  // The mask is cut with the steps.
  "slice(1, 3, axis: 1)\n lstm(3)",
])("%s gives behind padding what it gives without", async (flow) => {
  const expected = await outputs(flow, 3, [5, 2, 8]);
  const found = await outputs(flow, 5, [5, 2, 8, 0, 0]);
  for (const [i, value] of expected.entries()) expect(found[i]).toBeCloseTo(value, 5);
});

test("batch_norm takes mean and variance of the steps that are there", async () => {
  const model = {
    input: "3, 2",
    flow: "masking\n batch_norm(momentum: 0)\n global_average_pooling1d",
    train: "loss: mse\n optimizer: sgd(learning_rate: 1e-30)",
  };
  const executable = await compiled(model, { step: [2] });
  executable.init(1);
  // Of the steps that are there the first numbers are 1, 3, 8, the others 2, 2, 5: means 4 and 3, variances 26 / 3 and 2.
  const x = Float32Array.of(1, 2, 3, 2, 0, 0, 8, 5, 0, 0, 0, 0);
  executable.step({ rows: 2, feeds: { x, y: new Float32Array(4) } });
  const state = executable.readState();
  const near = (name: string, expected: readonly number[]) => {
    const found = [...(state.get(`batch_norm_1.${name}`) ?? [])];
    expect(found).toHaveLength(expected.length);
    for (const [i, value] of expected.entries()) expect(found[i]).toBeCloseTo(value, 5);
  };
  near("moving_mean", [4, 3]);
  near("moving_variance", [26 / 3, 2]);
});
