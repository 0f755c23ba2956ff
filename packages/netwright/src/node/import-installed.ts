// A package by its name. The current folder may be a stranger's, and what is imported from there runs: so parts of
// Netwright's own, and whatever a file or a run asks for, are taken from beside Netwright alone.

import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { isMissingPackage } from "@netwright/runtime";
import { importBeside } from "../backends/import-beside.ts";

/**
 * A package from where Netwright is installed, or else seen from the current folder: for one that the user has named, as a command
 * that npx or a global installation brings has no part in the user's project. Rejects as `import` does when it is in neither place.
 */
export async function importInstalled(name: string): Promise<unknown> {
  try {
    return await importBeside(name);
  } catch (error) {
    if (!isMissingPackage(error, name)) throw error;
    // As a module in that folder would find it; `require.resolve` would miss packages that can only be imported.
    const { resolve } = await import("import-meta-resolve");
    const url = resolve(name, pathToFileURL(join(process.cwd(), "netwright.js")).href);
    return import(/* @vite-ignore */ /* webpackIgnore: true */ url);
  }
}
