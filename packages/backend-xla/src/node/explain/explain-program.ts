// A program as a plugin's compiler has made it, function by function. Nothing runs, but each function is compiled, or taken from the
// cache of compiled programs.

import { bytesOf, type Func, feedsOf, type Program } from "@netwright/ir";
import type { FunctionExplanation, KernelExplanation, ProgramExplanation } from "@netwright/runtime";
import { printWithLayers } from "@netwright/stablehlo";
import { BACKEND_NAME } from "../../error.ts";
import type { Compile } from "../machine.ts";
import type { Client } from "../pjrt/client.ts";
import { type Inspected, inspect } from "../pjrt/inspect.ts";
import { readHlo } from "./hlo.ts";
import { kernelsOf } from "./kernels.ts";

export interface ExplainOptions {
  readonly compile: Compile;
  readonly threads: number;
  /** Those that a function which changes state runs on together; what is told is of one of them. */
  readonly devices: number;
}

/** @throws BackendError */
export function explainProgram(
  client: Client,
  program: Program,
  options: ExplainOptions,
): ProgramExplanation {
  const explained = program.functions
    .filter(({ kind }) => kind !== "composite" && kind !== "init")
    .map((func) => [func, explainFunction(client, program, func, options)] as const);
  const functions = explained.map(([, each]) => each);
  const state = program.state.reduce((sum, { type }) => sum + bytesOf(type), 0);
  const arena = Math.max(0, ...explained.map(([func, each]) => beyondState(func, each)));
  return {
    backend: BACKEND_NAME,
    threads: options.threads,
    functions,
    memory: { state, constants: 0, arena, total: state + arena, limit: null },
  };
}

/** @throws BackendError */
export function explainFunction(
  client: Client,
  program: Program,
  func: Func,
  options: ExplainOptions,
): FunctionExplanation {
  const devices = func.writes.length === 0 ? 1 : options.devices;
  const { text, layers } = printWithLayers(program, func.name, { donate: true, devices });
  const start = performance.now();
  const { inspected, kept, seconds } = options.compile(
    text,
    (loaded, kept) => {
      const seconds = (performance.now() - start) / 1000;
      try {
        return { inspected: inspect(client.api, loaded), kept, seconds };
      } finally {
        client.api.invoke("LoadedExecutable_Destroy", { executable: loaded });
      }
    },
    devices,
  );
  const kernels = kernelsIn(inspected, func, layers, options.threads);
  const total = (of: "flops" | "bytes") =>
    inspected.costs?.[of] ?? kernels.reduce((sum, kernel) => sum + kernel[of], 0);
  const { name, kind, batch } = func;
  return {
    ...{ name, kind, batch, kernels },
    ...{ flops: total("flops"), bytes: total("bytes") },
    compiled: {
      seconds,
      kept,
      shown: kernels.length > 0,
      analysed: inspected.costs !== undefined,
      ...(inspected.memory !== undefined && { memory: inspected.memory }),
    },
  };
}

/** None where the plugin does not show what it has made, or in a way that is not known here. */
function kernelsIn(
  { program }: Inspected,
  func: Func,
  layers: ReadonlyMap<number, string>,
  threads: number,
): readonly KernelExplanation[] {
  if (program?.format !== "hlo_with_config" && program?.format !== "hlo") return [];
  try {
    return kernelsOf(readHlo(program.bytes, program.format), { func, layers, threads });
  } catch (error) {
    if (error instanceof RangeError) return [];
    throw error;
  }
}

/** What a call needs beside the state: what it is fed, its results, and what it works with. */
function beyondState(func: Func, { compiled }: FunctionExplanation): number {
  const memory = compiled?.memory;
  if (memory === undefined) return 0;
  const fed = feedsOf(func).reduce((sum, { value }) => sum + bytesOf(value.type), 0);
  return fed + memory.results - memory.reused + memory.temporary;
}
