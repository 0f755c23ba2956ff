// The jit backend as the contract sees it: takes every operation, needs WebAssembly with SIMD and nothing else.

import { expand, isOpName, optimize, type Program } from "@netwright/ir";
import type { Backend, CompileOptions } from "@netwright/runtime";
import { explainPlan } from "./describe/explain-plan.ts";
import { profilePlan } from "./describe/profile-plan.ts";
import { BACKEND_NAME } from "./error.ts";
import { instantiate } from "./instance.ts";
import { createMachine } from "./machine.ts";
import { hasLowering } from "./plan/lowering/table.ts";
import { planProgram } from "./plan/plan.ts";
import { ONE_THREAD, type ThreadSettings } from "./threads/division.ts";
import { availableThreads } from "./threads/settings.ts";
import { PATIENCE_MS } from "./threads/team.ts";
import { type NoThreads, type WorkerHost, workerHost } from "./threads/worker-host.ts";
import { VERSION } from "./version.ts";
import { keepsInstructionOrder } from "./wasm/engine.ts";
import { fusesProducts } from "./wasm/fuses.ts";

/** Other than usual for tests alone. */
export interface JitSettings {
  readonly host?: WorkerHost | NoThreads;
  /** What threads have to gain, and how little they share: all but their number. */
  readonly sharing?: Omit<ThreadSettings, "threads">;
  /** Workers are there when `load` returns, rather than some time after the first call. */
  readonly prompt?: boolean;
  /** Milliseconds without a sign of life after which a worker counts as dead. */
  readonly patience?: number;
  /** Whether the engine has fused product-sums. */
  readonly fuses?: () => boolean;
}

export function createJitBackend({
  host = workerHost(),
  sharing = ONE_THREAD,
  prompt = false,
  patience = PATIENCE_MS,
  fuses = fusesProducts,
}: JitSettings = {}): Backend {
  // A program from a newer version of the IR may hold what the types here exclude.
  const supports = ({ name }: { readonly name: string }): true | string =>
    isOpName(name) ? true : `this version of the IR has no operation ${name}`;
  const prepare = (program: Program, { threads }: CompileOptions = {}) => {
    const settings = { ...sharing, threads: availableThreads(host, threads).threads };
    const expanded = optimize(expand(program, hasLowering));
    // To find out takes a module of its own, which a program that does not ask for it need not wait for.
    const engine = {
      keepsOrder: keepsInstructionOrder(),
      fuses: program.numerics !== undefined && fuses(),
    };
    return { expanded, plan: planProgram(expanded, engine, settings) };
  };
  return {
    name: BACKEND_NAME,
    supports,
    fused: () => (fuses() ? "engine" : "emulated"),
    load: async (program, options) => {
      const { plan } = prepare(program, options);
      const instance = await instantiate(plan, host, patience);
      if (prompt) await instance.team?.ready();
      return createMachine(plan, instance);
    },
    explain: async (program, options) => {
      const { plan } = prepare(program, options);
      return explainPlan(plan);
    },
    profile: async (program, input, options) => {
      const { expanded, plan } = prepare(program, options);
      return profilePlan(expanded, plan, input, host);
    },
    describe: async ({ threads } = {}) => {
      const available = availableThreads(host, threads);
      return {
        name: BACKEND_NAME,
        versions: { "@netwright/backend-jit": VERSION },
        threads: available.threads,
        simd: true,
        device: "cpu",
        deterministic: true,
        ...(available.note === undefined ? {} : { note: available.note }),
      };
    },
  };
}

export const jitBackend: Backend = createJitBackend();
