// Between the memory of a program and the arrays of the backend contract.

import { type ElementType, formatType, sizeOf } from "@netwright/ir";
import type { TensorData } from "@netwright/runtime";
import { jitError } from "./error.ts";
import type { Place } from "./plan/plan.ts";

const arrays: {
  readonly [D in ElementType]:
    | ((buffer: ArrayBufferLike, address: number, size: number) => TensorData)
    | undefined;
} = {
  f32: (buffer, address, size) => new Float32Array(buffer, address, size),
  i32: (buffer, address, size) => new Int32Array(buffer, address, size),
  u32: (buffer, address, size) => new Uint32Array(buffer, address, size),
  pred: undefined,
};

/** The elements at a place; not a copy. @throws BackendError for pred, which has no array in the contract. */
export function arrayAt(buffer: ArrayBufferLike, name: string, { address, type }: Place): TensorData {
  const make = arrays[type.dtype];
  if (make === undefined) {
    throw jitError(
      `${name} is ${formatType(type)}; pred cannot leave a program`,
      "Convert it to i32 in the program.",
    );
  }
  return make(buffer, address, sizeOf(type.shape));
}

/** Writes a constant, pred as all ones or all zeros. */
export function writeConstant(
  buffer: ArrayBufferLike,
  { place, values }: { readonly place: Place; readonly values: readonly number[] },
): void {
  const size = sizeOf(place.type.shape);
  if (place.type.dtype === "f32") new Float32Array(buffer, place.address, size).set(values);
  else if (place.type.dtype === "pred") {
    new Int32Array(buffer, place.address, size).set(values.map((value) => -value));
  } else new Uint32Array(buffer, place.address, size).set(values);
}
