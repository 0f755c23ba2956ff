// The backends that Netwright knows by name in Node.

import { oneLine, quote } from "@netwright/definitions";
import type { Backend, BackendRegistry, Outcome } from "@netwright/runtime";
import { fromOutcome } from "../api/train.ts";
import { importBeside } from "../backends/import-beside.ts";
import { type BackendChoice, findBackendIn, portableBackends } from "../backends/registry.ts";
import { fromRuntime } from "../project/diagnostics.ts";
import { type Checked, reject } from "../project/result.ts";
import { importInstalled } from "./import-installed.ts";

/** What there is to do where Netwright is installed elsewhere than in the project. */
const ELSEWHERE =
  "It is looked for where Netwright is installed; one of the folder in which a command runs is used where its package is named, ";

export const backendRegistry: BackendRegistry = [
  ...portableBackends.map((known) =>
    known.load === undefined
      ? { ...known, afterInstall: `${ELSEWHERE}\`--backend ${known.packageName}\`.` }
      : known,
  ),
  {
    name: "native",
    packageName: "@netwright/backend-native",
    load: async () => (await import("@netwright/backend-native")).nativeBackend,
  },
  {
    name: "xla",
    packageName: "@netwright/backend-xla",
    load: async () => (await import("@netwright/backend-xla")).xlaBackend,
  },
];

/**
 * A known backend, `auto`, or the package of a third party, which alone may be one of the current folder. Problems: NW0810
 * to NW0814.
 */
export function findBackend(choice?: BackendChoice): Promise<Outcome<Backend>> {
  const isKnown = backendRegistry.some(({ name }) => name === choice);
  return findBackendIn(backendRegistry, choice, isKnown ? importBeside : importInstalled);
}

/** The one that a run names. A run may come from anybody, and is not to choose which package is loaded. */
export async function recordedBackend(name: string): Promise<Checked<Backend>> {
  if (backendRegistry.some((known) => known.name === name)) return fromOutcome(await findBackend(name));
  return reject([
    fromRuntime({
      code: "NW0810",
      message: `The run was trained on ${quote(name)}, which is none of Netwright's backends; what a run names is not loaded by itself.`,
      notes: [
        `If you know it, name its package yourself: \`--backend ${oneLine(name)}\` of the command, \`backend\` of the options.`,
      ],
    }),
  ]);
}
