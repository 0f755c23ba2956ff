// What a plugin tells of an executable: its memory, its costs, and the program that its compiler has made.

import { isBackendError } from "@netwright/runtime";
import type { Api, CallName } from "./api.ts";
import { Memory, type Struct } from "./memory.ts";
import { fractionsAt } from "./named-values.ts";

/** Bytes on the device. */
export interface CompiledMemory {
  readonly arguments: number;
  readonly results: number;
  /** Of the results, what lies where arguments were. */
  readonly reused: number;
  readonly temporary: number;
  /** 0 where the plugin does not count it. */
  readonly code: number;
}

export interface Inspected {
  readonly memory?: CompiledMemory;
  /** By the plugin's own analysis. */
  readonly costs?: { readonly flops: number; readonly bytes: number };
  readonly program?: { readonly format: string; readonly bytes: Uint8Array };
}

/** What a plugin has no function for, or cannot tell of this executable, is left out. `loaded`: stays with its owner. */
export function inspect(api: Api, loaded: number): Inspected {
  const executable = api.invoke("LoadedExecutable_GetExecutable", { loaded }).get("executable");
  try {
    const memory = told(api, "Executable_GetCompiledMemoryStats", () => memoryOf(api, executable));
    const costs = told(api, "Executable_GetCostAnalysis", () => costsOf(api, executable));
    const program = told(api, "Executable_OptimizedProgram", () => programOf(api, executable));
    return {
      ...(memory !== undefined && { memory }),
      ...(costs !== undefined && { costs }),
      ...(program !== undefined && { program }),
    };
  } finally {
    if (api.has("Executable_Destroy")) api.invoke("Executable_Destroy", { executable });
  }
}

function told<T>(api: Api, name: CallName, ask: () => T): T | undefined {
  if (!api.has(name)) return undefined;
  try {
    return ask();
  } catch (error) {
    if (!isBackendError(error)) throw error;
    return undefined;
  }
}

function memoryOf(api: Api, executable: number): CompiledMemory {
  const stats = api.invoke("Executable_GetCompiledMemoryStats", { executable });
  return {
    arguments: stats.get("arguments"),
    results: stats.get("outputs"),
    reused: stats.get("aliases"),
    temporary: stats.get("temporary"),
    code: stats.get("code"),
  };
}

function costsOf(api: Api, executable: number): Inspected["costs"] {
  const told = api.invoke("Executable_GetCostAnalysis", { executable });
  const found = fractionsAt(api, told.get("properties"), told.get("num_properties"));
  const [flops, bytes] = [found.get("flops"), found.get("bytes accessed")];
  return flops === undefined || bytes === undefined ? undefined : { flops, bytes };
}

/** It is asked twice: for its size, and then into memory of ours. */
function programOf(api: Api, executable: number): Inspected["program"] {
  const program: Struct<"Program"> = api.struct("Program");
  api.invoke("Executable_OptimizedProgram", { executable, program });
  const size = program.get("code_size");
  if (size === 0) return undefined;
  const code = new Memory(api.native, size);
  program.set("code", code);
  api.invoke("Executable_OptimizedProgram", { executable, program });
  return {
    format: api.textAt(program.get("format"), program.get("format_size")),
    bytes: new Uint8Array(code.buffer, 0, size),
  };
}
