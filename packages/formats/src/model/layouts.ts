// Tensors in the order of other libraries: transposed, cut and joined along a size. No value is changed.

import { at } from "@netwright/definitions";
import { rowMajorStrides, sizeOf } from "@netwright/ir";
import type { ShapedTensor } from "@netwright/runtime";

/** Row-major, f32: what every weight of a layer is. */
export interface FloatTensor {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** @throws Error for numbers that are no f32, which no layer has */
export function floatsOf({ shape, data }: ShapedTensor): FloatTensor {
  if (!(data instanceof Float32Array)) throw new Error("weights are f32");
  return { shape, data };
}

/** Its size d is that which was `order[d]`, as in NumPy. */
export function transposed({ shape, data }: FloatTensor, order: readonly number[]): FloatTensor {
  const sizes = order.map((d) => at(shape, d));
  const strides = rowMajorStrides(shape);
  const result = new Float32Array(data.length);
  const place = order.map(() => 0);
  for (let i = 0; i < result.length; i++) {
    let from = 0;
    for (const [d, index] of place.entries()) from += index * at(strides, at(order, d));
    result[i] = data[from] ?? Number.NaN;
    for (let d = place.length - 1; d >= 0; d--) {
      const next = at(place, d) + 1;
      place[d] = next < at(sizes, d) ? next : 0;
      if (place[d] !== 0) break;
    }
  }
  return { shape: sizes, data: result };
}

export function reshaped({ data }: FloatTensor, shape: readonly number[]): FloatTensor {
  if (sizeOf(shape) !== data.length) throw new Error(`${data.length} numbers are not [${shape.join(", ")}]`);
  return { shape, data };
}

/** As many parts of the same size along the last dimension. */
function parts({ shape, data }: FloatTensor, count: number): readonly FloatTensor[] {
  const last = shape.at(-1) ?? 1;
  const own = last / count;
  const rows = data.length / last;
  return Array.from({ length: count }, (_, part) => {
    const result = new Float32Array(rows * own);
    for (let row = 0; row < rows; row++) {
      const start = row * last + part * own;
      result.set(data.subarray(start, start + own), row * own);
    }
    return { shape: [...shape.slice(0, -1), own], data: result };
  });
}

/** One behind the other along the first dimension; at least one. */
export function stacked(tensors: readonly FloatTensor[]): FloatTensor {
  const [first] = tensors;
  const rest = first?.shape.slice(1) ?? [];
  const data = new Float32Array(tensors.reduce((sum, tensor) => sum + tensor.data.length, 0));
  let start = 0;
  for (const tensor of tensors) {
    data.set(tensor.data, start);
    start += tensor.data.length;
  }
  return { shape: [tensors.reduce((sum, { shape }) => sum + (shape[0] ?? 1), 0), ...rest], data };
}

export function zerosOf(shape: readonly number[]): FloatTensor {
  return { shape, data: new Float32Array(sizeOf(shape)) };
}

/** The numbers of row `index` of the first dimension. */
export function rowAt({ shape, data }: FloatTensor, index: number): FloatTensor {
  const size = sizeOf(shape.slice(1));
  return { shape: shape.slice(1), data: data.slice(index * size, (index + 1) * size) };
}

/** The kernel of a convolution: [...window, a, b] as [b, a, ...window]. */
export function channelsFirst(kernel: FloatTensor): FloatTensor {
  const directions = kernel.shape.length - 2;
  return transposed(kernel, [directions + 1, directions, ...upTo(directions)]);
}

/** The kernel of each channel by itself: [...window, channels, each] as [channels x each, 1, ...window]. */
export function channelsApart(kernel: FloatTensor): FloatTensor {
  const directions = kernel.shape.length - 2;
  const turned = transposed(kernel, [directions, directions + 1, ...upTo(directions)]);
  const [channels = 1, each = 1, ...window] = turned.shape;
  return reshaped(turned, [channels * each, 1, ...window]);
}

/** The kernel of gates, [in, gates x units], as [gates x units, in] with the gates in this order. */
export function gatesTurned(kernel: FloatTensor, order: readonly number[]): FloatTensor {
  const gates = parts(kernel, order.length);
  return stacked(order.map((gate) => transposed(at(gates, gate), [1, 0])));
}

/** Their bias, [gates x units], in this order. */
export function gatesInOrder(bias: FloatTensor, order: readonly number[]): FloatTensor {
  const gates = parts(bias, order.length);
  return stacked(order.map((gate) => at(gates, gate)));
}

/** The way back: [gates x units, ...] with `order[g]` of its gates as gate g. */
export function gatesBackInOrder(tensor: FloatTensor, order: readonly number[]): FloatTensor {
  const [all = 1, ...rest] = tensor.shape;
  const apart = reshaped(tensor, [order.length, all / order.length, ...rest]);
  return stacked(order.map((gate) => rowAt(apart, gate)));
}

/** [gates x units, in] as [in, gates x units], with `order[g]` of its gates as gate g. */
export function gatesBack(kernel: FloatTensor, order: readonly number[]): FloatTensor {
  return transposed(gatesBackInOrder(kernel, order), [1, 0]);
}

function upTo(count: number): readonly number[] {
  return Array.from({ length: count }, (_, d) => d);
}
