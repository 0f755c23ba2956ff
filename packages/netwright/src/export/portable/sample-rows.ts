// Sample rows by a seed, and Netwright's own answers for them, by the way that every prediction goes.

import { lower } from "@netwright/compiler";
import {
  encodeInput,
  type OpenEncoders,
  type RowStore,
  randomStream,
  rowsAsTheyLie,
  rowsOf,
  windowedRows,
} from "@netwright/data";
import type { RefusedRow, SampleAnswer, SampleRow, Samples, SampleValue } from "@netwright/formats";
import type { Model } from "@netwright/lang";
import { type Backend, compile, predictRows, type Tensors, withoutShapes } from "@netwright/runtime";
import { decodingOf } from "../../model/decoding.ts";
import { readingOf } from "../../model/loaded-model.ts";
import { type Prediction, predictionsOf } from "../../model/predictions.ts";
import type { SavedModel } from "../../model/saved-model.ts";
import { fromData } from "../../project/diagnostics.ts";
import { accept, type Checked, reject } from "../../project/result.ts";
import { hasSample, refusedCells, type SampleCell, sampleCell } from "./sample-columns.ts";

export interface SampleSettings {
  readonly predictions: number;
  readonly seed: number;
  readonly backend: Backend;
}

/** Functions for more rows at a time take longer to compile than the samples to predict. */
const AT_ONCE = 16;

/** Problems: what a prediction says of rows, which it says of none that are made so. */
export async function sampleRows(
  saved: SavedModel,
  weights: Tensors,
  { predictions: wanted, seed, backend }: SampleSettings,
): Promise<Checked<Samples>> {
  const { model, encoders, catalog } = saved;
  const length = encoders.fitted.window?.length ?? 1;
  const predictions = encoders.features.every(hasSample) ? wanted : 0;
  if (predictions === 0) return accept(noSamples(model.inputs, { seed, length }));
  const below = randomStream(seed, "sample");
  const rows = Array.from({ length: predictions * length }, () =>
    rowOf(encoders.features.map((open) => [open.fitted.name, sampleCell(open, below)])),
  );
  const encoded = encodeInput(
    ofRows(encoders),
    rows.map(({ cells }) => cells),
    readingOf(model),
  );
  if ("problems" in encoded) return reject(encoded.problems.map((problem) => fromData(problem, undefined)));
  const store = inWindows(rowsOf(encoded), length, predictions);
  const sizes = [Math.max(1, Math.min(AT_ONCE, predictions))];
  const executable = await compile(backend, lower(model, { predict: sizes, definitions: catalog.compiler }));
  try {
    executable.writeState(withoutShapes(weights));
    const given = predictRows(executable, sizes, store);
    const targets = encoders.target.map(({ fitted }) => fitted.name);
    return accept({
      seed,
      length,
      rows,
      inputs: rowsAsTheyLie(store, 0, predictions),
      given,
      answers: predictionsOf(decodingOf(saved), given, predictions).map((one) => answerOf(one, targets)),
      refused: length > 1 ? [] : refusedRows(encoders, rows[0]),
    });
  } finally {
    executable.dispose();
  }
}

/** A table without a row has no column that could be encoded. */
function noSamples(inputs: Model["inputs"], of: Pick<Samples, "seed" | "length">): Samples {
  const none = inputs.map(
    ({ name, type }) => [name, type.kind === "index" ? new Int32Array(0) : new Float32Array(0)] as const,
  );
  return { ...of, rows: [], inputs: new Map(none), given: new Float32Array(0), answers: [], refused: [] };
}

function rowOf(cells: readonly (readonly [string, SampleCell])[]): SampleRow {
  const side = (of: (cell: SampleCell) => SampleValue) =>
    Object.fromEntries(cells.map(([name, cell]) => [name, of(cell)]));
  return { values: side(({ value }) => value), cells: side(({ cell }) => cell) };
}

/** Rows by themselves: samples are no series, whose times would have to be right. */
function ofRows(encoders: OpenEncoders): OpenEncoders {
  const { window: _, ...fitted } = encoders.fitted;
  return { ...encoders, fitted };
}

function inWindows(rows: RowStore, length: number, windows: number): RowStore {
  if (length === 1) return rows;
  return windowedRows(
    rows,
    { length, first: Int32Array.from({ length: windows }, (_, i) => i * length) },
    [],
  );
}

function answerOf(prediction: Prediction, targets: readonly string[]): SampleAnswer {
  return Object.fromEntries(
    targets.flatMap((name) => {
      const value = prediction[name];
      return typeof value === "number" || typeof value === "string" ? [[name, value]] : [];
    }),
  );
}

/** The first row, with one value of each kind in it that is refused. */
function refusedRows({ features }: OpenEncoders, base: SampleRow | undefined): readonly RefusedRow[] {
  if (base === undefined) return [];
  return features.flatMap((open) =>
    refusedCells(open).map(({ value, cell, because }): RefusedRow => {
      const { name: column } = open.fitted;
      return {
        values: { ...base.values, [column]: value },
        cells: { ...base.cells, [column]: cell },
        column,
        because,
      };
    }),
  );
}
