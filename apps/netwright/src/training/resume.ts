// An interrupted run as something to train: its own source, settings and backend, and the data as it is now.

import { dirname, isAbsolute, join, normalize } from "node:path";
import type { Diagnostic } from "@netwright/lang";
import type { RunBundle, SourceText } from "@netwright/runtime";
import { readRun } from "@netwright/runtime/node";
import {
  accept,
  type Checked,
  type Files,
  fromOutcome,
  fromRuntime,
  type InterruptedRun,
  nodeFiles,
  openProject,
  type Project,
  reject,
} from "netwright";
import { readProject } from "../project/read-project.ts";

export interface Resumed {
  readonly file: string;
  readonly project: Project;
  readonly interrupted: InterruptedRun;
  /** As recorded: the same bits need the same one. */
  readonly backend: string;
}

/** `file` replaces the sources of the run; that it means the same is checked before training goes on. */
export async function resumeRun(directory: string, file: string | undefined): Promise<Checked<Resumed>> {
  const bundle = fromOutcome(await readRun(directory));
  if (!bundle.ok) return bundle;
  const { checkpoint, record } = bundle.value;
  if (checkpoint === null) {
    return reject([
      fromRuntime({
        code: "NW0805",
        message: `There is nothing to resume in \`${directory}\`: its training ended by itself (${record.status}).`,
        notes: ["Only a run that was interrupted holds a checkpoint."],
      }),
    ]);
  }
  const opened = reopen(bundle.value, file);
  if (!opened.ok) return opened;
  return accept({
    ...opened.value,
    interrupted: { ...bundle.value, checkpoint },
    backend: record.backend.name,
  });
}

function reopen(
  { model }: RunBundle,
  file: string | undefined,
): Checked<{ readonly file: string; readonly project: Project }> {
  const overrides = Object.entries(model.overrides).map(([path, value]) => ({ path, value }));
  if (file !== undefined) {
    const read = readProject(file, overrides);
    return read.ok ? accept({ file, project: read.project }) : reject(read.diagnostics);
  }
  const [main, ...used] = model.sources;
  if (main === undefined) {
    return reject([
      fromRuntime({
        code: "NW0826",
        message: "The run holds no source.",
        notes: ["Give the `.net` file that it was trained from: `netwright train FILE --resume RUN`."],
      }),
    ]);
  }
  const source = { file: main.path, text: main.text };
  const project = openProject(source, { files: savedFirst(used), overrides });
  return accept({ file: main.path, project: { ...project, diagnostics: project.diagnostics.map(hinted) } });
}

/** The paths of a run are those of the directory that it was trained from. */
function hinted(diagnostic: Diagnostic): Diagnostic {
  if (diagnostic.code !== "NW0610") return diagnostic;
  const hint =
    "If the `.net` file and its data have moved, say where they are: `netwright train FILE --resume RUN`.";
  return { ...diagnostic, notes: [...diagnostic.notes, hint] };
}

/** Used `.net` files as they were saved, everything else from the disk. */
function savedFirst(used: readonly SourceText[]): Files {
  const disk = nodeFiles();
  return {
    read: (path, from) => {
      const file = isAbsolute(path) ? path : normalize(join(dirname(from), path));
      const saved = used.find((source) => source.path === file);
      return saved === undefined ? disk.read(path, from) : { ok: true, file, text: saved.text };
    },
  };
}
