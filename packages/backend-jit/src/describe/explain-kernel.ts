// One kernel of a plan as plain data for people and programs.

import type { KernelExplanation } from "@netwright/runtime";
import type { Choices } from "../kernels/rule.ts";
import { buffersOf, ruleOf } from "../kernels/table.ts";
import type { FuncPlan, PlannedKernel, ProgramPlan } from "../plan/plan.ts";
import { kernelCost } from "./kernel-cost.ts";

const NO_CHOICES: Choices = { tile: null, layout: null, packed: [] };

export function explainKernel(
  plan: ProgramPlan,
  func: FuncPlan,
  { kernel, share }: PlannedKernel,
  index: number,
): KernelExplanation {
  const rule = ruleOf(kernel);
  const ops = rule.ops(kernel, func.purposes);
  const written = new Set(buffersOf(kernel).writes.map((buffer) => func.addresses.get(buffer)));
  return {
    name: `${func.func.name}.${index + 1}`,
    kind: rule.label,
    layers: [...new Set(ops.flatMap(({ origin }) => (origin === undefined ? [] : [origin.layer])))],
    ops: ops.map((op) => rule.opName?.(op) ?? op.name),
    shape: rule.shape(kernel),
    ...(rule.choices?.(kernel, share, plan.engine) ?? NO_CHOICES),
    updates: [...plan.state].flatMap(([name, { address }]) => (written.has(address) ? [name] : [])),
    ...kernelCost(kernel, ops, func.types),
    threads: share === undefined ? 1 : Math.min(plan.threads, share.units),
  };
}
