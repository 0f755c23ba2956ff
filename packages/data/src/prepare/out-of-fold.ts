// Training rows encoded by what other training rows tell of the target, so that none of them gives its own away.

import { float64At } from "@netwright/definitions";
import { shuffled } from "../batch/permutation.ts";
import type { Folds, TargetRows, WordCoding } from "../preprocess/encoder.ts";
import { randomStream } from "../random/random-stream.ts";
import { codesAt, type Words } from "../table/table.ts";

/** What is learned of some rows, opened. */
type Refit = (words: Words, target: TargetRows) => WordCoding | null;

/** [rows x numbers]: each row as what the rows of all other folds tell. One row alone is what it tells itself. */
export function codedOutOfFold(given: Words, target: TargetRows, folds: Folds, refit: Refit): Float32Array {
  const rows = given.codes.length;
  const foldOf = dealtToFolds(rows, folds);
  const all = Int32Array.from(given.codes.keys());
  let coded = new Float32Array(0);
  for (let fold = 0; fold < folds.count; fold++) {
    const own = all.filter((row) => foldOf[row] === fold);
    const others = all.filter((row) => foldOf[row] !== fold);
    if (own.length === 0) continue;
    const learned = others.length === 0 ? all : others;
    const coding = refit(
      { codes: codesAt(given, learned), words: given.words },
      { width: target.width, values: ofRows(target, learned) },
    );
    if (coding === null) throw new Error("an encoder cannot open what it has learned of a fold");
    const width = coding.output.shape[0] ?? 0;
    if (coded.length === 0) coded = new Float32Array(rows * width);
    const into = new Float32Array(own.length * width);
    coding.writer(given.words)(codesAt(given, own), { into, at: 0, width });
    for (const [i, row] of own.entries()) coded.set(into.subarray(i * width, (i + 1) * width), row * width);
  }
  return coded;
}

/** The fold of each row: as many rows in each, or one more, in an order drawn by the seed. */
function dealtToFolds(rows: number, { count, seed }: Folds): Int32Array {
  const order = shuffled(rows, randomStream(seed, "target_mean"));
  const foldOf = new Int32Array(rows);
  for (const [place, row] of order.entries()) foldOf[row] = place % count;
  return foldOf;
}

function ofRows({ width, values }: TargetRows, rows: Int32Array): Float64Array {
  const own = new Float64Array(rows.length * width);
  for (const [i, row] of rows.entries()) {
    for (let k = 0; k < width; k++) own[i * width + k] = float64At(values, row * width + k);
  }
  return own;
}
