// The network and the data of the training benchmark: the concrete example, 8-512-512-512-1.

import type { Prepared } from "@netwright/data";
import type { Model, TrainSettings } from "@netwright/lang";
import { nodeFiles, openProject, readText } from "netwright";

export interface Workload {
  readonly model: Model;
  readonly train: TrainSettings;
  readonly prepared: Prepared;
}

const FILE = "examples/concrete/concrete.net";

/** Run from the root of the repository. */
export function loadWorkload(): Workload {
  const read = readText(FILE);
  if (!read.ok) throw new Error(`${FILE}: ${read.reason}; run the benchmark from the root of the repository`);
  const { model, prepared } = openProject({ file: FILE, text: read.text }, { files: nodeFiles() });
  if (model === undefined || model.train === null || prepared === undefined)
    throw new Error(`${FILE} is broken`);
  return { model, train: model.train, prepared };
}

/** Encoded. */
export function firstRow({ prepared }: Workload): Float32Array {
  return prepared.splits.test.x.slice(0, prepared.features.length);
}
