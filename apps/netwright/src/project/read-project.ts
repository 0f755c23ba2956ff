// A `.net` file by its path, opened with all it needs.

import { dirname } from "node:path";
import type { Diagnostic, Override } from "@netwright/lang";
import {
  nodeFiles,
  openAnyProject,
  type Project,
  type ProjectOptions,
  projectError,
  readText,
  tableForNet,
} from "netwright";

export type ReadProject =
  | { readonly ok: true; readonly project: Project }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/** What several trainings of a file have in common, and the fold of one of them. */
export interface SharedByRuns extends Pick<ProjectOptions, "memory" | "fold"> {
  /** Memory that there is for the table; all that the machine has where it is absent. */
  readonly bytes?: number;
  /** Runs that may be opened wherever they are, as somebody has named them on a command line. */
  readonly runs?: readonly string[];
}

/**
 * The project may hold errors; `ok` says only that the file itself was read. It uses files of its own folder, of the
 * current one and of those that are allowed.
 */
export async function readProject(
  file: string,
  overrides: readonly Override[] = [],
  allow: readonly string[] = [],
  shared: SharedByRuns = {},
): Promise<ReadProject> {
  const read = readText(file);
  if (!read.ok) return { ok: false, diagnostics: [unreadable(file, read.reason)] };
  const table = tableForNet(file, read.text);
  if (table !== null) return { ok: false, diagnostics: [table] };
  const { bytes, runs, ...others } = shared;
  const files = nodeFiles([dirname(file), ".", ...allow], { memory: bytes, runs });
  const project = await openAnyProject({ file, text: read.text }, { files, overrides, ...others });
  return { ok: true, project };
}

function unreadable(file: string, reason: string): Diagnostic {
  const notes =
    file.endsWith(".net") || reason.includes("directory") ? [] : ["Expected the path of a `.net` file."];
  return projectError("NW0613", `the file \`${file}\` cannot be read: ${reason}`, notes, undefined);
}
