// Layers in f64, by the formulas of Keras: those of the models that hosts are judged by.

import { type Args, at, float64At } from "@netwright/definitions";
import { sizeOf } from "@netwright/ir";
import { isInstance, type LayerInPlace, numberIn } from "../model/layers.ts";
import type { FloatTensor } from "../model/layouts.ts";
import { activatedWide, activationWide } from "./activations.ts";

/** Row-major, without the batch dimension. */
export interface WideTensor {
  readonly shape: readonly number[];
  readonly data: Float64Array;
}

type Weight = (name: string) => FloatTensor | null;
type Layer = (x: WideTensor, args: Args, weight: Weight, output: readonly number[]) => WideTensor;

/** What the layer makes of its inputs; a layer that is an activation is found by its name. @throws Error for one that is not here */
export function layerWide({
  node,
  args,
  inputs,
  output,
  weight,
}: LayerInPlace<null, WideTensor>): WideTensor {
  const x = at(inputs, 0);
  const activated = (own: unknown, { shape, data }: WideTensor) => ({
    shape,
    data: activatedWide(own, data, at(shape, shape.length - 1)),
  });
  const merged = merges.get(node.layer);
  if (merged !== undefined) return merged(inputs, output);
  const own = layers.get(node.layer);
  if (own !== undefined) {
    const sums = own(x, args, weight, output);
    return node.layer === "lstm" ? sums : activated(args["activation"], sums);
  }
  return activated(node.layer === "activation" ? args["function"] : { name: node.layer, args }, x);
}

/** Over the last axis. */
const dense: Layer = (x, args, weight, shape) => {
  const [kernel, bias] = [weight("kernel"), weight("bias")];
  const [width, given] = [at(shape, shape.length - 1), at(x.shape, x.shape.length - 1)];
  const factor = args["parametrization"] === "ntk" ? 1 / Math.sqrt(given) : 1;
  const data = new Float64Array(sizeOf(shape));
  for (let row = 0; row < data.length / width; row++)
    for (let i = 0; i < given; i++) {
      const value = float64At(x.data, row * given + i) * factor;
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
  const [of, gate] = [activationIn(args, "activation"), activationIn(args, "recurrent_activation")];
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
  ["gaussian_noise", asItIs],
  ["gaussian_dropout", asItIs],
  ["alpha_dropout", asItIs],
  ["random_translation", asItIs],
]);

type Merge = (inputs: readonly WideTensor[], shape: readonly number[]) => WideTensor;

/** Element by element; a part of one number counts for all of them. */
const merging =
  (together: (terms: readonly number[]) => number): Merge =>
  (inputs, shape) => ({
    shape,
    data: Float64Array.from({ length: sizeOf(shape) }, (_, j) =>
      together(inputs.map(({ data }) => data[data.length === 1 ? 0 : j] ?? Number.NaN)),
    ),
  });

const sum = (terms: readonly number[]) => terms.reduce((total, term) => total + term, 0);

const merges: ReadonlyMap<string, Merge> = new Map<string, Merge>([
  ["add", merging(sum)],
  ["average", merging((terms) => sum(terms) / terms.length)],
  ["multiply", merging((terms) => terms.reduce((product, term) => product * term, 1))],
  ["concat", concat],
]);

/** Of rows. */
function concat(inputs: readonly WideTensor[], shape: readonly number[]): WideTensor {
  if (shape.length !== 1) throw new Error("only rows are put side by side in f64");
  return { shape, data: Float64Array.from(inputs.flatMap(({ data }) => [...data])) };
}

/** 0 of a weight that the layer has not. */
function number(tensor: FloatTensor | null, place: number): number {
  return tensor === null ? 0 : at(tensor.data, place);
}

function numbers(args: Args, name: string): readonly number[] {
  return [args[name]].flat().map(Number);
}

function activationIn(args: Args, name: string): (x: number) => number {
  const own = args[name];
  if (!isInstance(own)) throw new Error(`${name} is an activation`);
  const activation = activationWide(own.name);
  return (x) => activation(x, (key) => Number(own.args[key] ?? Number.NaN), own.args);
}
