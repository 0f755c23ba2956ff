// Operations without operands.

import { iotaValues } from "../iota.ts";
import { type LoweringRule, resultOf } from "./rule.ts";

export const constant: LoweringRule<"constant"> = (context, op) => {
  context.constant(resultOf(op), op.attributes.type, op.attributes.values);
};

export const iota: LoweringRule<"iota"> = (context, op) => {
  context.constant(resultOf(op), op.attributes.type, iotaValues(op.attributes));
};
