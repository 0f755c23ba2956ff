// The backend on @tensorflow/tfjs-backend-wasm: programs run as its kernels, in Node and in browsers.

import { isOpName } from "@netwright/ir";
import { BACKEND_CONTRACT, type Backend } from "@netwright/runtime";
import { createMachine } from "@netwright/tfjs-kernels";
import { BACKEND_NAME } from "./error.ts";
import type { WasmOptions } from "./options.ts";
import { tfjsInstance } from "./tfjs-instance.ts";
import { wasmDevice } from "./wasm-device.ts";

/** Options count when the first program is compiled, as one instance of tfjs serves the whole process. */
export function createWasmBackend(options: WasmOptions = {}): Backend {
  const supports: Backend["supports"] = ({ name }: { readonly name: string }) =>
    isOpName(name) ? true : `this version of the IR has no operation ${name}`;
  return {
    name: BACKEND_NAME,
    supports,
    async load(program, { threads } = {}) {
      const { backend } = await tfjsInstance(options, threads);
      return createMachine(program, wasmDevice(backend));
    },
    async describe({ threads } = {}) {
      const { core, wasm } = await tfjsInstance(options, threads);
      return {
        name: BACKEND_NAME,
        versions: {
          "@tensorflow/tfjs-backend-wasm": wasm.version_wasm,
          "@tensorflow/tfjs-core": core.version_core,
        },
        threads: wasm.getThreadsCount(),
        simd: await core.env().getAsync("WASM_HAS_SIMD_SUPPORT").then(Boolean),
        device: "cpu",
        deterministic: false,
      };
    },
  };
}

/** With the `.wasm` files where @tensorflow/tfjs-backend-wasm expects them. */
export const wasmBackend: Backend = createWasmBackend();

/** What Netwright looks for in a package that holds a backend. */
export { wasmBackend as backend };
export const backendContract: typeof BACKEND_CONTRACT = BACKEND_CONTRACT;
