// The functions of a program as plans, by name.

import { expand, type Func, type Keeps, optimize, type Program } from "@netwright/ir";
import type { Device } from "../device/device.ts";
import { buildPlan } from "../plan/build.ts";
import type { Plan } from "../plan/plan.ts";
import { disposePlan } from "../plan/run.ts";
import { hasRule } from "../rules/table.ts";

export interface Planned {
  readonly func: Func;
  readonly plan: Plan;
}

export interface Functions {
  named(name: string): Planned;
  dispose(): void;
}

export function planFunctions(program: Program, device: Device): Functions {
  const keeps: Keeps = (op) =>
    op.name === "composite" ? (device.composites?.has(op.attributes.composite) ?? false) : hasRule(op);
  // Decompositions of the composites that the device knows are not run.
  const entries = optimize(expand(program, keeps)).functions.filter(({ kind }) => kind !== "composite");
  const planned = entries.map((func) => ({
    func,
    plan: buildPlan(func, device, ownership(func)),
  }));
  return {
    named(name) {
      const found = planned.find(({ func }) => func.name === name);
      if (found === undefined) throw new Error(`${program.name} has no function ${name}`);
      return found;
    },
    dispose() {
      for (const { plan } of planned) disposePlan(plan, device);
    },
  };
}

/** The state that a function replaces is consumed, what it only reads is looked at. Feeds are consumed. */
function ownership({ parameters, reads, writes }: Func): readonly boolean[] {
  return parameters.map(({ name }, i) => i >= reads.length || writes.includes(name));
}
