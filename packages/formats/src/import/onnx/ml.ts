// The operations of ai.onnx.ml that scikit-learn's networks come with: a scaling in front, linear models, and the words of classes.

import { at } from "@netwright/definitions";
import { withConstant } from "./affine.ts";
import { constantOf } from "./constant.ts";
import { count } from "./layout.ts";
import { misfit, type NodeContext, type NodeRule } from "./node-context.ts";
import { normalRules } from "./normal-operations.ts";
import { onEach } from "./on-each.ts";
import { dense } from "./products.ts";
import { type Flow, layerOf } from "./terms.ts";

const list = (values: readonly number[], name = "") =>
  constantOf([values.length], Float64Array.from(values), true, name);

/** (x - offset) scale. */
const scaler: NodeRule = (c) => {
  const flow = c.flow();
  const [offset, scale] = [c.floats("offset"), c.floats("scale")];
  const moved = offset.length === 0 ? flow : withConstant(c, flow, list(offset), "subtract", false);
  return scale.length === 0 ? moved : withConstant(c, moved, list(scale), "multiply", false);
};

function linear(c: NodeContext, outputs: number): Flow {
  const flow = c.flow();
  const inputs = count(flow.dims.at(-1) ?? []);
  const coefficients = c.floats("coefficients");
  const intercepts = c.floats("intercepts");
  if (coefficients.length !== inputs * outputs)
    return misfit(`has ${coefficients.length} weights for ${inputs} numbers and ${outputs} outputs`);
  const kernel = Float64Array.from(coefficients, (_, i) =>
    at(coefficients, (i % outputs) * inputs + Math.floor(i / outputs)),
  );
  const bias = intercepts.length === 0 ? null : list(intercepts);
  return dense(c, flow, constantOf([inputs, outputs], kernel, true), bias);
}

function ended(c: NodeContext, flow: Flow): Flow {
  switch (c.text("post_transform", "NONE")) {
    case "NONE":
      return flow;
    case "SOFTMAX":
      return onEach(c, flow, "softmax");
    case "LOGISTIC":
      return onEach(c, flow, "sigmoid");
    default:
      return misfit("ends with a function that Netwright has not");
  }
}

const regressor: NodeRule = (c) => ended(c, linear(c, c.int("targets", 1)));

/** The label, which is not read, and the shares. */
const classifier: NodeRule = (c) => {
  const words = [...c.texts("classlabels_strings"), ...(c.ints("classlabels_ints") ?? []).map(String)];
  const shares = ended(c, linear(c, Math.max(1, words.length)));
  return [{ kind: "unknown" }, shares];
};

const normalizer: NodeRule = (c) => {
  // Shares add up to 1 already.
  if (c.text("norm", "MAX") === "L1" && layerOf(c.flow().term, "softmax") !== null) return c.flow();
  if (c.text("norm", "MAX") !== "L2")
    return misfit("divides by another length than the root of the squares, which `unit_norm` does");
  const rule = normalRules.get("LpNormalization");
  return rule === undefined ? misfit("is not read") : rule(c);
};

export const mlRules: ReadonlyMap<string, NodeRule> = new Map<string, NodeRule>([
  ["Scaler", scaler],
  ["LinearRegressor", regressor],
  ["LinearClassifier", classifier],
  ["Normalizer", normalizer],
  ["ZipMap", (c) => c.flow()],
]);
