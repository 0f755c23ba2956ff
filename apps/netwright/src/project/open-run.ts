// A saved run and the backend to use it on; everything that is wrong with either is said at once.

import { join } from "node:path";
import { type Backend, isBackendError, type RunBundle, runFileNames } from "@netwright/runtime";
import { readRun } from "@netwright/runtime/node";
import {
  accept,
  type Checked,
  findBackend,
  fromOutcome,
  fromRuntime,
  type LoadedModel,
  openModel,
  reject,
} from "netwright";
import { type BackendOptions, threadsNote, threadsOf } from "../usage/options.ts";

export interface OpenedRun {
  readonly bundle: RunBundle;
  readonly backend: Backend;
  readonly model: LoadedModel;
  /** Why the backend does not use as many threads as were asked for. */
  readonly note?: string;
}

/** `rows` is how many will be predicted; 0 for an evaluation. */
export async function openRun(
  directory: string,
  rows: number,
  { backend: backendName, ...options }: BackendOptions,
): Promise<Checked<OpenedRun>> {
  const bundle = fromOutcome(await readRun(directory));
  const backend = fromOutcome(await findBackend(backendName));
  if (!bundle.ok || !backend.ok) return reject([...bundle.diagnostics, ...backend.diagnostics]);
  const asked = threadsOf(options);
  const model = await guarded(() => openModel(bundle.value.model, backend.value, { ...asked, rows }));
  if (!model.ok) return model;
  const note =
    asked.threads === undefined ? undefined : threadsNote(await backend.value.describe(asked), asked);
  return accept(
    {
      bundle: bundle.value,
      backend: backend.value,
      model: model.value,
      ...(note === undefined ? {} : { note }),
    },
    model.diagnostics,
    model.sources,
  );
}

/** What is read of a run, for a command that also writes. */
export function runFiles(directory: string): readonly string[] {
  return Object.values(runFileNames).map((name) => join(directory, name));
}

/** The result, or what a backend says about why it cannot be used. */
export async function guarded<T>(work: () => Promise<Checked<T>>): Promise<Checked<T>> {
  try {
    return await work();
  } catch (error) {
    if (!isBackendError(error)) throw error;
    return reject([fromRuntime({ code: "NW0812", message: error.message, notes: [error.remedy] })]);
  }
}
