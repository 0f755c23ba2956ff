// A package by its name, where either Netwright or the user has it: beside this file, or seen from the current
// directory. A command that npx or a global installation brings has no part in the user's project.

import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { isMissingPackage } from "@netwright/runtime";

/** Rejects as `import` does when the package is in neither place. */
export async function importInstalled(name: string): Promise<unknown> {
  try {
    return await import(/* @vite-ignore */ /* webpackIgnore: true */ name);
  } catch (error) {
    if (!isMissingPackage(error, name)) throw error;
    // As a module in that folder would find it; `require.resolve` would miss packages that can only be imported.
    const { resolve } = await import("import-meta-resolve");
    const url = resolve(name, pathToFileURL(join(process.cwd(), "netwright.js")).href);
    return import(/* @vite-ignore */ /* webpackIgnore: true */ url);
  }
}
