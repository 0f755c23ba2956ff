// The backends that Netwright knows by name in Node.

import type { Backend, BackendRegistry, Outcome } from "@netwright/runtime";
import { type BackendChoice, findBackendIn, portableBackends } from "../backends/registry.ts";
import { importInstalled } from "./import-installed.ts";

export const backendRegistry: BackendRegistry = [
  ...portableBackends,
  {
    name: "native",
    packageName: "@netwright/backend-native",
    load: async () => (await import("@netwright/backend-native")).nativeBackend,
  },
];

/** A known backend, `auto`, or the package of a third party. Problems: NW0810 to NW0814. */
export function findBackend(choice?: BackendChoice): Promise<Outcome<Backend>> {
  return findBackendIn(backendRegistry, choice, importInstalled);
}
