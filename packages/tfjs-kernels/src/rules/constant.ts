// constant and iota: tensors made once, when the plan is built. A filled constant is held as a scalar and
// repeated by whoever uses it.

import { at, rowMajorStrides, sizeOf } from "@netwright/ir";
import type { Rule } from "./rule.ts";

export const constant: Rule<"constant"> = (op, planner) => {
  const { type, values } = op.attributes;
  const [first = 0] = values;
  if (!values.every((value) => Object.is(value, first))) return [planner.constant(type, values)];
  for (const value of op.results) planner.noteSplat(value, first);
  return [planner.constant({ dtype: type.dtype, shape: [] }, [first])];
};

export const iota: Rule<"iota"> = (op, planner) => {
  const { type, dimension } = op.attributes;
  const size = at(type.shape, dimension);
  const stride = rowMajorStrides(type.shape)[dimension] ?? 1;
  const values = Array.from({ length: sizeOf(type.shape) }, (_, i) => Math.floor(i / stride) % size);
  return [planner.constant(type, values)];
};
