// A plan in which a function is there a second time, kernel by kernel: each a function of its own, so that it can be
// called and timed alone, by all threads where they share it.

import type { FuncPlan, ProgramPlan } from "../plan/plan.ts";

export interface KernelPlan {
  /** Same addresses; the first functions are those of the plan that was given. */
  readonly plan: ProgramPlan;
  /** Where in the new plan each kernel of the function is; what copies results over the state comes last. */
  readonly kernels: readonly number[];
  readonly copies: number | undefined;
}

export function planByKernel(plan: ProgramPlan, func: FuncPlan): KernelPlan {
  const first = plan.functions.length;
  const alone = func.kernels.map((kernel): FuncPlan => {
    // A call waits for all threads at its end.
    const kernels = [{ ...kernel, barrier: false }];
    return { ...func, kernels, shared: kernel.share !== undefined, copies: [] };
  });
  const copies: FuncPlan[] = func.copies.length === 0 ? [] : [{ ...func, kernels: [], shared: false }];
  return {
    plan: { ...plan, functions: [...plan.functions, ...alone, ...copies] },
    kernels: alone.map((_, i) => first + i),
    copies: copies.length === 0 ? undefined : first + alone.length,
  };
}
