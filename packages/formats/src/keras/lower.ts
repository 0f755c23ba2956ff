// A whole model as layers of Keras: columns or matrices go in, scaling, network and link, predictions in original units come out.

import { at, quote } from "@netwright/definitions";
import { sizeOf } from "@netwright/ir";
import type { ModelInput } from "@netwright/lang";
import { type Carries, refusalsOf } from "../carries.ts";
import type { Refusal } from "../format.ts";
import type { PortableColumn } from "../model/columns.ts";
import { throughLayers } from "../model/layers.ts";
import type { FloatTensor } from "../model/layouts.ts";
import type { Link } from "../model/network.ts";
import { widthOf } from "../model/outputs.ts";
import type { PortableModel } from "../model/portable-model.ts";
import { type Centred, centredIn, linesOf } from "../preprocess/plan.ts";
import { isActivationName } from "./activations.ts";
import { type Dialect, KerasGraph, type KerasLayer } from "./graph.ts";
import { normalizationWeights } from "./layers/normalization.ts";
import { behind, type LayerContext, refused } from "./layers/rule.ts";
import { kerasLayers } from "./layers/table.ts";
import { inOrder } from "./order.ts";

const CARRIES: Carries = {
  numbers: ["steps", "bins", "waves"],
  links: ["as_is", "softmax", "sigmoid", "two_classes", "margins", "exponential"],
  members: false,
  passes: false,
  spreads: false,
};

export interface Lowered {
  /** As Keras orders them. */
  readonly layers: readonly KerasLayer[];
  readonly output: string;
  /** By the names of columns, of matrices by that of the network's input: the layer that takes them. */
  readonly inputNames: ReadonlyMap<string, string>;
}

export interface LowerOptions {
  readonly dialect: Dialect;
  /** The network alone. */
  readonly rawInput: boolean;
  /** Each column is an input of its own; else those of an input of the network stand side by side. */
  readonly byColumn: boolean;
}

export function lowered(
  model: PortableModel,
  { dialect, rawInput, byColumn }: LowerOptions,
): Lowered | { readonly refused: readonly Refusal[] } {
  const beyond = refusalsOf(rawInput ? { ...model, columns: [] } : model, CARRIES);
  if (beyond.length > 0) return { refused: beyond };
  const g = new KerasGraph(dialect);
  const inputNames = new Map<string, string>();
  const inputs = new Map(
    model.network.inputs.map((input): [string, string] => [
      input.name,
      inputIn(g, input, model, { rawInput, byColumn }, inputNames),
    ]),
  );
  const last = throughLayers(g, model.network, inputs, layerIn);
  const output = outputIn(g, model, last, rawInput);
  if (g.refusals.length > 0) return { refused: g.refusals };
  return { layers: inOrder(g.layers, output), output, inputNames };
}

function inputIn(
  g: KerasGraph,
  { name, type }: ModelInput,
  { columns, window }: PortableModel,
  { rawInput, byColumn }: Pick<LowerOptions, "rawInput" | "byColumn">,
  inputNames: Map<string, string>,
): string {
  const own = columns.filter(({ place }) => place.input === name).sort((a, b) => a.place.at - b.place.at);
  const put = (wanted: string, shape: readonly number[], dtype: KerasLayer["dtype"]): string => {
    const layer = g.add({ name: wanted, className: "InputLayer", inputs: [], shape, dtype });
    inputNames.set(wanted, layer);
    return layer;
  };
  if (type.kind === "index")
    return put(
      rawInput || !byColumn ? name : at(own, 0).name,
      type.shape.length === 0 ? [1] : type.shape,
      "int32",
    );
  if (rawInput) return put(name, type.shape, "float32");
  const steps = window === null ? [] : [window.length];
  const width = own.reduce((sum, { place }) => sum + place.size, 0);
  const shape = [...steps, width];
  const given = byColumn
    ? own.map((column) => put(column.name, [...steps, column.place.size], "float32"))
    : [put(name, shape, "float32")];
  const together =
    given.length === 1
      ? at(given, 0)
      : g.add({
          name: `${name}_columns`,
          className: "Concatenate",
          config: { axis: -1 },
          inputs: given,
          shape,
        });
  const scaled = scaledIn(g, name, own, together, shape);
  if (type.shape.length === shape.length) return scaled;
  return g.add({
    name: `${name}_shape`,
    className: "Reshape",
    config: { target_shape: [...type.shape] },
    inputs: [scaled],
    shape: type.shape,
  });
}

/** (x - mean) / std of each number; what is coded already stays as it is. */
function scaledIn(
  g: KerasGraph,
  name: string,
  columns: readonly PortableColumn[],
  x: string,
  shape: readonly number[],
): string {
  const all = columns.flatMap((column): Centred[] => {
    const centred = centredIn(column);
    return Array.from({ length: column.place.size }, (_, i) =>
      i === 0 && centred !== null ? centred : { mean: 0, std: 1 },
    );
  });
  if (all.every(({ mean, std }) => mean === 0 && std === 1)) return x;
  const of = (value: (one: Centred) => number): FloatTensor => ({
    shape: [all.length],
    data: Float32Array.from(all, value),
  });
  const mean = of((one) => one.mean);
  const variance = of(({ std }) => std * std);
  if (g.dialect === "keras")
    return g.add({
      name: `${name}_scaled`,
      className: "Normalization",
      config: { axis: -1 },
      inputs: [x],
      shape,
      weights: normalizationWeights(mean, variance),
    });
  // TensorFlow.js has no such layer, and this one computes the same where it predicts.
  return g.add({
    name: `${name}_scaled`,
    className: "BatchNormalization",
    config: { axis: -1, epsilon: 0, center: false, scale: false, trainable: false },
    inputs: [x],
    shape,
    weights: [
      { path: "vars/0", name: "moving_mean", tensor: mean },
      { path: "vars/1", name: "moving_variance", tensor: variance },
    ],
  });
}

function layerIn(context: LayerContext): string {
  const { node, x } = context;
  if (isActivationName(node.layer)) return behind(context, x, { name: node.layer, args: node.args });
  const rule = Object.entries(kerasLayers).find(([name]) => name === node.layer)?.[1];
  if (rule !== undefined) return rule(context);
  return refused(context, `is a ${quote(node.layer)}, which Keras has no layer of`);
}

function outputIn(
  g: KerasGraph,
  { network, outputs }: PortableModel,
  last: string,
  rawInput: boolean,
): string {
  const { shape } = network.output.type;
  const width = sizeOf(shape);
  const flat =
    shape.length === 1
      ? last
      : g.add({
          name: "flat",
          className: "Reshape",
          config: { target_shape: [width] },
          inputs: [last],
          shape: [width],
        });
  const given = linked(g, flat, network.link, widthOf(outputs));
  const lines = rawInput ? null : linesOf(outputs);
  if (lines === null) return given;
  const [first] = lines;
  const isOne = lines.every(({ scale, offset }) => scale === first?.scale && offset === first.offset);
  if (first !== undefined && isOne)
    return g.add({
      name: "original_units",
      className: "Rescaling",
      config: { scale: first.scale, offset: first.offset },
      inputs: [given],
      shape: [lines.length],
    });
  const count = lines.length;
  const kernel = new Float32Array(count * count);
  for (const [i, { scale }] of lines.entries()) kernel[i * count + i] = scale;
  return denseIn(g, "original_units", given, { shape: [count, count], data: kernel }, "linear", {
    shape: [count],
    data: Float32Array.from(lines, ({ offset }) => offset),
  });
}

function linked(g: KerasGraph, x: string, link: Link, width: number): string {
  const activated = (activation: string): string =>
    g.add({
      name: "prediction",
      className: "Activation",
      config: { activation },
      inputs: [x],
      shape: [width],
    });
  const pair = (low: number): FloatTensor => ({ shape: [1, 2], data: Float32Array.of(low, 1) });
  switch (link.kind) {
    case "as_is":
      return x;
    case "softmax":
    case "sigmoid":
      return activated(link.kind);
    case "exponential":
      if (g.dialect === "tfjs")
        g.refuse({
          of: "loss",
          what: "The link `exponential` of the loss",
          why: "is an activation that TensorFlow.js has not",
        });
      return activated("exponential");
    case "two_classes":
      // The softmax of [0, x].
      return denseIn(g, "prediction", x, pair(0), "softmax", null);
    case "margins":
      return denseIn(g, "prediction", x, pair(-1), "linear", null);
    case "sorted":
    case "other":
      throw new Error(`${link.kind} is refused`);
  }
}

function denseIn(
  g: KerasGraph,
  name: string,
  x: string,
  kernel: FloatTensor,
  activation: string,
  bias: FloatTensor | null,
): string {
  const [, units = 1] = kernel.shape;
  return g.add({
    name,
    className: "Dense",
    config: { units, activation, use_bias: bias !== null },
    inputs: [x],
    shape: [units],
    weights: [
      { path: "vars/0", name: "kernel", tensor: kernel },
      ...(bias === null ? [] : [{ path: "vars/1", name: "bias", tensor: bias }]),
    ],
  });
}
