// composite: only those that the device runs in a way of its own reach the plan; all others are inlined.

import type { Rule } from "./rule.ts";

export const composite: Rule<"composite"> = (op, planner) => {
  const { composite: name } = op.attributes;
  const prepare = planner.device.composites?.get(name);
  if (prepare === undefined) throw new Error(`the composite ${name} is not inlined before planning`);
  const refs = op.operands.map((value) => planner.full(value));
  return planner.composite(
    name,
    refs,
    op.results.map((value) => value.type),
    prepare(op),
  );
};
