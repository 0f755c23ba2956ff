// Between tensors of the device and the arrays of the backend contract; always copies.

import { formatType, type StateVariable, sizeOf, type TensorType } from "@netwright/ir";
import type { TensorData } from "@netwright/runtime";
import type { DataId } from "@tensorflow/tfjs-core";
import type { Device } from "../device/device.ts";
import { allocate, tensorInfo } from "../device/storage.ts";
import { arrayKind, misuse } from "./misuse.ts";

/** @throws BackendError for pred, which has no array in the contract. */
export function readTensor(device: Device, name: string, dataId: DataId, type: TensorType): TensorData {
  const data = device.download(tensorInfo(dataId, type), type);
  if (data instanceof Uint8Array) {
    throw misuse(
      device.name,
      `${name} is ${formatType(type)}; pred cannot leave a program`,
      "Convert it to i32 in the program.",
    );
  }
  return data;
}

/** @throws BackendError when the array's kind or length is not that of the variable. */
export function checkStateArray(device: Device, { name, type }: StateVariable, data: TensorData): void {
  const expected = allocate(type.dtype, 0);
  const size = sizeOf(type.shape);
  // A tensor's own array kind is never that of pred here: state cannot be read as pred either.
  if (!(expected instanceof Uint8Array) && arrayKind(expected) === arrayKind(data) && data.length === size)
    return;
  throw misuse(
    device.name,
    `state variable ${name} is ${formatType(type)}, ${size} elements; got a ${arrayKind(data)} of ${data.length}`,
    "Write the state of the same program.",
  );
}
