// The plugin in its folder of the cache, alone: a file, or a link to one of the user's.

import { lstatSync } from "node:fs";
import { rename, rm, symlink, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { makeOwnFolder } from "@netwright/runtime/node";
import { type Environment, pluginFolder } from "../plugin/find-plugin.ts";
import { LIBRARY } from "./cpu-wheel.ts";

/** In the place of whatever is there; gives its path. */
export function writePlugin(library: Uint8Array, env: Environment): Promise<string> {
  return replace(env, LIBRARY, (path) => writeFile(path, library, { mode: 0o600 }));
}

/** In the place of whatever is there; gives the path of the link. */
export function linkPlugin(target: string, env: Environment): Promise<string> {
  return replace(env, basename(target), (path) => symlink(target, path));
}

/** Whether it is what setup would install, or what the user has linked. */
export function isCurrent(path: string): boolean {
  return basename(path) === LIBRARY || lstatSync(path).isSymbolicLink();
}

/** Complete or not at all. */
async function replace(
  env: Environment,
  name: string,
  put: (path: string) => Promise<void>,
): Promise<string> {
  const folder = pluginFolder(env);
  const partial = `${folder}.partial`;
  await rm(partial, { recursive: true, force: true });
  makeOwnFolder(partial);
  await put(join(partial, name));
  await rm(folder, { recursive: true, force: true });
  await rename(partial, folder);
  return join(folder, name);
}
