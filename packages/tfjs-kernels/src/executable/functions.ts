// The functions of a program as plans, found by kind and batch size.

import { type Func, type FuncKind, inline, optimize, type Program } from "@netwright/ir";
import type { Device } from "../device/device.ts";
import { buildPlan } from "../plan/build.ts";
import type { Plan } from "../plan/plan.ts";
import { disposePlan } from "../plan/run.ts";
import { misuse } from "./misuse.ts";

export interface Planned {
  readonly func: Func;
  readonly plan: Plan;
}

export interface Functions {
  /** @throws BackendError when the program has no such function. */
  find(kind: FuncKind, rows: number): Planned;
  dispose(): void;
}

export function planFunctions(program: Program, device: Device): Functions {
  const isKnown = (name: string): boolean => device.composites?.has(name) ?? false;
  const inlined = inline(program, ({ attributes }) => isKnown(attributes.composite));
  const planned = optimize(inlined).functions.map((func) => ({
    func,
    plan: buildPlan(func, device, ownership(func, program.state.length)),
  }));
  return {
    find(kind, rows) {
      const found = planned.find(({ func }) => func.kind === kind && func.batch === rows);
      if (found !== undefined) return found;
      const sizes = planned.filter(({ func }) => func.kind === kind).map(({ func }) => func.batch);
      throw misuse(
        device.name,
        `program ${program.name} has no ${kind} function for ${rows} rows; it has ${sizes.join(", ") || "none"}`,
        "Compile the program for this batch size, or pass batches of a size that it has.",
      );
    },
    dispose() {
      for (const { plan } of planned) disposePlan(plan, device);
    },
  };
}

/** A step consumes the state, as it gives the next; the others only look at it. Inputs are consumed. */
function ownership(func: Func, stateCount: number): readonly boolean[] {
  return func.parameters.map((_, i) => func.kind === "step" || func.kind === "init" || i >= stateCount);
}
