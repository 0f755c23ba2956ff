// A plan as plain data: what `explain` of the backend gives.

import type { Program } from "@netwright/ir";
import type { FunctionExplanation, ProgramExplanation } from "@netwright/runtime";
import { BACKEND_NAME } from "../error.ts";
import { LARGEST } from "../instance.ts";
import { byteSize, type FuncPlan, type Place, type ProgramPlan } from "../plan/plan.ts";
import { explainKernel } from "./explain-kernel.ts";

export function explainPlan({ state }: Program, plan: ProgramPlan): ProgramExplanation {
  const names = state.map(({ name }) => name);
  const sizes = (places: readonly Place[]): number =>
    places.reduce((sum, { type }) => sum + byteSize(type), 0);
  const memory = {
    state: sizes(plan.state),
    constants: sizes(plan.constants.map(({ place }) => place)),
  };
  return {
    backend: BACKEND_NAME,
    threads: plan.threads,
    functions: plan.functions.map((func) => explainFunction(plan, func, names)),
    memory: {
      ...memory,
      arena: plan.bytes - memory.state - memory.constants,
      total: plan.bytes,
      limit: LARGEST,
    },
  };
}

/** `stateNames`: of the state variables, in the order of the plan. */
export function explainFunction(
  plan: ProgramPlan,
  func: FuncPlan,
  stateNames: readonly string[],
): FunctionExplanation {
  const kernels = func.kernels.map((kernel, i) => explainKernel(plan, func, kernel, i, stateNames));
  const copied = func.copies.reduce((sum, { bytes }) => sum + 2 * bytes, 0);
  const { name, kind, batch } = func.func;
  return {
    name,
    kind,
    batch,
    kernels,
    flops: kernels.reduce((sum, { flops }) => sum + flops, 0),
    bytes: kernels.reduce((sum, { bytes }) => sum + bytes, copied),
  };
}
