// A saved run and the backend to use it on; everything that is wrong with either is said at once.

import { type Backend, isBackendError, type RunBundle } from "@netwright/runtime";
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

export interface OpenedRun {
  readonly bundle: RunBundle;
  readonly backend: Backend;
  readonly model: LoadedModel;
}

export async function openRun(directory: string, backendName: string): Promise<Checked<OpenedRun>> {
  const bundle = fromOutcome(await readRun(directory));
  const backend = fromOutcome(await findBackend(backendName));
  if (!bundle.ok || !backend.ok) return reject([...bundle.diagnostics, ...backend.diagnostics]);
  const model = await guarded(() => openModel(bundle.value.model, backend.value));
  if (!model.ok) return model;
  return accept(
    { bundle: bundle.value, backend: backend.value, model: model.value },
    model.diagnostics,
    model.sources,
  );
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
