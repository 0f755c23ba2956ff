// Builds a module with one exported function, checks that engines accept it, and gives the function to call.

import { expect } from "@jest/globals";
import { engine, type WasmMemory } from "../../src/wasm/engine.ts";
import type { FunctionBuilder } from "../../src/wasm/function-builder.ts";
import { ModuleBuilder } from "../../src/wasm/module-builder.ts";
import type { ValueType } from "../../src/wasm/value-type.ts";

export interface Built {
  readonly memory: WasmMemory;
  readonly call: (...args: (number | bigint)[]) => unknown;
}

export function build(
  params: readonly ValueType[],
  results: readonly ValueType[],
  body: (fn: FunctionBuilder, module: ModuleBuilder) => void,
  shared = false,
  pages = 1,
): Built {
  const module = new ModuleBuilder();
  const limits = { initial: pages, maximum: pages, shared };
  module.importMemory("env", "memory", limits);
  module.exportFunction(module.func("main", { params, results }, (fn) => body(fn, module)));
  const bytes = module.toBytes();
  expect(engine.validate(bytes)).toBe(true);
  const memory = new engine.Memory(limits);
  const instance = new engine.Instance(new engine.Module(bytes), { env: { memory } });
  // The exports of a module are typed as anything; this one is a function by construction.
  const call = instance.exports["main"] as (...args: (number | bigint)[]) => unknown;
  return { memory, call };
}
