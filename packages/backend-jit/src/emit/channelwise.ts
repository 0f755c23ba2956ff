// Products channel by channel, four channels in a vector. Each sum takes its products in increasing order, one
// accumulator for each, as in all other products.

import { at } from "@netwright/ir";
import type { ChannelwiseKernel } from "../kernels/channelwise.ts";
import { isLong, linesOf } from "../plan/channelwise.ts";
import { byteAxes } from "../plan/product.ts";
import type { Run } from "../plan/strides.ts";
import { LINE } from "../threads/share.ts";
import type { Local } from "../wasm/function-builder.ts";
import { type Emission, lastOrOther, repeat, repeatBetween, storeLanes } from "./emission.ts";
import { addIndex } from "./gemm/index.ts";
import { partRange } from "./part.ts";

/** Lines and vectors of the sums of a long product that are made at a time: with what they load, all in registers. */
const LINES = 3;
const VECTORS = 2;

export function emitChannelwise(emission: Emission, kernel: ChannelwiseKernel): void {
  if (isLong(kernel)) byChannels(emission, kernel);
  else byLines(emission, kernel);
}

/** Line after line, all of its channels. */
function byLines(emission: Emission, kernel: ChannelwiseKernel): void {
  const { fn, address, part } = emission;
  const { channels, lhs, rhs, result } = kernel;
  const lines = linesOf(kernel);
  const [line, from, channel] = [fn.local("i32"), fn.local("i32"), fn.local("i32")];
  const to = fn.local("i32");
  const some = (width: number): void =>
    fn.scope(() => {
      const [left, right] = [fn.local("i32"), fn.local("i32")];
      fn.get(from).get(channel).op("i32.add").set(left).get(channel).set(right);
      const places = [{ left: address(lhs.buffer), right: address(rhs.buffer) }];
      const [sums = []] = sumsOf(emission, { lhs, rhs, left, right, places, width });
      sums.forEach((sum, v) => {
        storeLanes(fn, to, sum, address(result) + 16 * v, Math.min(4, width - 4 * v));
      });
      fn.get(to)
        .i32(4 * width)
        .op("i32.add")
        .set(to);
    });
  const whole = Math.floor(channels / LINE);
  const one = (): void => {
    fn.i32(0);
    addIndex(fn, byteAxes(lhs.free), line);
    fn.set(from);
    fn.get(line)
      .i32(4 * channels)
      .op("i32.mul")
      .set(to);
    repeat(fn, channel, 0, 4 * LINE * whole, 4 * LINE, () => some(LINE));
    if (channels % LINE > 0) {
      fn.i32(4 * LINE * whole).set(channel);
      some(channels % LINE);
    }
  };
  if (part === undefined) repeat(fn, line, 0, lines, 1, one);
  else {
    const range = partRange(fn, part);
    repeatBetween(fn, line, range.from, range.to, 1, one);
  }
}

/** Some channels after the other, all lines of them. */
function byChannels(emission: Emission, { channels, lhs, rhs, result }: ChannelwiseKernel): void {
  const { fn, address, part } = emission;
  const offsets = offsetsOf(lhs.free);
  const channel = fn.local("i32");
  const some = (width: number): void => {
    for (let first = 0; first < offsets.length; first += LINES) {
      fn.scope(() => {
        const [left, right] = [fn.local("i32"), fn.local("i32")];
        fn.get(channel).set(left).get(channel).set(right);
        const places = offsets
          .slice(first, first + LINES)
          .map((offset) => ({ left: address(lhs.buffer) + offset, right: address(rhs.buffer) }));
        sumsOf(emission, { lhs, rhs, left, right, places, width }).forEach((sums, i) => {
          sums.forEach((sum, v) => {
            const target = address(result) + 4 * channels * (first + i) + 16 * v;
            storeLanes(fn, channel, sum, target, Math.min(4, width - 4 * v));
          });
        });
      });
    }
    fn.get(channel)
      .i32(4 * width)
      .op("i32.add")
      .set(channel);
  };
  const several = (count: number): void => {
    const each = 4 * VECTORS;
    const counter = fn.local("i32");
    repeat(fn, counter, 0, Math.floor(count / each), 1, () => some(each));
    if (count % each > 0) some(count % each);
  };
  if (part === undefined) {
    fn.i32(0).set(channel);
    several(channels);
    return;
  }
  const { units, size } = part.share;
  const [unit, range] = [fn.local("i32"), partRange(fn, part)];
  const rest = channels - (units - 1) * size;
  repeatBetween(fn, unit, range.from, range.to, 1, () => {
    fn.get(unit)
      .i32(4 * size)
      .op("i32.mul")
      .set(channel);
    const last = rest === size ? undefined : () => several(rest);
    lastOrOther(fn, unit, units, last, () => several(size));
  });
}

/** Bytes of each line. */
function offsetsOf(free: readonly Run[]): readonly number[] {
  return free.reduce<readonly number[]>(
    (sofar, { size, stride }) =>
      sofar.flatMap((offset) => Array.from({ length: size }, (_, i) => offset + 4 * i * stride)),
    [0],
  );
}

interface Sums extends Pick<ChannelwiseKernel, "lhs" | "rhs"> {
  /** Bytes that are added to the places; they move along the contracted index. */
  readonly left: Local;
  readonly right: Local;
  /** Of lines that take the same factors, the addresses of the first operands. */
  readonly places: readonly { readonly left: number; readonly right: number }[];
  /** Channels. */
  readonly width: number;
}

/** The sums of each line, vector by vector. */
function sumsOf(emission: Emission, { lhs, rhs, left, right, places, width }: Sums): readonly Local[][] {
  const { fn, productSum } = emission;
  const vectors = Math.ceil(width / 4);
  const zero = fn.constantLanes(0);
  const sums = places.map(() => fn.locals("v128", vectors));
  for (const sum of sums.flat()) fn.get(zero).set(sum);
  const step = (): void =>
    fn.scope(() => {
      const factor = fn.local("v128");
      for (let v = 0; v < vectors; v++) {
        fn.get(right)
          .mem("v128.load", at(places, 0).right + 16 * v)
          .set(factor);
        places.forEach((place, i) => {
          const sum = at(at(sums, i), v);
          productSum(
            sum,
            () => fn.get(left).mem("v128.load", place.left + 16 * v),
            () => fn.get(factor),
          );
          fn.set(sum);
        });
      }
    });
  const advance = (pointer: Local, elements: number): void => {
    if (elements === 0) return;
    fn.get(pointer)
      .i32(4 * elements)
      .op("i32.add")
      .set(pointer);
  };
  const level = (d: number): void => {
    const [a, b] = [lhs.inner[d], rhs.inner[d]];
    if (a === undefined || b === undefined) {
      step();
      return;
    }
    fn.scope(() => {
      const count = fn.local("i32");
      repeat(fn, count, 0, a.size, 1, () => {
        level(d + 1);
        advance(left, a.stride);
        advance(right, b.stride);
      });
      advance(left, -a.size * a.stride);
      advance(right, -b.size * b.stride);
    });
  };
  level(0);
  return sums;
}
