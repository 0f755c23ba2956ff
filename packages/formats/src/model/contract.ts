// The contract of a model as JSON, for files that have a place for text: what goes in, what comes out, and where it is from.

import type { PortableColumn } from "./columns.ts";
import type { PortableOutputs } from "./outputs.ts";
import type { PortableModel } from "./portable-model.ts";

/** In front of the names of our own texts in files of others. */
export const OWN_PREFIX = "netwright.";

/** Beside the texts of a model file: the SHA-256 of its weights. */
export const OWN_WEIGHTS = `${OWN_PREFIX}weights`;

/**
 * With these beside the layers, `netwright import` makes of an export the model that it was: its `.net` file, scaling, words and units. The
 * resolved model is not among them, as it follows from the file.
 */
export function ownTexts({ texts, version, record }: PortableModel): Readonly<Record<string, string>> {
  const { [`${OWN_PREFIX}model`]: _, ...kept } = texts;
  return {
    ...kept,
    // What else has run it is nothing to whoever reads the file: an export has the same bytes everywhere.
    [`${OWN_PREFIX}versions`]: JSON.stringify({ netwright: version }),
    [OWN_WEIGHTS]: record.hash.weights,
  };
}

/** Of all texts that a file has; null where Netwright did not write it. */
export function ownTextsIn(
  texts: Readonly<Record<string, unknown>>,
): Readonly<Record<string, string>> | null {
  const own = Object.entries(texts).filter(
    (entry): entry is [string, string] => entry[0].startsWith(OWN_PREFIX) && typeof entry[1] === "string",
  );
  return own.some(([name]) => name === `${OWN_PREFIX}format`) ? Object.fromEntries(own) : null;
}

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
