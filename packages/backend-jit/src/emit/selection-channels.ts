// The same windows for all channels, which lie side by side: four of them in a vector, each of which remembers which
// element of its window it has chosen. What a window gives is added to all its elements, zero to those that it has not
// chosen, which changes no bit: a sum that began with 0 is never -0.

import { at, rowMajorStrides, sizeOf } from "@netwright/ir";
import type { SelectionKernel, Sliding } from "../kernels/selection.ts";
import type { Local } from "../wasm/function-builder.ts";
import { eachWindow } from "./each-window.ts";
import { type Emission, repeat, repeatBetween, storeLanes } from "./emission.ts";
import { partRange } from "./part.ts";
import { rowAddress } from "./rows.ts";

/** Elements of a window that are written out; larger ones are looked at one by one. */
const MOST = 32;

interface Channels {
  readonly channels: number;
  /** Of places, before them. */
  readonly dimensions: readonly Sliding[];
}

/** Undefined where windows are better looked at one by one. */
export function channelsOf({ dimensions }: SelectionKernel): Channels | undefined {
  const last = dimensions.findLastIndex((one) => !isWhole(one));
  const channels = sizeOf(dimensions.slice(last + 1).map(({ length }) => length));
  const sliding = dimensions.slice(0, last + 1);
  return channels < 4 || sizeOf(sliding.map(({ size }) => size)) > MOST
    ? undefined
    : { channels, dimensions: sliding };
}

/** Each element is a window of its own. */
function isWhole({ length, size, stride, low, places }: Sliding): boolean {
  return size === 1 && stride === 1 && low === 0 && places === length;
}

/** Every element is in one window. */
function isTiled({ length, size, stride, low, places }: Sliding): boolean {
  return size === stride && low === 0 && places * size === length;
}

/** Some window has elements before the first or behind the last. */
function reachesOut({ length, size, stride, low, places }: Sliding): boolean {
  return low > 0 || (places - 1) * stride + size - low > length;
}

/** An element of the window. */
interface Element {
  /** Along each dimension. */
  readonly index: readonly number[];
  /** Bytes from the first element of the window. */
  readonly bytes: number;
}

export function emitChannels(
  emission: Emission,
  kernel: SelectionKernel,
  { channels, dimensions }: Channels,
): void {
  const { fn, address, part } = emission;
  const { images, operand, source, result, choice } = kernel;
  const strides = rowMajorStrides([...dimensions.map(({ length }) => length), channels]);
  const size = channels * sizeOf(dimensions.map(({ length }) => length));
  const windows = channels * sizeOf(dimensions.map(({ places }) => places));
  const elements = elementsOf(dimensions, strides);
  const tiled = dimensions.every(isTiled);
  const [image, from, given, to] = [fn.local("i32"), fn.local("i32"), fn.local("i32"), fn.local("i32")];
  const zero = fn.constantLanes(0);

  const window = (starts: readonly Local[]): void => {
    const [first, counter] = [fn.local("i32"), fn.local("i32")];
    fn.i32(0);
    starts.forEach((start, d) => {
      fn.get(start)
        .i32(4 * at(strides, d))
        .op("i32.mul")
        .op("i32.add");
    });
    fn.set(first);
    const inside = insideOf(emission, dimensions, starts);
    const whole = Math.floor(channels / 4);
    repeat(fn, counter, 0, whole, 1, () => {
      some(first, inside, 4);
      fn.get(first).i32(16).op("i32.add").set(first);
    });
    if (channels % 4 > 0) some(first, inside, channels % 4);
  };

  /** So many channels of one window, whose first element lies `first` bytes behind that of the image. */
  const some = (first: Local, inside: Inside, width: number): void =>
    fn.scope(() => {
      const [best, chosen, gift] = [fn.local("v128"), fn.local("v128"), fn.local("v128")];
      const [reading, writing] = [fn.local("i32"), fn.local("i32")];
      fn.get(from).get(first).op("i32.add").set(reading);
      fn.get(to).get(first).op("i32.add").set(writing);
      // Nothing is chosen yet: a NaN that is none of the numbers, and no element.
      if (inside.checks) fn.i32x4(-1).set(chosen).get(zero).set(best);
      elements.forEach((element, k) => {
        inside.where(element, () =>
          fn.scope(() => {
            const [value, better] = [fn.local("v128"), fn.local("v128")];
            fn.get(reading).i32(element.bytes).op("i32.add").mem("v128.load").set(value);
            if (k === 0) {
              fn.get(value).set(best).get(zero).set(chosen);
              return;
            }
            // A number so far, and this one is better or none.
            fn.get(best).get(best).op("f32x4.eq").get(value).get(best);
            fn.op(choice === "max" ? "f32x4.le" : "f32x4.ge").op("v128.andnot");
            if (inside.checks) fn.get(chosen).get(zero).op("i32x4.lt_s").op("v128.or");
            fn.set(better);
            fn.get(value).get(best).get(better).op("v128.bitselect").set(best);
            fn.i32x4(k).get(chosen).get(better).op("v128.bitselect").set(chosen);
          }),
        );
      });
      fn.get(given).mem("v128.load").set(gift);
      elements.forEach((element, k) => {
        inside.where(element, () =>
          fn.scope(() => {
            const [target, sum] = [fn.local("i32"), fn.local("v128")];
            fn.get(writing).i32(element.bytes).op("i32.add").set(target);
            fn.get(gift).get(chosen).i32x4(k).op("i32x4.eq").op("v128.and");
            if (tiled) fn.get(zero);
            else fn.get(target).mem("v128.load");
            fn.op("f32x4.add").set(sum);
            storeLanes(fn, target, sum, 0, width);
          }),
        );
      });
      fn.get(given)
        .i32(4 * width)
        .op("i32.add")
        .set(given);
    });

  const one = (): void => {
    rowAddress(fn, address(operand), image, size);
    fn.set(from);
    rowAddress(fn, address(source), image, windows);
    fn.set(given);
    rowAddress(fn, address(result), image, size);
    fn.set(to);
    if (!tiled) {
      fn.get(to)
        .i32(0)
        .i32(4 * size)
        .memoryFill();
    }
    eachWindow(emission, dimensions, [], window);
  };
  if (part === undefined) repeat(fn, image, 0, images, 1, one);
  else {
    const range = partRange(fn, part);
    repeatBetween(fn, image, range.from, range.to, 1, one);
  }
}

function elementsOf(dimensions: readonly Sliding[], strides: readonly number[]): readonly Element[] {
  return dimensions.reduce<readonly Element[]>(
    (sofar, { size }, d) =>
      sofar.flatMap(({ index, bytes }) =>
        Array.from({ length: size }, (_, i) => ({
          index: [...index, i],
          bytes: bytes + 4 * i * at(strides, d),
        })),
      ),
    [{ index: [], bytes: 0 }],
  );
}

interface Inside {
  /** Whether any element may lie outside. */
  readonly checks: boolean;
  /** Runs the code where the element lies in the image. */
  readonly where: (element: Element, code: () => void) => void;
}

/** Looks once for a window which of its rows, columns and the like are inside. */
function insideOf({ fn }: Emission, dimensions: readonly Sliding[], starts: readonly Local[]): Inside {
  const known = dimensions.map((dimension, d) =>
    reachesOut(dimension)
      ? Array.from({ length: dimension.size }, (_, i) => {
          const isInside = fn.local("i32");
          // A negative index is beyond any length here.
          fn.get(at(starts, d)).i32(i).op("i32.add").i32(dimension.length).op("i32.lt_u").set(isInside);
          return isInside;
        })
      : undefined,
  );
  return {
    checks: known.some((each) => each !== undefined),
    where: ({ index }, code) => {
      const flags = known.flatMap((each, d) => (each === undefined ? [] : [at(each, at(index, d))]));
      const [first, ...others] = flags;
      if (first === undefined) {
        code();
        return;
      }
      fn.get(first);
      for (const other of others) fn.get(other).op("i32.and");
      fn.ifElse(code);
    },
  };
}
