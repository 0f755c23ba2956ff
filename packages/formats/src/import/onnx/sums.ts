// Sums that are one layer.

import type { Args } from "@netwright/definitions";
import { ACTIVATION_NAMES } from "../../model/layer-names.ts";
import { instanceOf } from "../foreign-model.ts";
import { isAffine, lineOf } from "./line-of.ts";
import type { NodeContext } from "./node-context.ts";
import { onEach } from "./on-each.ts";
import { type Flow, layerOf, partOf, type Term } from "./terms.ts";

/** x + gate (made - x). */
export function highway(c: NodeContext, x: Flow, other: Flow): Flow | null {
  if (layerOf(other.term, "multiply") === null) return null;
  for (const [gate, difference] of [other.term.inputs, other.term.inputs.toReversed()]) {
    if (gate === undefined || difference === undefined) continue;
    const apart = partOf(difference, "Sub");
    const [made] = difference.inputs;
    if (apart === null || made === undefined || difference.inputs[1] !== x.term) continue;
    const transform = gate.inputs[0];
    if (layerOf(gate, "sigmoid") === null || transform === undefined) continue;
    const gates = layerOf(transform, "dense");
    const isLinear = layerOf(made, "dense") !== null;
    const body = isLinear ? made : made.inputs[0];
    const dense = body === undefined ? null : layerOf(body, "dense");
    if (gates === null || dense === null || transform.inputs[0] !== x.term || body?.inputs[0] !== x.term)
      continue;
    const kernel = dense.weights.get("kernel");
    const turn = gates.weights.get("kernel");
    const offset = gates.weights.get("bias");
    if (kernel === undefined || turn === undefined || offset === undefined) continue;
    if (kernel.shape[0] !== kernel.shape[1] || turn.shape[0] !== turn.shape[1]) continue;
    const bias = dense.weights.get("bias");
    const activation = isLinear ? null : activationOf(made);
    if (!isLinear && activation === null) continue;
    const args: Args = {
      activation: activation ?? instanceOf("activation", "linear"),
      ...(bias === undefined ? { use_bias: false } : {}),
    };
    const weights = new Map([
      ["kernel", kernel],
      ["transform_kernel", turn],
      ...(bias === undefined ? [] : [["bias", bias] as const]),
      ["transform_bias", offset],
    ]);
    return { ...x, term: c.layer("highway", [x.term], x.term.shape, args, weights, body?.wanted) };
  }
  return null;
}

/** The activation that a layer is, as an argument. */
export function activationOf(term: Term) {
  const layer = layerOf(term);
  const known = ACTIVATION_NAMES.find((name) => name === layer?.layer);
  return layer === null || known === undefined ? null : instanceOf("activation", known, layer.args);
}

/** x + alpha (function(x) - x), with a share for each number of the last size. */
export function parametric(c: NodeContext, x: Flow, other: Flow): Flow | null {
  const { meaning, inputs } = other.term;
  const [difference] = inputs;
  if (meaning.kind !== "affine" || difference === undefined || partOf(difference, "Sub") === null)
    return null;
  const [made] = difference.inputs;
  if (made === undefined || difference.inputs[1] !== x.term || made.inputs[0] !== x.term) return null;
  const own = activationOf(made);
  const width = x.term.shape.at(-1) ?? 1;
  const isPlain = meaning.offset.every((one) => one === 0) && meaning.centre.every((one) => one === 0);
  if (own === null || !isPlain) return null;
  const { scale } = meaning;
  const data = Float32Array.from(
    { length: width },
    (_, i) => (scale.length === 1 ? scale[0] : scale[i]) ?? 1,
  );
  const weights = new Map([["alpha", { shape: [width], data }]]);
  return {
    ...x,
    term: c.layer(
      "parametric_activation",
      [x.term],
      x.term.shape,
      { function: own },
      weights,
      other.term.wanted,
    ),
  };
}

/** relu, and below its threshold a line. */
export function sloped(c: NodeContext, x: Flow, other: Flow): Flow | null {
  const relu = layerOf(x.term, "relu");
  const line = lineOf(other.term.meaning);
  const [held] = other.term.inputs;
  const part = held === undefined ? null : partOf(held, "Clip");
  const [input] = x.term.inputs;
  const [below] = held?.inputs ?? [];
  if (relu === null || line === null || line.b !== 0 || part?.numbers[1] !== 0 || below === undefined)
    return null;
  const threshold = relu.args["threshold"];
  const isSame =
    below === input ||
    (below.inputs[0] === input && typeof threshold === "number" && isAffine(below, 1, -threshold));
  if (!isSame || input === undefined || part.numbers[0] !== Number.NEGATIVE_INFINITY) return null;
  return onEach(c, { ...x, term: input }, "relu", { ...relu.args, negative_slope: line.a });
}
