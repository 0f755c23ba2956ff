// What was imported, held to what the tool itself predicts for sample rows, where it is installed beside Netwright.

import { softmax } from "@netwright/data";
import type { ForeignFiles } from "@netwright/formats";
import { type ImportedModel, predictImported } from "../api/import-model.ts";
import { importBeside } from "../backends/import-beside.ts";
import { NetwrightError } from "../netwright-error.ts";
import { findBackend } from "./backends.ts";

export type ImportReport =
  | {
      readonly kind: "checked";
      /** The program with its version. */
      readonly by: string;
      readonly rows: number;
      /** The largest, in parts of the largest number that is predicted. */
      readonly difference: number;
    }
  | { readonly kind: "not installed"; readonly reader: string; readonly install: string }
  | { readonly kind: "not run" };

/** Nobody has named the program, so it is taken from beside Netwright alone. */
export async function checkImported(
  { format, inputs, bundle, logits }: ImportedModel,
  files: ForeignFiles,
  importing: (name: string) => Promise<unknown> = importBeside,
): Promise<ImportReport> {
  const backend = await findBackend();
  if (inputs.length === 0 || !backend.ok) return { kind: "not run" };
  const { importSamples } = await import("../import/import-samples.ts");
  const { runForeign } = await import("@netwright/formats/node");
  const samples = importSamples(inputs, bundle.model);
  const run = await runForeign(format, files, samples, importing);
  if (run.kind !== "given") return run;
  try {
    const own = await predictImported(bundle, samples.rows, backend.value);
    const theirs = logits ? run.values.map(sharesOf) : run.values;
    const difference = largestApart(own, theirs);
    return { kind: "checked", by: run.by, rows: samples.rows.length, difference };
  } catch (error) {
    // Columns that take no such rows say nothing of the import.
    if (!(error instanceof NetwrightError)) throw error;
    return { kind: "not run" };
  }
}

/** One number is that of the second of two classes. */
function sharesOf(logits: readonly number[]): readonly number[] {
  return softmax(logits.length === 1 ? [0, ...logits] : logits);
}

/** Without end where one of both has a number that the other has not. */
function largestApart(own: readonly (readonly number[])[], theirs: readonly (readonly number[])[]): number {
  const scale = theirs.flat().reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  let largest = 0;
  for (const [i, row] of theirs.entries()) {
    const mine = own[i] ?? [];
    // One share of two classes is that of the second.
    const same = mine.length === 2 && row.length === 1 ? mine.slice(1) : mine;
    if (same.length !== row.length) return Number.POSITIVE_INFINITY;
    for (const [j, value] of row.entries()) {
      const apart = Math.abs(value - (same[j] ?? Number.NaN));
      largest = Math.max(largest, Number.isNaN(apart) ? Number.POSITIVE_INFINITY : apart);
    }
  }
  return largest === 0 ? 0 : largest / scale;
}
