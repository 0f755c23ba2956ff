// The model of a `.net` file or of a saved run.

import type { OpenEncoders } from "@netwright/data";
import { hasError } from "@netwright/definitions";
import type { Model, Override } from "@netwright/lang";
import type { Tensors } from "@netwright/runtime";
import { accept, type Checked, isStudy, reject } from "netwright";
import { cliError } from "../usage/codes.ts";
import { readSavedRun } from "./open-run.ts";
import { pathKind } from "./path-kind.ts";
import { readProject } from "./read-project.ts";

export interface ReadModel {
  readonly model: Model;
  /** Of its table; null where the file has no `data`. */
  readonly encoders: OpenEncoders | null;
  /** Of the other models of that network that predict with it; none of a file and a run. */
  readonly others: readonly OpenEncoders[];
  /** Of a run; null of a file. */
  readonly weights: Tensors | null;
}

/** Fails on any error of the file, and on overrides for a run. */
export async function readModel(
  path: string,
  overrides: readonly Override[],
  allow: readonly string[] = [],
): Promise<Checked<ReadModel>> {
  return (await isTrained(path)) ? modelOfRun(path, overrides) : modelOfFile(path, overrides, allow);
}

/** Whether the path is that of a run or a study, and not of a `.net` file. */
export async function isTrained(path: string): Promise<boolean> {
  return pathKind(path) === "directory" || (await isStudy(path));
}

export const FIXED_SETTINGS =
  "the settings of a saved run are fixed: --set, --seed and --epochs go with a .net file";

async function modelOfRun(directory: string, overrides: readonly Override[]): Promise<Checked<ReadModel>> {
  if (overrides.length > 0) {
    return reject([cliError("NW0901", FIXED_SETTINGS)]);
  }
  const read = await readSavedRun(directory);
  if (!read.ok) return read;
  const { bundle, saved, study } = read.value;
  const { weights } = bundle.model;
  return accept(
    { ...saved, weights, others: (study?.saved.slice(1) ?? []).map(({ encoders }) => encoders) },
    read.diagnostics,
    read.sources,
  );
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
  return accept(
    { model, encoders: prepared?.encoders ?? null, others: [], weights: null },
    diagnostics,
    sources,
  );
}
