// Layers in f64, by the formulas of Keras: those of the models that hosts are judged by.

import { type Args, at, float64At, type Instance } from "@netwright/definitions";
import { sizeOf } from "@netwright/ir";
import type { Node } from "@netwright/lang";
import { isInstance, numberIn } from "../model/layers.ts";
import type { FloatTensor } from "../model/layouts.ts";

/** Row-major, without the batch dimension. */
export interface WideTensor {
  readonly shape: readonly number[];
  readonly data: Float64Array;
}

type Weight = (name: string) => FloatTensor | null;
type Layer = (x: WideTensor, args: Args, weight: Weight, output: readonly number[]) => WideTensor;

/** What the layer makes of its inputs, before its activation. @throws Error for a layer that is not here */
export function layerWide(
  { layer, args, type }: Node,
  inputs: readonly WideTensor[],
  weight: Weight,
): WideTensor {
  const own = layers.get(layer);
  if (own === undefined) throw new Error(`${layer} is not run in f64`);
  return own(at(inputs, 0), args, weight, type.shape);
}

/** @throws Error for an activation that is not here */
export function activated({ name }: Pick<Instance, "name">, { shape, data }: WideTensor): WideTensor {
  return { shape, data: data.map(activation(name)) };
}

function activation(name: string): (x: number) => number {
  switch (name) {
    case "linear":
      return (x) => x;
    case "relu":
      return (x) => Math.max(0, x);
    case "tanh":
      return Math.tanh;
    case "sigmoid":
      return (x) => 1 / (1 + Math.exp(-x));
    default:
      throw new Error(`${name} is not run in f64`);
  }
}

/** Over the last axis. */
const dense: Layer = (x, _, weight, shape) => {
  const [kernel, bias] = [weight("kernel"), weight("bias")];
  const [width, given] = [at(shape, shape.length - 1), at(x.shape, x.shape.length - 1)];
  const data = new Float64Array(sizeOf(shape));
  for (let row = 0; row < data.length / width; row++)
    for (let i = 0; i < given; i++) {
      const value = float64At(x.data, row * given + i);
      for (let j = 0; j < width; j++)
        data[row * width + j] = float64At(data, row * width + j) + value * number(kernel, i * width + j);
    }
  return { shape, data: data.map((sum, place) => sum + number(bias, place % width)) };
};

/** Channels are last; of an odd number of zeros around the larger part is behind. */
const conv2d: Layer = (x, args, weight, shape) => {
  if (numbers(args, "strides").some((one) => one !== 1)) throw new Error("strides are not run in f64");
  const [kernel, bias] = [weight("kernel"), weight("bias")];
  const [height = 0, width = 0, channels = 0] = x.shape;
  const [rows = 0, columns = 0, filters = 0] = shape;
  const [tall = 0, wide = 0] = kernel?.shape ?? [];
  const [above, left] =
    args["padding"] === "same" ? [Math.floor((tall - 1) / 2), Math.floor((wide - 1) / 2)] : [0, 0];
  const data = new Float64Array(sizeOf(shape));
  for (let r = 0; r < rows; r++)
    for (let c = 0; c < columns; c++)
      for (let f = 0; f < filters; f++) {
        let sum = 0;
        for (let i = 0; i < tall; i++)
          for (let j = 0; j < wide; j++) {
            const [y, z] = [r + i - above, c + j - left];
            if (y < 0 || z < 0 || y >= height || z >= width) continue;
            for (let k = 0; k < channels; k++)
              sum +=
                float64At(x.data, (y * width + z) * channels + k) *
                number(kernel, ((i * wide + j) * channels + k) * filters + f);
          }
        data[(r * columns + c) * filters + f] = sum + number(bias, f);
      }
  return { shape, data };
};

/** Windows side by side. */
const maxPooling2d: Layer = (x, args, _, shape) => {
  const [tall = 0, wide = tall] = numbers(args, "pool_size");
  const [, width = 0, channels = 0] = x.shape;
  const [, columns = 0] = shape;
  const data = new Float64Array(sizeOf(shape)).fill(Number.NEGATIVE_INFINITY);
  for (let place = 0; place < data.length; place++) {
    const k = place % channels;
    const [r, c] = [
      Math.floor(place / channels / columns) * tall,
      (Math.floor(place / channels) % columns) * wide,
    ];
    for (let i = 0; i < tall; i++)
      for (let j = 0; j < wide; j++)
        data[place] = Math.max(
          float64At(data, place),
          float64At(x.data, ((r + i) * width + c + j) * channels + k),
        );
  }
  return { shape, data };
};

/** Gates in the order input, forget, candidate, output. */
const lstm: Layer = (x, args, weight, shape) => {
  const units = numberIn(args, "units");
  const [steps = 0, width = 0] = x.shape;
  const [kernel, recurrent, bias] = [weight("kernel"), weight("recurrent_kernel"), weight("bias")];
  const [of, gate] = [nameOf(args, "activation"), nameOf(args, "recurrent_activation")].map(activation);
  if (of === undefined || gate === undefined) throw new Error("a recurrent layer has two activations");
  const all = new Float64Array(steps * units);
  let [hidden, cell] = [new Float64Array(units), new Float64Array(units)];
  for (let t = 0; t < steps; t++) {
    const sums = Float64Array.from({ length: 4 * units }, (_, j) => {
      let sum = number(bias, j);
      for (let i = 0; i < width; i++)
        sum += float64At(x.data, t * width + i) * number(kernel, i * 4 * units + j);
      for (let i = 0; i < units; i++) sum += float64At(hidden, i) * number(recurrent, i * 4 * units + j);
      return sum;
    });
    const part = (which: number, j: number) => float64At(sums, which * units + j);
    cell = cell.map((kept, j) => gate(part(1, j)) * kept + gate(part(0, j)) * of(part(2, j)));
    hidden = cell.map((value, j) => gate(part(3, j)) * of(value));
    all.set(hidden, t * units);
  }
  return { shape, data: args["return_sequences"] === true ? all : hidden };
};

const asItIs: Layer = (x, _, __, shape) => ({ shape, data: x.data });

const layers: ReadonlyMap<string, Layer> = new Map<string, Layer>([
  ["dense", dense],
  ["conv2d", conv2d],
  ["max_pooling2d", maxPooling2d],
  ["lstm", lstm],
  ["flatten", asItIs],
  // They work while training alone.
  ["dropout", asItIs],
  ["random_translation", asItIs],
]);

/** 0 of a weight that the layer has not. */
function number(tensor: FloatTensor | null, place: number): number {
  return tensor?.data[place] ?? 0;
}

function numbers(args: Args, name: string): readonly number[] {
  return [args[name]].flat().map(Number);
}

function nameOf(args: Args, name: string): string {
  const value = args[name];
  if (!isInstance(value)) throw new Error(`${name} is an activation`);
  return value.name;
}
