// A saved run and the backend to use it on; everything that is wrong with either is said at once.

import { join } from "node:path";
import type { ReadSettings } from "@netwright/data";
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
  readingOf,
  reject,
  type SavedModel,
  savedModel,
} from "netwright";
import { type BackendOptions, threadsNote, threadsOf } from "../usage/options.ts";

export interface OpenedRun {
  readonly bundle: RunBundle;
  readonly backend: Backend;
  readonly model: LoadedModel;
  /** Why the backend does not use as many threads as were asked for. */
  readonly note?: string;
}

/** A run before there is a backend for it. */
export interface ReadRun {
  readonly bundle: RunBundle;
  readonly saved: SavedModel;
}

export async function readSavedRun(directory: string): Promise<Checked<ReadRun>> {
  const bundle = fromOutcome(await readRun(directory));
  if (!bundle.ok) return bundle;
  const saved = await savedModel(bundle.value.model);
  if (!saved.ok) return saved;
  return accept({ bundle: bundle.value, saved: saved.value }, saved.diagnostics, saved.sources);
}

/** How a table for the run is read. */
export function readingOfRun(run: Checked<ReadRun>): ReadSettings {
  return run.ok ? readingOf(run.value.saved.model) : {};
}

/** `rows` is how many will be predicted; 0 for an evaluation. */
export async function openRun(
  run: Checked<ReadRun>,
  rows: number,
  { backend: backendName, ...options }: BackendOptions,
): Promise<Checked<OpenedRun>> {
  const backend = fromOutcome(await findBackend(backendName));
  if (!run.ok || !backend.ok) return reject([...run.diagnostics, ...backend.diagnostics], run.sources);
  const { bundle, saved } = run.value;
  const asked = threadsOf(options);
  const model = await guarded(() => openModel(bundle.model, backend.value, { ...asked, rows, saved }));
  if (!model.ok) return model;
  const note =
    asked.threads === undefined ? undefined : threadsNote(await backend.value.describe(asked), asked);
  return accept(
    {
      bundle,
      backend: backend.value,
      model: model.value,
      ...(note === undefined ? {} : { note }),
    },
    run.diagnostics,
    run.sources,
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
