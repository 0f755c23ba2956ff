// What a kernel is: one operation as a pure function on tensors.

import type { Attributes, Numerics, OpName, TensorType } from "@netwright/ir";
import type { Tensor } from "../tensor.ts";

/** Runs another function of the program, for `composite`. */
export type Call = (func: string, operands: readonly Tensor[]) => readonly Tensor[];

/** Operands are not changed; the results have the types `results`, which the IR has inferred. `numerics` are the program's. */
export type Kernel<K extends OpName> = (
  operands: readonly Tensor[],
  attributes: Attributes[K],
  results: readonly TensorType[],
  call: Call,
  numerics: Numerics,
) => readonly Tensor[];
