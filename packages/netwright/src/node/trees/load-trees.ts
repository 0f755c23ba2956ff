// The library of boosted trees, which the user adds: it is imported by its name, as a bundler would look for it and fail.

import { visible } from "@netwright/definitions";
import { isMissingPackage, messageOf } from "@netwright/runtime";
import { importBeside } from "../../backends/import-beside.ts";
import type { TreeLibrary } from "../../baselines/trees.ts";
import { partOf } from "../part-of.ts";

const PACKAGE = "ydf-training";

/** What it writes for its developers is not shown. The object becomes the library, so each start has its own. */
function silent() {
  return { print: () => {}, printErr: () => {} };
}

/**
 * `importing` finds a package. Never in the current folder, which may be a stranger's. Why there is none goes on behind
 * "left out:".
 */
export async function loadTrees(importing = importBeside): Promise<TreeLibrary | { readonly why: string }> {
  try {
    const module = await importing(PACKAGE);
    const create = [partOf(module, "default"), module].find(isCall);
    const library = create === undefined ? undefined : await withoutItsHandlers(() => create(silent()));
    return isTrees(library) ? library : notLoaded("it is not the library that it was");
  } catch (error) {
    return isMissingPackage(error, PACKAGE)
      ? {
          why: `they need the package \`${PACKAGE}\` where Netwright is installed: \`npm install ${PACKAGE}\``,
        }
      : notLoaded(visible(messageOf(error).split("\n", 1)[0] ?? ""));
  }
}

function notLoaded(why: string) {
  return { why: `\`${PACKAGE}\` is installed and could not be loaded: ${why}` };
}

/** Its start makes every rejection of the process that nobody handles an error of its own, and leaves these handlers behind. */
async function withoutItsHandlers(start: () => unknown): Promise<unknown> {
  const events = ["uncaughtException", "unhandledRejection"] as const;
  const before = new Set(events.flatMap((event) => process.rawListeners(event)));
  try {
    return await start();
  } finally {
    for (const event of events) {
      for (const listener of process.rawListeners(event)) {
        if (!before.has(listener)) process.removeListener(event, asListener(listener));
      }
    }
  }
}

function asListener(listener: unknown): (...args: readonly unknown[]) => void {
  if (!isCall(listener)) throw new Error("a listener is a function");
  return listener;
}

function isCall(value: unknown): value is (...args: readonly unknown[]) => unknown {
  return typeof value === "function";
}

function isTrees(value: unknown): value is TreeLibrary {
  return isCall(partOf(value, "GradientBoostedTreesLearner"));
}
