// Rows of results as most judges have them: a thousand predictions by a reader that computes in f32, or a refusal.

import type { ResultRow } from "./result.ts";

const PREDICTIONS = 1000;

export function rowOf(
  model: string,
  format: string,
  reader: string,
  difference: number,
  float64: number | null = null,
): ResultRow {
  return { model, format, reader, predictions: PREDICTIONS, difference, float64, refused: null };
}

export function refusedRow(model: string, format: string, reader: string, refused: string): ResultRow {
  return { model, format, reader, predictions: 0, difference: null, float64: null, refused };
}
