// The backends that Netwright knows by name and that run anywhere; Node has more, see `../node/backends.ts`.
// Each is loaded when it is asked for and not before. wasm is not installed with Netwright, and nothing names its
// package in an import: a bundler would look for it and fail.

import {
  type Backend,
  type BackendRegistry,
  type ImportPackage,
  type Outcome,
  resolveBackend,
} from "@netwright/runtime";
import { importBeside } from "./import-beside.ts";

/** What `auto` stands for. */
export const DEFAULT_BACKEND = "jit";

export const portableBackends: BackendRegistry = [
  {
    name: "jit",
    packageName: "@netwright/backend-jit",
    load: async () => (await import("@netwright/backend-jit")).jitBackend,
  },
  { name: "wasm", packageName: "@netwright/backend-wasm" },
  {
    name: "reference",
    packageName: "@netwright/backend-reference",
    load: async () => (await import("@netwright/backend-reference")).referenceBackend,
  },
];

/** A backend by its name, `auto`, the name of a third party's package, or the backend itself. */
export type BackendChoice = string | Backend;

/** Problems: NW0810 to NW0814. */
export async function findBackendIn(
  registry: BackendRegistry,
  choice: BackendChoice = "auto",
  importing: ImportPackage = importBeside,
): Promise<Outcome<Backend>> {
  if (typeof choice !== "string") return { ok: true, value: choice };
  return resolveBackend(choice === "auto" ? DEFAULT_BACKEND : choice, registry, importing);
}
