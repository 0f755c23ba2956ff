// Between the tensors of the interpreter and the arrays of the backend contract; always copies.

import { formatType, type StateVariable, sizeOf } from "@netwright/ir";
import type { TensorData } from "@netwright/runtime";
import { misuse } from "./misuse.ts";
import { type Tensor, zeros } from "./tensor.ts";

/** For messages: the kind of array that a caller passed. */
export function arrayKind(data: ArrayLike<number>): string {
  return Object.prototype.toString.call(data).slice(8, -1);
}

/** @throws BackendError for pred, which has no array in the contract. */
export function toTensorData(name: string, { type, data }: Tensor): TensorData {
  if (data instanceof Uint8Array) {
    throw misuse(
      `${name} is ${formatType(type)}; pred cannot leave a program`,
      "Convert it to i32 in the program.",
    );
  }
  return data.slice();
}

/** @throws BackendError when the array's kind or length is not that of the variable. */
export function toStateTensor({ name, type }: StateVariable, data: TensorData): Tensor {
  const result = zeros(type);
  if (arrayKind(data) !== arrayKind(result.data) || data.length !== sizeOf(type.shape)) {
    throw misuse(
      `state variable ${name} is ${formatType(type)}, a ${arrayKind(result.data)} of ${result.data.length} elements; ` +
        `got a ${arrayKind(data)} of ${data.length}`,
      "Write the state of the same program.",
    );
  }
  result.data.set(data);
  return result;
}
