// The constraint of a weight, after the rule of the optimizer has moved it.

import { lookUp } from "@netwright/definitions";
import type { Builder, Value } from "@netwright/ir";
import type { Definitions } from "../../definitions.ts";
import type { Variable } from "../../layers/layer.ts";

export function constrained(
  b: Builder,
  definitions: Definitions,
  weight: Value,
  { constraint }: Pick<Variable, "constraint">,
): Value {
  if (constraint === undefined || constraint === null) return weight;
  return lookUp(definitions.constraint, constraint.name).build(b, weight, constraint.args);
}
