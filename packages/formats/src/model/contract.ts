// The contract of a model as JSON, for files that have a place for text: what goes in, what comes out, and where it is from.

import type { PortableColumn } from "./columns.ts";
import type { PortableOutputs } from "./outputs.ts";
import type { PortableModel } from "./portable-model.ts";

export const CONTRACT_FORMAT = "netwright-contract";

export interface Contract {
  readonly format: typeof CONTRACT_FORMAT;
  readonly version: 1;
  readonly netwright: string;
  readonly name: string;
  /** SHA-256 of the run and of its weights. */
  readonly run: string;
  readonly weights: string;
  readonly missingWords: readonly string[];
  readonly window: PortableModel["window"];
  readonly inputs: readonly PortableColumn[];
  readonly outputs: PortableOutputs;
}

export function contractOf({
  name,
  version,
  record,
  missingWords,
  window,
  columns,
  outputs,
}: PortableModel): Contract {
  return {
    format: CONTRACT_FORMAT,
    version: 1,
    netwright: version,
    name,
    run: record.hash.run,
    weights: record.hash.weights,
    missingWords,
    window,
    inputs: columns,
    outputs,
  };
}
