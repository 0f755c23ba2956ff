// broadcast_in_dim: the only broadcasting of the IR, always explicit.

import { tensor } from "../core/types.ts";
import { constrain, type OpDefinition, operand } from "./definition.ts";

export interface BroadcastInDimAttributes {
  readonly shape: readonly number[];
  /** For each operand dimension the result dimension it becomes, in increasing order. */
  readonly dimensions: readonly number[];
}

export const broadcastInDim: OpDefinition<BroadcastInDimAttributes> = {
  summary: "repeats the operand along new dimensions and along dimensions of size 1",
  operands: 1,
  fields: { shape: "integers", dimensions: "integers" },
  infer: (operands, { shape, dimensions }) => {
    const x = operand(operands, 0);
    constrain(
      dimensions.length === x.shape.length,
      "broadcast_in_dim_c1",
      `${dimensions.length} dimensions for an operand of rank ${x.shape.length}`,
    );
    constrain(
      dimensions.every((d, i) => d > (dimensions[i - 1] ?? -1) && d < shape.length),
      "broadcast_in_dim_c2",
      `dimensions ${dimensions} must increase and lie in a result of rank ${shape.length}`,
    );
    constrain(
      dimensions.every((d, i) => x.shape[i] === 1 || x.shape[i] === shape[d]),
      "broadcast_in_dim_c3",
      `operand [${x.shape}] does not fit [${shape}] at dimensions ${dimensions}`,
    );
    return [tensor(x.dtype, shape)];
  },
};
