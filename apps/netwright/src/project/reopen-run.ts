// The project of a saved run, as it was opened for training: the texts that the run keeps, and the data on the disk.

import { dirname, isAbsolute, join, normalize } from "node:path";
import type { Diagnostic } from "@netwright/lang";
import type { ModelFile, SourceText } from "@netwright/runtime";
import {
  accept,
  type Checked,
  type Files,
  fromRuntime,
  isTableThere,
  nodeFiles,
  openAnyProject,
  type Project,
  reject,
  savedText,
} from "netwright";
import type { SharedByRuns } from "./read-project.ts";

export interface ReopenOptions extends SharedByRuns {
  readonly allow?: readonly string[];
}

export interface Reopened {
  readonly file: string;
  readonly project: Project;
}

/**
 * The paths of a run are those of the directory that it was trained from; where the file's folder is not found there, it
 * is looked for beside the folder of the runs. `remedy` says what to do where the data is not found. Files of a pattern, and
 * databases, are of these two folders and of those that are allowed.
 */
export async function reopenRun(
  model: Pick<ModelFile, "sources" | "overrides">,
  directory: string,
  remedy: string,
  { bytes, runs, allow = [], ...others }: ReopenOptions = {},
): Promise<Checked<Reopened>> {
  const [main, ...used] = model.sources;
  if (main === undefined) {
    return reject([fromRuntime({ code: "NW0826", message: "The run holds no source.", notes: [remedy] })]);
  }
  const overrides = Object.entries(model.overrides).map(([path, value]) => ({ path, value }));
  const files = savedTexts(used, [".", join(directory, "..", ".."), ...allow], { memory: bytes, runs });
  const project = await openAnyProject({ file: main.path, text: main.text }, { files, overrides, ...others });
  const diagnostics = project.diagnostics.map((one) => hinted(one, remedy));
  return accept({ file: main.path, project: { ...project, diagnostics } });
}

function hinted(diagnostic: Diagnostic, remedy: string): Diagnostic {
  return diagnostic.code === "NW0610" ? { ...diagnostic, notes: [...diagnostic.notes, remedy] } : diagnostic;
}

/** Texts from the run alone, which may be a stranger's and opens no other; tables from the disk. */
function savedTexts(
  used: readonly SourceText[],
  folders: readonly [current: string, project: string, ...allowed: string[]],
  room: Parameters<typeof nodeFiles>[1],
): Files {
  const [, project] = folders;
  const disk = nodeFiles(folders, room);
  const isThere = (file: string) => isTableThere(file, folders);
  const placed = (path: string, from: string): string => {
    const file = relativeTo(path, from);
    const beside = join(project, file);
    return !isAbsolute(file) && !isThere(file) && isThere(beside) ? beside : file;
  };
  const { query: ask } = disk;
  return {
    ...disk,
    table: (path, from) => disk.table(placed(path, from), ""),
    ...(ask === undefined
      ? {}
      : { query: ({ path, from, ...asked }) => ask({ ...asked, path: placed(path, from), from: "" }) }),
    read: (path, from) => {
      const saved = savedText(used, path, from);
      return saved === undefined
        ? { ok: false, file: relativeTo(path, from), reason: "the run does not hold it" }
        : { ok: true, file: saved.path, text: saved.text };
    },
  };
}

function relativeTo(path: string, from: string): string {
  return isAbsolute(path) ? path : normalize(join(dirname(from), path));
}
