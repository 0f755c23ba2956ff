// Numbers that are a weight of the layer before them: its bias, or the scale and the offset of a normalisation.

import { sizeOf } from "@netwright/ir";
import type { FloatTensor } from "../../model/layouts.ts";
import type { Constant } from "./constant.ts";
import { sameFactors } from "./layout.ts";
import type { Operation } from "./lines.ts";
import type { NodeContext } from "./node-context.ts";
import { type Flow, layerOf, type Term } from "./terms.ts";

/** Layers that have a bias along the last size. */
const BIASED = [
  "dense",
  "conv1d",
  "conv2d",
  "depthwise_conv1d",
  "depthwise_conv2d",
  "separable_conv1d",
  "separable_conv2d",
  "conv_transpose1d",
  "conv_transpose2d",
] as const;

/** A weight of the layer that gives the value; null where it has no place for it. */
export function ofLayerBefore(
  c: NodeContext,
  { term, axes, dims }: Flow,
  along: Constant,
  operation: Operation,
): Term | null {
  const layer = layerOf(term);
  if (layer === null || operation === "subtract from") return null;
  const again = (name: string, tensor: FloatTensor): Term =>
    c.term(
      {
        ...layer,
        args: { ...layer.args, ...ARGS_OF[name] },
        weights: new Map([...layer.weights, [name, tensor]]),
      },
      term.inputs,
      term.shape,
      term.wanted === "" ? c.wanted(along) : wantedOf(c, term, along),
    );
  const last = term.shape.length - 1;
  if (operation !== "multiply") {
    const signed = operation === "add" ? along : negated(along);
    const name = (BIASED as readonly string[]).includes(layer.layer)
      ? "bias"
      : layer.layer === "multi_head_attention"
        ? "output_bias"
        : null;
    if (name !== null) {
      const bias = layer.weights.has(name) ? null : alongOnly(signed, term.shape, [last]);
      return bias === null ? null : again(name, bias);
    }
    const over = normalOver(term);
    const beta =
      over === null || layer.weights.has("beta") || layer.layer === "rms_norm"
        ? null
        : alongOnly(signed, term.shape, over);
    return beta === null ? null : again("beta", beta);
  }
  const factor = Math.fround(1 / Math.sqrt(layer.weights.get("kernel")?.shape[0] ?? 1));
  const isInPlace = dims.length === axes.length + 1 && sameFactors(dims.at(-1) ?? [], axes.at(-1) ?? []);
  const isNtk =
    c.file.isOwn && isInPlace && layer.layer === "dense" && !layer.weights.has("bias") && factor !== 1;
  if (isNtk && along.data.every((value) => value === factor))
    return c.term(
      { ...layer, args: { ...layer.args, parametrization: "ntk" } },
      term.inputs,
      term.shape,
      term.wanted,
    );
  const over = normalOver(term);
  if (over === null || layer.weights.has("beta")) return null;
  const name = layer.layer === "rms_norm" ? "scale" : "gamma";
  const isOpen =
    !layer.weights.has(name) ||
    (name === "scale" && layer.weights.get(name)?.data.every((value) => value === 1));
  const gamma = isOpen ? alongOnly(along, term.shape, over) : null;
  return gamma === null ? null : again(name, gamma);
}

function wantedOf(c: NodeContext, term: Term, along: Constant): string {
  const own = c.wanted(along);
  return along.name.includes(".") ? own : term.wanted;
}

const ARGS_OF: Readonly<Record<string, Readonly<Record<string, boolean>>>> = {
  bias: { use_bias: true },
  beta: { center: true },
  gamma: { scale: true },
};

/** The axes of which a normalisation has a scale and an offset; null for what is none. */
function normalOver(term: Term): readonly number[] | null {
  const layer = layerOf(term, "layer_norm", "rms_norm", "group_norm");
  if (layer === null) return null;
  const last = term.shape.length - 1;
  const axis = layer.layer === "group_norm" ? -1 : (layer.args["axis"] ?? -1);
  const all = Array.isArray(axis) ? axis : [axis];
  return all.map((one) => (typeof one === "number" && one > 0 ? one - 1 : last));
}

/** As a weight of these axes; null where it differs along others. */
export function alongOnly(
  along: Constant,
  shape: readonly number[],
  axes: readonly number[],
): FloatTensor | null {
  if (along.shape.some((size, axis) => size > 1 && !axes.includes(axis))) return null;
  const sizes = axes.map((axis) => shape[axis] ?? 1);
  const given = axes.map((axis) => along.shape[axis] ?? 1);
  const data = new Float32Array(sizeOf(sizes));
  for (let i = 0; i < data.length; i++) {
    let [rest, from, stride] = [i, 0, 1];
    for (let d = sizes.length - 1; d >= 0; d--) {
      const own = given[d] ?? 1;
      if (own > 1) from += (rest % (sizes[d] ?? 1)) * stride;
      rest = Math.floor(rest / (sizes[d] ?? 1));
      stride *= own;
    }
    data[i] = along.data[from] ?? Number.NaN;
  }
  return { shape: sizes, data };
}

function negated(constant: Constant): Constant {
  return { ...constant, data: constant.data.map((value) => -value) };
}
