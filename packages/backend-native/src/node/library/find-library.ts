// Where a built tfjs-node is: installed in the usual way next to this package, or in the cache folder. Never in the
// current folder, which may be a stranger's, and whose code would run because a run says `native`. Nothing is loaded.

import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { strangersAt, userCache } from "@netwright/runtime/node";
import { cacheFolder, chosenFolder, type Environment, packageFolder } from "./cache-folder.ts";

export type Found =
  | { readonly state: "built"; readonly folder: string }
  /** The package is there without its addon, as after an installation whose script could not download. */
  | { readonly state: "not built"; readonly folder: string }
  /** It is in the cache folder, where somebody else may have put it. */
  | { readonly state: "foreign"; readonly reason: string }
  | { readonly state: "absent" };

const NAME = "@tensorflow/tfjs-node";
/** Of the package, for all versions of Node. */
export const ADDON = join("lib", "napi-v8", "tfjs_binding.node");

export function findLibrary(env: Environment): Found {
  const cached = packageFolder(cacheFolder(env));
  const folders = [...installedFolders(), cached];
  const present = folders.filter((folder) => existsSync(join(folder, "package.json")));
  const built = present.find(isBuilt);
  if (built === cached && chosenFolder(env) === undefined) {
    const reason = strangersAt(userCache(env), join(cached, ADDON));
    if (reason !== undefined) return { state: "foreign", reason };
  }
  if (built !== undefined) return { state: "built", folder: built };
  const [first] = present;
  return first === undefined ? { state: "absent" } : { state: "not built", folder: first };
}

/** Whether the package in that folder has its addon. */
export function isBuilt(folder: string): boolean {
  return existsSync(join(folder, ADDON));
}

function installedFolders(): string[] {
  try {
    return [dirname(createRequire(import.meta.url).resolve(`${NAME}/package.json`))];
  } catch {
    return [];
  }
}
