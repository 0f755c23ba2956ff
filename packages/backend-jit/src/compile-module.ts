// A module compiled by the engine, and why where it is not: what the engine lacks, what its host forbids, what is too large.
// Everything else that an engine has against a module is our own mistake.

import { forbiddenBy, jitError, tooLarge } from "./error.ts";
import { engine, type WasmEngine, type WasmModule } from "./wasm/engine.ts";
import { beyondLimits } from "./wasm/limits.ts";
import { ModuleBuilder } from "./wasm/module-builder.ts";

/** Larger modules are compiled beside the thread: pages do not let the main one do it. */
const LARGEST_AT_ONCE = 1 << 22;

export type Compiler = Pick<WasmEngine, "Module" | "compile" | "validate" | "CompileError">;

/**
 * `check` throws where it finds a mistake of ours in what the engine refuses.
 *
 * @throws BackendError where the engine has no SIMD, its host lets nobody compile, or the module is too large
 * @throws Error, with what the engine says, of a module that is none
 */
export async function compileModule(
  bytes: Uint8Array<ArrayBuffer>,
  compiler: Compiler = engine,
  check: () => void = () => {},
): Promise<WasmModule> {
  try {
    return atOnce(bytes, compiler) ?? (await compiler.compile(bytes));
  } catch (error) {
    throw whyNot(error, bytes, compiler, check);
  }
}

/** Where that is possible: it takes a millisecond, and the way over another thread tens of them. */
function atOnce(bytes: Uint8Array<ArrayBuffer>, { Module }: Compiler): WasmModule | undefined {
  if (bytes.length > LARGEST_AT_ONCE) return undefined;
  try {
    return new Module(bytes);
  } catch (error) {
    // Older browsers have a lower limit for the main thread of a page.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

const SMALLER = "Use smaller layers, fewer of them, or another backend.";

/** Found by asking the engine again, never by the words of its message, which are others in each. */
function whyNot(
  error: unknown,
  bytes: Uint8Array<ArrayBuffer>,
  compiler: Compiler,
  check: () => void,
): unknown {
  // What engines throw where there is no room for the code.
  if (error instanceof RangeError)
    return tooLarge(`there is no memory for the code of the program: ${error.message}`, SMALLER);
  if (!(error instanceof compiler.CompileError)) return error;
  const beyond = beyondLimits(bytes);
  if (beyond !== null) return tooLarge(`the program is too large: ${beyond}`, SMALLER);
  if (!compiler.validate(withSimd()))
    return jitError(
      "this engine does not take WebAssembly with 128-bit SIMD",
      "Update Node or the browser, or use another backend.",
    );
  if (isForbidden(compiler)) return forbiddenBy(error);
  check();
  return new Error(`the engine refuses the module that was made for it: ${error.message}`, { cause: error });
}

function withSimd(): Uint8Array<ArrayBuffer> {
  const module = new ModuleBuilder();
  module.exportFunction(
    module.func("run", { params: ["f32"], results: ["f32"] }, (fn, [x]) => {
      if (x !== undefined) fn.get(x).op("f32x4.splat").lane("f32x4.extract_lane", 0);
    }),
  );
  return module.toBytes();
}

/** Whether not even a module without anything is compiled. */
function isForbidden({ Module, CompileError }: Compiler): boolean {
  try {
    new Module(new ModuleBuilder().toBytes());
    return false;
  } catch (error) {
    return error instanceof CompileError;
  }
}
