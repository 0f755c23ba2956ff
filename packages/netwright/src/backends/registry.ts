// The backends that Netwright knows by name. Each is loaded when it is asked for and not before.

import {
  type Backend,
  type BackendRegistry,
  type ImportPackage,
  type Outcome,
  resolveBackend,
} from "@netwright/runtime";

/** What `auto` stands for. */
export const DEFAULT_BACKEND = "wasm";

export const backendRegistry: BackendRegistry = [
  {
    name: "wasm",
    packageName: "@netwright/backend-wasm",
    load: async () => (await import("@netwright/backend-wasm")).wasmBackend,
  },
  {
    name: "reference",
    packageName: "@netwright/backend-reference",
    load: async () => (await import("@netwright/backend-reference")).referenceBackend,
  },
];

const importPackage: ImportPackage = (name) => import(name);

/** A known backend, `auto`, or the package of a third party. Problems: NW0810 to NW0814. */
export function findBackend(name: string = "auto"): Promise<Outcome<Backend>> {
  return resolveBackend(name === "auto" ? DEFAULT_BACKEND : name, backendRegistry, importPackage);
}
