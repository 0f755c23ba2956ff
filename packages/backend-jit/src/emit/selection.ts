// Windows in order, image by image: each looks at its elements and adds what it gives to the one that it chooses.

import { at, rowMajorStrides, sizeOf } from "@netwright/ir";
import type { SelectionKernel, Sliding } from "../kernels/selection.ts";
import type { Local } from "../wasm/function-builder.ts";
import { eachWindow } from "./each-window.ts";
import { type Emission, repeat, repeatBetween } from "./emission.ts";
import { partRange } from "./part.ts";
import { rowAddress } from "./rows.ts";
import { channelsOf, emitChannels } from "./selection-channels.ts";

/** A dimension of the image, with the bytes of a step along it. */
interface Dimension extends Sliding {
  readonly bytes: number;
}

/** Offset of the chosen element in its image, negative where there is none, and its value. */
interface Chosen {
  readonly offset: Local;
  readonly value: Local;
}

export function emitSelection(emission: Emission, kernel: SelectionKernel): void {
  const channels = channelsOf(kernel);
  if (channels !== undefined) {
    emitChannels(emission, kernel, channels);
    return;
  }
  const { fn, address, part } = emission;
  const { images, operand, source, result } = kernel;
  const strides = rowMajorStrides(kernel.dimensions.map(({ length }) => length));
  const dimensions = kernel.dimensions.map((one, d): Dimension => ({ ...one, bytes: 4 * at(strides, d) }));
  const size = sizeOf(dimensions.map(({ length }) => length));
  const windows = sizeOf(dimensions.map(({ places }) => places));
  const [image, from, given, to] = [fn.local("i32"), fn.local("i32"), fn.local("i32"), fn.local("i32")];
  const one = (): void => {
    rowAddress(fn, address(operand), image, size);
    fn.set(from);
    rowAddress(fn, address(source), image, windows);
    fn.set(given);
    rowAddress(fn, address(result), image, size);
    fn.tee(to)
      .i32(0)
      .i32(4 * size)
      .memoryFill();
    eachWindow(emission, dimensions, [], (starts) => {
      const chosen: Chosen = { offset: fn.local("i32"), value: fn.local("f32") };
      fn.i32(-1).set(chosen.offset);
      emitLooks(emission, kernel, { dimensions, starts, from, chosen });
      fn.get(chosen.offset).i32(0).op("i32.ge_s");
      fn.ifElse(() => {
        const target = fn.local("i32");
        fn.get(to).get(chosen.offset).op("i32.add").tee(target);
        fn.get(target).mem("f32.load").get(given).mem("f32.load").op("f32.add").mem("f32.store");
      });
      fn.get(given).i32(4).op("i32.add").set(given);
    });
  };
  if (part === undefined) repeat(fn, image, 0, images, 1, one);
  else {
    const range = partRange(fn, part);
    repeatBetween(fn, image, range.from, range.to, 1, one);
  }
}

interface Looks {
  readonly dimensions: readonly Dimension[];
  readonly starts: readonly Local[];
  /** The first element of the image. */
  readonly from: Local;
  readonly chosen: Chosen;
}

/** Every element of the window that is in the image, in row-major order. */
function emitLooks(emission: Emission, { choice }: SelectionKernel, looks: Looks): void {
  const { fn } = emission;
  const { dimensions, starts, from, chosen } = looks;
  const look = (offset: Local): void => {
    const value = fn.local("f32");
    fn.get(from).get(offset).op("i32.add").mem("f32.load").set(value);
    // Nothing is chosen yet, or a number, and this one is better or none.
    fn.get(chosen.offset).i32(0).op("i32.lt_s");
    fn.get(chosen.value).get(chosen.value).op("f32.eq");
    fn.get(value)
      .get(chosen.value)
      .op(choice === "max" ? "f32.le" : "f32.ge")
      .op("i32.eqz");
    fn.op("i32.and").op("i32.or");
    fn.ifElse(() => fn.get(offset).set(chosen.offset).get(value).set(chosen.value));
  };
  const along = (d: number, before: Local): void => {
    const [dimension, start] = [dimensions[d], starts[d]];
    if (dimension === undefined || start === undefined) {
      fn.scope(() => look(before));
      return;
    }
    const { length, size, bytes } = dimension;
    fn.scope(() => {
      const [step, index, offset] = [fn.local("i32"), fn.local("i32"), fn.local("i32")];
      repeat(fn, step, 0, size, 1, () => {
        fn.get(start).get(step).op("i32.add").tee(index);
        // A negative index is beyond any length here.
        fn.i32(length).op("i32.lt_u");
        fn.ifElse(() => {
          fn.get(index).i32(bytes).op("i32.mul").get(before).op("i32.add").set(offset);
          along(d + 1, offset);
        });
      });
    });
  };
  const first = fn.local("i32");
  fn.i32(0).set(first);
  along(0, first);
}
