// The concrete example as it is exported, as `jit` trains it for some steps, and as `import` takes it back.

import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Checkpoint, RunRecord } from "@netwright/runtime";
import {
  type Checked,
  exportTraining,
  findBackend,
  fromOutcome,
  importTrained,
  nodeFiles,
  openAnyProject,
  type Project,
  readTraining,
  runTraining,
} from "netwright";

const FILE = fileURLToPath(new URL("../../../../examples/concrete/concrete.net", import.meta.url));

export async function openConcrete(epochs: number): Promise<Project> {
  const source = { file: FILE, text: readFileSync(FILE, "utf8") };
  const overrides = [
    { path: "train.epochs", value: String(epochs) },
    // The absolute error has a corner: a row with hardly any may fall on either side of it, and all goes another way for good.
    { path: "train.loss", value: "mse" },
  ];
  return openAnyProject(source, { files: nodeFiles([dirname(FILE)]), overrides });
}

export async function exportTo(folder: string, project: Project): Promise<void> {
  const files = orThrow(await exportTraining(project, await jit()));
  for (const { name, content } of files) writeFileSync(join(folder, name), content);
}

/** Where `jit` stands after so many steps. */
export async function trainedByJit(project: Project, steps: number): Promise<Checkpoint> {
  const stop = new AbortController();
  let done = 0;
  const callbacks = {
    onStep: () => {
      done++;
      if (done === steps) stop.abort();
    },
  };
  const run = orThrow(await runTraining(project, { backend: await jit(), callbacks, signal: stop.signal }));
  if (run.result.status !== "interrupted") throw new Error("it was not interrupted");
  return run.result.checkpoint;
}

/** What `train` records of the whole training. */
export async function recordOfJit(project: Project): Promise<RunRecord> {
  return orThrow(await runTraining(project, { backend: await jit() })).bundle.record;
}

/** What is recorded of the training that another engine has done. */
export async function importedRecord(
  project: Project,
  folder: string,
  checkpoint: string,
): Promise<RunRecord> {
  const { manifest, trained } = orThrow(await readTraining(folder, checkpoint));
  return orThrow(await importTrained(project, manifest, trained, { backend: await jit() })).bundle.record;
}

export async function checkpointAt(folder: string, file: string): Promise<Checkpoint> {
  return orThrow(await readTraining(folder, file)).trained.saved.checkpoint;
}

async function jit() {
  return orThrow(fromOutcome(await findBackend("jit")));
}

function orThrow<T>(checked: Checked<T>): T {
  if (checked.ok) return checked.value;
  throw new Error(checked.diagnostics.map(({ code, message }) => `${code}: ${message}`).join("; "));
}
