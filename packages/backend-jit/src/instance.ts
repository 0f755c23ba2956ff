// A planned program made runnable: memory, and the functions of its module.

import { at } from "@netwright/ir";
import { compileModule } from "./compile-module.ts";
import { emitModule, PAGE } from "./emit/module.ts";
import { forbiddenBy, jitError, tooLarge } from "./error.ts";
import { workOf, workOfAll } from "./kernels/table.ts";
import type { ProgramPlan } from "./plan/plan.ts";
import { createSleep, createTeam, PATIENCE_MS, type Team } from "./threads/team.ts";
import { type NoThreads, type WorkerHost, workerHost } from "./threads/worker-host.ts";
import { engine, type WasmMemory } from "./wasm/engine.ts";

/** What 32-bit addresses reach. */
export const LARGEST = 2 ** 32;

/**
 * What starting workers costs, in nanoseconds, as workOf counts: a process that predicts a few rows and ends has no
 * use for them. A training step is never the only one.
 */
const WORKER_START = 30e6;

export interface Instance {
  readonly memory: WasmMemory;
  /** In order of the plan's functions. */
  readonly functions: readonly (() => void)[];
  /** The threads that share them; undefined where there is only the caller's. */
  readonly team: Team | undefined;
}

/** @throws BackendError when the program needs too much memory, or the host cannot run it. */
export async function instantiate(
  plan: ProgramPlan,
  host: WorkerHost | NoThreads = workerHost(),
  patience = PATIENCE_MS,
): Promise<Instance> {
  const gigabytes = (plan.bytes / 2 ** 30).toFixed(1);
  if (plan.bytes > LARGEST) {
    throw tooLarge(
      `the program needs ${gigabytes} GB of memory, and WebAssembly has 4 GB`,
      "Use smaller layers or a smaller batch.",
    );
  }
  if (engine === undefined) {
    throw jitError("there is no WebAssembly here", "Run in Node 20 or later, or in a current browser.");
  }
  // The engine checks all types anyway; where it refuses one, we do, and say more.
  const module = await compileModule(emitModule(plan, { checked: false }), engine, () => {
    emitModule(plan, { checked: true });
  });
  const memory = allocate(Math.ceil(plan.bytes / PAGE), plan.threads > 1, gigabytes);
  const imports =
    plan.threads > 1
      ? { memory, sleep: createSleep(memory, patience + longestMilliseconds(plan)) }
      : { memory };
  const instance = new engine.Instance(module, { env: imports });
  const { threads } = plan;
  const team =
    threads === 1 || typeof host === "string" ? undefined : createTeam({ host, threads, module, memory });
  const runs = plan.functions.map((_, i): Run => {
    const found = instance.exports[`f${i}`];
    if (typeof found !== "function") throw new Error(`the module does not export f${i}`);
    // Emitted with two parameters in a plan for several threads, otherwise with none; without results.
    return found as Run;
  });
  const functions = team === undefined ? runs.map((run) => () => run(0, 1)) : sharedBy(team, plan, runs);
  return { memory, functions, team };
}

type Run = (thread: number, threads: number) => void;

/** The functions as the threads share them. */
function sharedBy(team: Team, plan: ProgramPlan, runs: readonly Run[]): readonly (() => void)[] {
  let alone = 0;
  return plan.functions.map(({ func, kernels, shared }, i) => {
    const run = at(runs, i);
    if (!shared) return () => team.alone(run);
    if (func.kind === "step" || func.kind === "accumulate") return () => team.call(i, run);
    const work = workOfAll(kernels.map(({ kernel }) => kernel));
    return () => {
      if (team.threads > 1 || alone >= WORKER_START) {
        team.call(i, run);
        return;
      }
      alone += work;
      team.alone(run);
    };
  });
}

/** A few times what the longest kernel may take on one thread, roughly: the last worker may be so late. */
function longestMilliseconds({ functions }: ProgramPlan): number {
  const works = functions.flatMap(({ kernels }) => kernels.map(({ kernel }) => workOf(kernel)));
  return (5 * Math.max(0, ...works)) / 1e6;
}

function allocate(initial: number, shared: boolean, gigabytes: string): WasmMemory {
  try {
    return new engine.Memory({ initial, ...(shared ? { maximum: initial, shared } : {}) });
  } catch (error) {
    // WebKit compiles a module whatever the policy of a page, and refuses its memory.
    if (error instanceof EvalError) throw forbiddenBy(error);
    throw tooLarge(
      `there are no ${gigabytes} GB of memory for the program`,
      "Use smaller layers or a smaller batch, or close other programs.",
    );
  }
}
