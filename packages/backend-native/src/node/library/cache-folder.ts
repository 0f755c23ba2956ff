// Where `netwright setup native` puts the library: a folder of the user's, by version and platform. The addon
// is built against Node-API, which is the same in all versions of Node, so one build serves them all.

import { homedir } from "node:os";
import { join } from "node:path";

/** The version of @tensorflow/tfjs-node whose addon and kernels this package is written for. */
export const TFJS_NODE_VERSION = "4.22.0";

export type Environment = Readonly<Record<string, string | undefined>>;

/** NETWRIGHT_NATIVE, or netwright/native in XDG_CACHE_HOME or ~/.cache. */
export function cacheFolder(env: Environment): string {
  const chosen = env["NETWRIGHT_NATIVE"] ?? "";
  if (chosen !== "") return chosen;
  const cache = env["XDG_CACHE_HOME"] ?? "";
  const root = cache === "" ? join(homedir(), ".cache") : cache;
  const build = `tfjs-node-${TFJS_NODE_VERSION}-${process.platform}-${process.arch}`;
  return join(root, "netwright", "native", build);
}

/** The package in an installation folder. */
export function packageFolder(folder: string): string {
  return join(folder, "node_modules", "@tensorflow", "tfjs-node");
}
