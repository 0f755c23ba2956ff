// Each layer that is written, in a small network with weights of a training, as ONNX Runtime computes it.

import { expect, test } from "@jest/globals";
import { definitions } from "@netwright/compiler";
import { ACTIVATION_NAMES, type ActivationName } from "../../src/model/layer-names.ts";
import { activations as written } from "../../src/onnx/activations.ts";
import { layerRules } from "../../src/onnx/layers/table.ts";
import { portable } from "../portable.ts";
import { data, fileOf, flows } from "./flows.ts";
import { checked } from "./run.ts";

test.each(flows)("%s", async (flow) => {
  const report = await checked(await portable(fileOf(flow), data));
  expect(report).toMatchObject({ kind: "checked", predictions: 40, taken: 0 });
  expect(report.difference).toBeLessThan(1e-5);
});

/** With arguments that are not their defaults, where they have some. */
const stated: Readonly<Partial<Record<ActivationName, string>>> = {
  relu: "relu(max_value: 1, negative_slope: 0.1, threshold: 0.2)",
  elu: "elu(0.5)",
  celu: "celu(0.7)",
  hard_shrink: "hard_shrink(0.4)",
  soft_shrink: "soft_shrink(0.4)",
  squareplus: "squareplus(3)",
};
const activations = ACTIVATION_NAMES.map((name) => stated[name] ?? name);

test("every activation, as an argument and as a layer", async () => {
  const halves = [activations.filter((_, i) => i % 2 === 0), activations.filter((_, i) => i % 2 === 1)];
  for (const half of halves) {
    const branches = half
      .map((name, i) => `b${i} { dense(4, ${name}) } c${i} { dense(4) -> ${name} }`)
      .join(" ");
    const report = await checked(
      await portable(fileOf(`parallel { ${branches} } -> concat -> dense(1)`), data),
    );
    expect(report.difference).toBeLessThan(1e-5);
  }
});

test("every layer and activation has a rule, but for those that docs/export.md names", () => {
  const layers = [...definitions.layer.keys()];
  expect(layers.filter((name) => !layerRules.has(name) && !written.has(name)).sort()).toEqual([
    "masking",
    "member_dense",
    "member_scale",
    "members",
    "periodic_embedding",
    "piecewise_linear_embedding",
  ]);
  expect([...layerRules.keys()].filter((name) => !layers.includes(name))).toEqual([]);
  expect([...written.keys()].sort()).toEqual([...definitions.activation.keys()].sort());
});
