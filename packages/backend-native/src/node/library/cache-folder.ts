// Where `netwright setup native` puts the library: a folder of the user's, by version and platform. The addon
// is built against Node-API, which is the same in all versions of Node, so one build serves them all.

import { join, resolve } from "node:path";
import { userCache } from "@netwright/runtime/node";

/** The version of @tensorflow/tfjs-node whose addon and kernels this package is written for. */
export const TFJS_NODE_VERSION = "4.22.0";

export type Environment = Readonly<Record<string, string | undefined>>;

/** NETWRIGHT_NATIVE, or netwright/native in the user's cache. */
export function cacheFolder(env: Environment): string {
  const chosen = chosenFolder(env);
  if (chosen !== undefined) return chosen;
  const build = `tfjs-node-${TFJS_NODE_VERSION}-${process.platform}-${process.arch}`;
  return join(userCache(env), "netwright", "native", build);
}

/** What the user has chosen in its place. */
export function chosenFolder(env: Environment): string | undefined {
  const chosen = env["NETWRIGHT_NATIVE"] ?? "";
  return chosen === "" ? undefined : resolve(chosen);
}

/** The package in an installation folder. */
export function packageFolder(folder: string): string {
  return join(folder, "node_modules", "@tensorflow", "tfjs-node");
}
