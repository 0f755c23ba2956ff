// A model of another tool run by that tool itself, where it is installed: what an import is held to on the spot. Running it is the
// business of `node/`; here is what it is asked.

import type { ModelInput } from "@netwright/lang";
import type { ImportReader } from "../check.ts";
import type { ForeignFiles } from "./foreign-model.ts";

export interface ForeignSamples {
  /** In the order of the numbers of a row. */
  readonly inputs: readonly ModelInput[];
  /** Rows of the numbers of all inputs. */
  readonly rows: readonly (readonly number[])[];
}

export type ForeignRun =
  | {
      readonly kind: "given";
      /** The program with its version. */
      readonly by: string;
      /** What it gives for each row. */
      readonly values: readonly (readonly number[])[];
    }
  /** It is not installed: what installs it. */
  | { readonly kind: "not installed"; readonly reader: string; readonly install: string }
  /** It does not run here, or not this model. */
  | { readonly kind: "not run" };

export type RunForeign = (
  files: ForeignFiles,
  samples: ForeignSamples,
  importing: ImportReader,
) => Promise<ForeignRun>;

/** The numbers of one input in all rows, one row behind the other. */
export function inputOf({ inputs, rows }: ForeignSamples, name: string): readonly number[] {
  let start = 0;
  for (const input of inputs) {
    const size = input.type.shape.reduce((product, one) => product * one, 1);
    if (input.name === name) return rows.flatMap((row) => row.slice(start, start + size));
    start += size;
  }
  return [];
}
