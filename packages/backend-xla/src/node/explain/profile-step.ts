// What a training step spends its time on, as far as the host sees it: XLA runs the kernels of a step in one call, and has no clock for
// each. Steps whose calls of the plugin are timed take turns with whole ones; both compute the same, so training simply goes on.

import { at, type Program } from "@netwright/ir";
import {
  BackendError,
  executableOf,
  type Machine,
  type PartTime,
  type Profile,
  type ProfileInput,
} from "@netwright/runtime";
import { BACKEND_NAME } from "../../error.ts";
import type { Client } from "../pjrt/client.ts";
import type { FunctionName } from "../pjrt/layout.ts";
import { type ExplainOptions, explainFunction } from "./explain-program.ts";

/** Seconds until the engine has compiled what calls the plugin. */
const WARM = 0.3;
/** Pairs of steps, however long they take, and at most. */
const LEAST = 3;
const MOST = 2000;

const PARTS: Readonly<Partial<Record<FunctionName, string>>> = {
  Client_BufferFromHostBuffer: "send rows",
  LoadedExecutable_Execute: "execute",
  Event_Await: "wait for results",
  Buffer_ReadyEvent: "wait for results",
  Buffer_ToHostBuffer: "receive results",
  Buffer_UnsafePointer: "receive results",
  Buffer_Destroy: "free old state",
};
const NAMES = [...new Set(Object.values(PARTS))];
/** All of a step that is no call of the plugin. */
const REST = "between the calls";

type Timed = Readonly<{ whole: number; parts: ReadonlyMap<string, number> }>;

export interface ProfileOptions extends ExplainOptions {
  /** Makes one of the program, which is disposed of. */
  readonly machine: () => Machine;
}

/** @throws BackendError, also when the program has no step for the batches */
export function profileStep(
  client: Client,
  program: Program,
  { state, batches, seconds = 1 }: ProfileInput,
  { machine, ...options }: ProfileOptions,
): Profile {
  const rows = batches[0]?.rows ?? 0;
  const func = program.functions.find(({ kind, batch }) => kind === "step" && batch === rows);
  if (func === undefined || batches.some((batch) => batch.rows !== rows)) {
    throw new BackendError(
      BACKEND_NAME,
      `program ${program.name} has no step function for all ${batches.length} batches`,
      "Profile on batches of one size for which the program was lowered.",
    );
  }
  const explained = explainFunction(client, program, func, options);
  const executable = executableOf(BACKEND_NAME, program, machine());
  const timed: Timed[] = [];
  const wholes: number[] = [];
  try {
    executable.writeState(state);
    const pairs = (duration: number): number => {
      const end = performance.now() + 1000 * duration;
      let pair = 0;
      for (; pair < MOST && (pair < LEAST || performance.now() < end); pair++) {
        const batch = at(batches, pair % batches.length);
        const start = performance.now();
        executable.step(batch);
        wholes.push(performance.now() - start);
        timed.push(timedStep(client, () => executable.step(batch)));
      }
      return pair;
    };
    pairs(WARM);
    timed.length = 0;
    wholes.length = 0;
    const before = process.cpuUsage();
    const steps = 2 * pairs(seconds);
    const { user, system } = process.cpuUsage(before);
    return {
      backend: BACKEND_NAME,
      threads: options.threads,
      function: explained,
      kernels: [],
      parts: partsOf(timed),
      steps,
      seconds: meanOf(fastest(wholes.map((whole) => ({ whole }))).map(({ whole }) => whole)) / 1000,
      processor: (user + system) / 1e6 / steps,
      peak: null,
    };
  } finally {
    executable.dispose();
  }
}

function timedStep(client: Client, step: () => void): Timed {
  const parts = new Map<string, number>();
  client.api.observe((name, milliseconds) => {
    const part = PARTS[name];
    if (part !== undefined) parts.set(part, (parts.get(part) ?? 0) + milliseconds);
  });
  try {
    const start = performance.now();
    step();
    return { whole: performance.now() - start, parts };
  } finally {
    client.api.observe(undefined);
  }
}

/** Of the same steps, so that together they are one. */
function partsOf(timed: readonly Timed[]): readonly PartTime[] {
  const taken = fastest(timed);
  const mean = (of: (step: Timed) => number) => meanOf(taken.map(of)) / 1000;
  const parts = NAMES.map((part) => ({ part, seconds: mean(({ parts }) => parts.get(part) ?? 0) }));
  const called = parts.reduce((sum, each) => sum + each.seconds, 0);
  return [...parts, { part: REST, seconds: Math.max(0, mean(({ whole }) => whole) - called) }];
}

/** A fifth of them: other work on the machine only slows down. */
function fastest<T extends { readonly whole: number }>(steps: readonly T[]): readonly T[] {
  const sorted = [...steps].sort((a, b) => a.whole - b.whole);
  return sorted.slice(0, Math.max(1, Math.ceil(sorted.length / 5)));
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
