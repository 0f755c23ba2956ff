// What a loss is: a number for each row from prediction and target, both [rows x outputs].

import { type Args, type Documented, definer, type Params, type Spec } from "@netwright/definitions";
import type { Builder, Value } from "@netwright/ir";

export interface Loss extends Documented {
  /** The loss of each row, [rows]: the mean over the outputs. */
  readonly build: (b: Builder, prediction: Value, target: Value, args: Args) => Value;
}

interface ElementwiseLoss extends Documented {
  /** The loss of each element from the error e = prediction - target. */
  readonly ofError: (b: Builder, error: Value, args: Args) => Value;
}

const elementwise = definer<ElementwiseLoss>({});

/** A loss that is a mean of a function of the error. */
export function defineElementwiseLoss<P extends Params>(spec: Spec<ElementwiseLoss, P>): Loss {
  const { ofError, ...definition } = elementwise(spec);
  return {
    ...definition,
    build: (b, prediction, target, args) =>
      meanOverOutputs(b, ofError(b, b.subtract(prediction, target), args)),
  };
}

function meanOverOutputs(b: Builder, x: Value): Value {
  const [rows = 0, outputs = 1] = x.type.shape;
  if (outputs === 1) return b.reshape(x, [rows]);
  const sum = b.sum(x, [1]);
  return b.divide(sum, b.like(sum, outputs));
}
