// Whether compiled programs are kept, and where.

import { userCache } from "@netwright/runtime/node";
import { type Environment, executableFolder } from "../plugin/find-plugin.ts";
import { type ExecutableCache, executableCache, noCache } from "./executable-cache.ts";

/** What changes the code that a plugin makes, past all that it tells of itself. */
const FLAGS = ["XLA_FLAGS", "TF_XLA_FLAGS", "LIBTPU_INIT_ARGS"] as const;

export function cacheFor(env: Environment): ExecutableCache {
  const flags = FLAGS.find((name) => (env[name] ?? "") !== "");
  if (flags !== undefined) return noCache(`${flags} is set`);
  return executableCache(executableFolder(env), userCache(env));
}
