// The project of a saved run, as it was opened for training: the texts that the run keeps, and the data on the disk.

import { existsSync } from "node:fs";
import { dirname, isAbsolute, join, normalize } from "node:path";
import type { Diagnostic } from "@netwright/lang";
import type { ModelFile, SourceText } from "@netwright/runtime";
import {
  accept,
  type Checked,
  type Files,
  fromRuntime,
  nodeFiles,
  openProject,
  type Project,
  reject,
} from "netwright";

export interface Reopened {
  readonly file: string;
  readonly project: Project;
}

/**
 * The paths of a run are those of the directory that it was trained from; where the file's folder is not found there, it
 * is looked for beside the folder of the runs. `remedy` says what to do where the data is not found.
 */
export function reopenRun(model: ModelFile, directory: string, remedy: string): Checked<Reopened> {
  const [main, ...used] = model.sources;
  if (main === undefined) {
    return reject([fromRuntime({ code: "NW0826", message: "The run holds no source.", notes: [remedy] })]);
  }
  const overrides = Object.entries(model.overrides).map(([path, value]) => ({ path, value }));
  const project = openProject(
    { file: main.path, text: main.text },
    { files: savedFirst(used, main.path, directory), overrides },
  );
  const diagnostics = project.diagnostics.map((one) => hinted(one, remedy));
  return accept({ file: main.path, project: { ...project, diagnostics } });
}

function hinted(diagnostic: Diagnostic, remedy: string): Diagnostic {
  return diagnostic.code === "NW0610" ? { ...diagnostic, notes: [...diagnostic.notes, remedy] } : diagnostic;
}

/** Used `.net` files as they were saved, everything else from the disk. */
function savedFirst(used: readonly SourceText[], main: string, directory: string): Files {
  const disk = nodeFiles([".", dirname(main), join(directory, "..", "..", dirname(main))]);
  const onDisk =
    <T>(read: (path: string, from: string) => T) =>
    (path: string, from: string): T => {
      const file = isAbsolute(path) ? path : normalize(join(dirname(from), path));
      const beside = join(directory, "..", "..", file);
      return !isAbsolute(file) && !existsSync(file) && existsSync(beside)
        ? read(beside, "")
        : read(path, from);
    };
  return {
    table: onDisk(disk.table),
    read: (path, from) => {
      const file = isAbsolute(path) ? path : normalize(join(dirname(from), path));
      const saved = used.find((source) => source.path === file);
      return saved === undefined ? onDisk(disk.read)(path, from) : { ok: true, file, text: saved.text };
    },
  };
}
