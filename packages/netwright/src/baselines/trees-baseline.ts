// Boosted trees as a baseline, where the user has their library.

import { visible } from "@netwright/definitions";
import { messageOf } from "@netwright/runtime";
import type { KnownRows } from "./known-rows.ts";
import { type BaselineModel, type LeftOutBaseline, measured, sampled, type Task } from "./task.ts";
import { fitTrees, type TreeLibrary } from "./trees.ts";

export function treesOf(
  task: Task,
  known: KnownRows,
  library: TreeLibrary | { readonly why: string },
): BaselineModel | LeftOutBaseline {
  if ("why" in library) return { name: "trees", why: library.why };
  try {
    const fitted = fitTrees(known, task.kind, library);
    if ("why" in fitted) return { name: "trees", why: fitted.why };
    try {
      const how = `gradient boosted trees of \`ydf-training\`${sampled(fitted.rows, task)}`;
      return { name: "trees", how, settings: {}, ...measured(task, fitted.predict) };
    } finally {
      fitted.dispose();
    }
  } catch (error) {
    // The library throws what its own code throws, which need be no Error.
    return {
      name: "trees",
      why: `\`ydf-training\` says: ${visible(messageOf(error).split("\n", 1)[0] ?? "")}`,
    };
  }
}
