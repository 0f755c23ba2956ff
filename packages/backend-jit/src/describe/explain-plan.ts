// A plan as plain data: what `explain` of the backend gives.

import type { FunctionExplanation, ProgramExplanation } from "@netwright/runtime";
import { BACKEND_NAME } from "../error.ts";
import { LARGEST } from "../instance.ts";
import { byteSize, type FuncPlan, type Place, type ProgramPlan } from "../plan/plan.ts";
import { explainKernel } from "./explain-kernel.ts";

export function explainPlan(plan: ProgramPlan): ProgramExplanation {
  const sizes = (places: readonly Place[]): number =>
    places.reduce((sum, { type }) => sum + byteSize(type), 0);
  const memory = {
    state: sizes([...plan.state.values()]),
    constants: sizes(plan.constants.map(({ place }) => place)),
  };
  return {
    backend: BACKEND_NAME,
    threads: plan.threads,
    ...(plan.productSums === "separate"
      ? {}
      : { fused: plan.productSums === "fused" ? "engine" : "emulated" }),
    functions: plan.functions.map((func) => explainFunction(plan, func)),
    memory: {
      ...memory,
      arena: plan.bytes - memory.state - memory.constants,
      total: plan.bytes,
      limit: LARGEST,
    },
  };
}

export function explainFunction(plan: ProgramPlan, func: FuncPlan): FunctionExplanation {
  const kernels = func.kernels.map((kernel, i) => explainKernel(plan, func, kernel, i));
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
