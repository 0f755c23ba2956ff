// The model of a `.net` file or of a saved run.

import type { OpenEncoders } from "@netwright/data";
import { hasError } from "@netwright/definitions";
import type { Model, Override } from "@netwright/lang";
import { readRun } from "@netwright/runtime/node";
import { accept, type Checked, fromOutcome, reject, savedModel } from "netwright";
import { cliError } from "../usage/codes.ts";
import { pathKind } from "./path-kind.ts";
import { readProject } from "./read-project.ts";

export interface ReadModel {
  readonly model: Model;
  /** Of its table; null where the file has no `data`. */
  readonly encoders: OpenEncoders | null;
}

/** Fails on any error of the file, and on overrides for a run. */
export async function readModel(
  path: string,
  overrides: readonly Override[],
  allow: readonly string[] = [],
): Promise<Checked<ReadModel>> {
  return pathKind(path) === "directory" ? modelOfRun(path, overrides) : modelOfFile(path, overrides, allow);
}

async function modelOfRun(directory: string, overrides: readonly Override[]): Promise<Checked<ReadModel>> {
  if (overrides.length > 0) {
    const message = "the settings of a saved run are fixed: --set, --seed and --epochs go with a .net file";
    return reject([cliError("NW0901", message)]);
  }
  const bundle = fromOutcome(await readRun(directory));
  if (!bundle.ok) return bundle;
  const saved = await savedModel(bundle.value.model);
  return saved.ok ? accept(saved.value, saved.diagnostics, saved.sources) : saved;
}

async function modelOfFile(
  file: string,
  overrides: readonly Override[],
  allow: readonly string[],
): Promise<Checked<ReadModel>> {
  const read = await readProject(file, overrides, allow);
  if (!read.ok) return reject(read.diagnostics);
  const { model, prepared, diagnostics, sources } = read.project;
  if (model === undefined || hasError(diagnostics)) return reject(diagnostics, sources);
  return accept({ model, encoders: prepared?.encoders ?? null }, diagnostics, sources);
}
