// scan: its body, step by step, over the elements of the sequences.

import { sizeOf, type TensorType } from "@netwright/ir";
import { type Tensor, tensorOf, zeros } from "../tensor.ts";
import type { Kernel } from "./kernel.ts";

function elementAt({ type, data }: Tensor, index: number): Tensor {
  const element: TensorType = { dtype: type.dtype, shape: type.shape.slice(1) };
  const size = sizeOf(element.shape);
  return tensorOf(element, data.subarray(index * size, (index + 1) * size));
}

export const scan: Kernel<"scan"> = (
  operands,
  { body, length, carries, sequences, order },
  results,
  call,
) => {
  let carried = operands.slice(0, carries);
  const inSteps = operands.slice(carries, carries + sequences);
  const others = operands.slice(carries + sequences);
  const outputs = results.slice(carries).map((type) => zeros(type));
  for (let step = 0; step < length; step++) {
    const index = order === "forwards" ? step : length - 1 - step;
    const made = call(body, [
      ...carried,
      ...inSteps.map((sequence) => elementAt(sequence, index)),
      ...others,
    ]);
    carried = made.slice(0, carries);
    made.slice(carries).forEach(({ data }, i) => {
      outputs[i]?.data.set(data, index * data.length);
    });
  }
  return [...carried, ...outputs];
};
