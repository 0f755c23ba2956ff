import { expect, test } from "@jest/globals";
import { analyze, type Model } from "@netwright/lang";
import { catalog, diffModels } from "netwright";

const host = { readFile: () => undefined, columns: () => ["a", "b", "y"] };

function modelOf(flow: string, train = "loss: mae"): Model {
  const text = `netwright 1\ndata d {\n source: "d.csv"\n target: y\n columns { a: number(min: 0) }\n}
model {\n${flow}\n}\ntrain {\n${train}\n}\n`;
  const { model, diagnostics } = analyze({ file: "d.net", text }, { catalog, host });
  if (model === undefined) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  return model;
}

const changesOf = (before: string, after: string) =>
  diffModels(modelOf(before), modelOf(after)).layers.map(({ change, before: a, after: b }) => [
    change,
    a?.call ?? null,
    b?.call ?? null,
  ]);

test("another spelling of the same is equal", () => {
  const blocks = modelOf("repeat 2 { dense(units: 4, activation: relu, use_bias: true) }\ndense(outputs)");
  expect(diffModels(modelOf("dense(4, relu) -> dense(4, relu) -> dense(1)"), blocks).equal).toBe(true);
});

test("a changed learning rate is one setting; a contract is one for each column", () => {
  const before = modelOf("dense(1)", "loss: mae\noptimizer: adam(1e-3)");
  const after = modelOf("dense(1)", "loss: mae\noptimizer: adam(2e-3)\nstop: early(3)");
  const { equal, settings, layers } = diffModels(before, after);
  expect(equal).toBe(false);
  expect(settings).toEqual([
    { path: "train.optimizer.learning_rate", before: "0.001", after: "0.002" },
    { path: "train.stop", before: "none", after: "early" },
    { path: "train.stop.patience", before: null, after: "3" },
    { path: "train.stop.min_delta", before: null, after: "0" },
  ]);
  expect(layers.map(({ change }) => change)).toEqual(["same"]);
  const data = before.data;
  const without = diffModels(before, { ...before, data: data && { ...data, columns: {} } });
  expect(without.settings).toEqual([
    { path: "data.columns.a", before: "number(min: 0, clamp: false)", after: null },
  ]);
});

test("factors are settings by role, which a file without them does not have", () => {
  const before = modelOf("dense(1)", "optimizer: adamw");
  const after = modelOf(
    "dense(1)",
    "optimizer: adamw\nlearning_rate_factors { bias: 0.1 }\nclip_norm_each: 2\nmixup: 0.4",
  );
  expect(diffModels(before, after).settings).toEqual([
    { path: "train.clip_norm_each", before: null, after: "2" },
    { path: "train.mixup", before: null, after: "0.4" },
    { path: "train.learning_rate_factors.bias", before: null, after: "0.1" },
  ]);
});

test("an inserted layer leaves its neighbours the same, under their new names", () => {
  const { layers, weights, totals } = diffModels(
    modelOf("dense(4, relu) -> dense(4) -> dense(1)"),
    modelOf("dense(4, relu) -> dense(4, tanh) -> dense(4) -> dense(1)"),
  );
  expect(layers.map(({ change }) => change)).toEqual(["same", "added", "same", "same"]);
  expect(weights.map(({ weight, from }) => [weight, from])).toEqual([
    ["dense_1.kernel", "dense_1.kernel"],
    ["dense_1.bias", "dense_1.bias"],
    ["dense_2.kernel", null],
    ["dense_2.bias", null],
    ["dense_3.kernel", "dense_2.kernel"],
    ["dense_3.bias", "dense_2.bias"],
    ["dense_4.kernel", "dense_3.kernel"],
    ["dense_4.bias", "dense_3.bias"],
  ]);
  expect(totals.after.parameters - totals.before.parameters).toBe(4 * 4 + 4);
});

test("a changed layer is paired with its own kind; its weights fit where shapes agree", () => {
  expect(changesOf("dense(4) -> relu -> dense(1)", "dense(8) -> dropout(0.5) -> dense(1)")).toEqual([
    ["changed", "dense(units: 4)", "dense(units: 8)"],
    ["removed", "relu", null],
    ["added", null, "dropout(rate: 0.5)"],
    ["changed", "dense(units: 1)", "dense(units: 1)"],
  ]);
  const { weights } = diffModels(
    modelOf("dense(4, relu) -> dense(1)"),
    modelOf("dense(4, tanh) -> dense(1)"),
  );
  expect(weights.every(({ from, weight }) => from === weight)).toBe(true);
});
