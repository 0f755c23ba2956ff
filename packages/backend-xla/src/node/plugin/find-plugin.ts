// Where the plugin is: the library that the user names, or the one that `netwright setup xla` has put into the cache
// folder. Never in the current folder, which may be a stranger's. Nothing is loaded.

import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { strangersAt, userCache, YOURS_ALONE } from "@netwright/runtime/node";
import { unusable } from "../../error.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

export const PLUGIN_VARIABLE = "NETWRIGHT_XLA_PLUGIN";

/** netwright/xla in the user's cache. */
export function cacheFolder(env: Environment): string {
  return join(userCache(env), "netwright", "xla");
}

/** Where `netwright setup xla` puts the plugin, alone. */
export function pluginFolder(env: Environment): string {
  return join(cacheFolder(env), "plugin");
}

/** @throws BackendError where there is none, or others may have put it there */
export function findPlugin(env: Environment, chosen = env[PLUGIN_VARIABLE] ?? ""): string {
  if (chosen !== "") {
    const path = resolve(chosen);
    if (existsSync(path)) return path;
    throw unusable(`there is no plugin ${path}`, `Name the library of one in ${PLUGIN_VARIABLE}.`);
  }
  const [installed] = librariesIn(pluginFolder(env));
  if (installed !== undefined) {
    holdYours(env, installed);
    return installed;
  }
  throw unusable(
    "no PJRT plugin is named",
    `Set ${PLUGIN_VARIABLE} to the library of one, run \`netwright setup xla\`, or take another backend.`,
  );
}

/** The libraries in a folder. */
export function librariesIn(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => /\.(so|dylib)$/.test(name))
    .map((name) => join(folder, name));
}

/** Of what lies in the cache folder and runs. @throws BackendError where others may have put it there */
export function holdYours(env: Environment, path: string): void {
  const reason = strangersAt(userCache(env), path);
  if (reason !== undefined) throw unusable(reason, YOURS_ALONE);
}

/** Where compiled programs are kept. */
export function executableFolder(env: Environment): string {
  return join(cacheFolder(env), "executables");
}

/** Where `netwright setup xla` puts koffi. */
export function koffiFolder(env: Environment): string {
  return join(cacheFolder(env), "koffi");
}
