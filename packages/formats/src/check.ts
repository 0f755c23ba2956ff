// An export held to its model: what its real reader gives for the sample rows, beside Netwright's own answers. Running a reader is
// the business of `node/`; here is what comes of it.

import { carryOut, tempered } from "@netwright/data";
import { at, float64At } from "@netwright/definitions";
import type { FormatFile, FormatOptions } from "./format.ts";
import { type PortableOutputs, scalesOf, widthOf } from "./model/outputs.ts";
import type { PortableModel } from "./model/portable-model.ts";

export type CheckReport =
  | {
      readonly kind: "checked";
      /** The reader with its version: "onnxruntime-node 1.30.0". */
      readonly by: string;
      readonly predictions: number;
      /** The largest difference of a number: in deviations of its target, of shares as they are. */
      readonly difference: number;
      /** Predictions whose class is another one. */
      readonly otherClasses: number;
      /** Rows that the reader should have refused, and did not. */
      readonly taken: number;
    }
  /** The reader does not take the files, or ends while it runs them: what it says. */
  | { readonly kind: "failed"; readonly by: string; readonly says: string }
  /** The reader is not installed: what installs it. */
  | { readonly kind: "not installed"; readonly reader: string; readonly install: string }
  /** No reader runs here: what judges the format. */
  | { readonly kind: "judged elsewhere"; readonly judge: string | null };

/** A package by its name, from where the program is; it throws where there is none. */
export type ImportReader = (name: string) => Promise<unknown>;

/** What was written, and how it was asked for. */
export interface Exported {
  readonly files: readonly FormatFile[];
  readonly options: FormatOptions;
}

/** Runs the files in their reader, for the samples of the model. */
export type CheckFormat = (
  exported: Exported,
  model: PortableModel,
  importing: ImportReader,
) => Promise<CheckReport>;

export interface Difference {
  /** In deviations of the target; of shares as they are. */
  readonly difference: number;
  readonly otherClasses: number;
}

/**
 * What a reader gives, [predictions x outputs] in original units, shares as they are predicted or, `uncalibrated`, as they come out of
 * the link, held to the samples. A number that one of both has not is a difference without end.
 */
export function differenceTo(
  { outputs, samples }: PortableModel,
  values: ArrayLike<number>,
  { uncalibrated = false } = {},
): Difference {
  const width = widthOf(outputs);
  const expected = (uncalibrated ? originalNumbers : predictedNumbers)(outputs, samples.given);
  let difference = values.length === expected.length ? 0 : Number.POSITIVE_INFINITY;
  let otherClasses = 0;
  const scales = scalesOf(outputs);
  for (let start = 0; start < expected.length; start += width) {
    for (let j = 0; j < width; j++) {
      const [own, other] = [float64At(expected, start + j), values[start + j] ?? Number.NaN];
      const apart = own === other ? 0 : Math.abs(own - other) / at(scales, j);
      difference = Math.max(difference, Number.isNaN(apart) ? Number.POSITIVE_INFINITY : apart);
    }
    if (outputs.kind !== "classes") continue;
    const row = Array.from({ length: width }, (_, j) => values[start + j] ?? Number.NaN);
    const own = Array.from(expected.subarray(start, start + width));
    if (classIn(outputs, row) !== classIn(outputs, own)) otherClasses++;
  }
  return { difference, otherClasses };
}

/** What the network gives behind its link, [predictions x outputs], in original units; a spread stays scaled. */
export function originalNumbers(outputs: PortableOutputs, given: ArrayLike<number>): Float64Array {
  const original = Float64Array.from(given);
  if (outputs.kind !== "numbers" && outputs.kind !== "quantiles") return original;
  const width = widthOf(outputs);
  const columns = outputs.kind === "numbers" ? outputs.columns : outputs.levels.map(() => outputs.column);
  for (let i = 0; i < original.length; i++) {
    const column = columns[i % width];
    if (column !== undefined) original[i] = carryOut(column.inverse ?? [], float64At(original, i));
  }
  return original;
}

/** The same as it is predicted: shares are calibrated where the run is. */
export function predictedNumbers(outputs: PortableOutputs, given: ArrayLike<number>): Float64Array {
  const original = originalNumbers(outputs, given);
  return outputs.kind === "classes" && outputs.temperature !== null
    ? tempered(original, widthOf(outputs), outputs.temperature)
    : original;
}

/** The place of the class that shares of a row stand for. */
function classIn(
  { threshold }: Extract<PortableOutputs, { kind: "classes" }>,
  shares: readonly number[],
): number {
  if (threshold !== null) return (shares[1] ?? Number.NaN) >= threshold ? 1 : 0;
  return shares.reduce((best, share, i) => (share > (shares[best] ?? Number.NaN) ? i : best), 0);
}
