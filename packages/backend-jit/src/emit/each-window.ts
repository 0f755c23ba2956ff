// Loops over the windows that slide over one image.

import type { Sliding } from "../kernels/selection.ts";
import type { Local } from "../wasm/function-builder.ts";
import { type Emission, repeat } from "./emission.ts";

/** Every window in row-major order: `starts` are where it begins along each dimension, before the image if negative. */
export function eachWindow(
  emission: Emission,
  dimensions: readonly Sliding[],
  starts: readonly Local[],
  body: (starts: readonly Local[]) => void,
): void {
  const { fn } = emission;
  const dimension = dimensions[starts.length];
  if (dimension === undefined) {
    fn.scope(() => body(starts));
    return;
  }
  const { places, stride, low } = dimension;
  fn.scope(() => {
    const [place, start] = [fn.local("i32"), fn.local("i32")];
    fn.i32(-low).set(start);
    repeat(fn, place, 0, places, 1, () => {
      eachWindow(emission, dimensions, [...starts, start], body);
      fn.get(start).i32(stride).op("i32.add").set(start);
    });
  });
}
