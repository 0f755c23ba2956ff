// Gradient boosted trees of a library that the user has: see `node/trees`.

import { float64At, int32At, type TargetKind } from "@netwright/definitions";
import { ALWAYS_TAKEN, firstKnown, type KnownRows } from "./known-rows.ts";
import type { Predictor } from "./linear.ts";
import type { SparseRows } from "./sparse-rows.ts";

/** A list for each column, by its name. */
export type TreeColumns = Readonly<Record<string, readonly (number | string)[]>>;

/** What is used of `ydf-training`. */
export interface TreeLibrary {
  readonly GradientBoostedTreesLearner: new (
    label: string,
    task: "REGRESSION" | "CLASSIFICATION",
  ) => { readonly train: (columns: TreeColumns) => TreeModel };
}

export interface TreeModel {
  /** A number for each row; of two classes the share of the second, of more a share of each. */
  readonly predict: (columns: TreeColumns) => readonly number[];
  readonly getLabelClasses: () => readonly string[];
  readonly unload: () => void;
}

export interface FittedTrees {
  /** Training rows that it has seen. */
  readonly rows: number;
  readonly predict: Predictor;
  readonly dispose: () => void;
}

/** Of fewer rows of a large table it would say nothing about trees. */
const FEWEST_ROWS = 500;

const LABEL = "y";

/**
 * Learns of at most so many numbers in all of its models: some minutes' work.
 * `why` not, as a sentence goes on behind "left out:". An error of the library comes out of it.
 */
export function fitTrees(
  all: KnownRows,
  kind: TargetKind,
  { GradientBoostedTreesLearner: Learner }: TreeLibrary,
  most = ALWAYS_TAKEN,
): FittedTrees | { readonly why: string } {
  if (kind === "distribution")
    return { why: "each column would be predicted by itself, and shares of a whole are predicted together" };
  if (all.weights !== null) return { why: "rows count differently, which `ydf-training` cannot be told" };
  const isOfClasses = kind === "class" || kind === "ordinal";
  const perNumber = isOfClasses && all.outputs === 2 ? 1 : all.outputs;
  const rows = Math.min(all.x.rows, Math.floor(most / Math.max(1, all.x.width * perNumber)));
  if (rows < Math.min(all.x.rows, FEWEST_ROWS))
    return {
      why: `a row has ${all.x.width} numbers and ${all.outputs} targets, with which training takes too long`,
    };
  const known = firstKnown(all, rows);
  const columns = columnsOf(known.x);
  const own = (values: readonly (number | string)[]) => {
    const task = typeof values[0] === "string" ? "CLASSIFICATION" : "REGRESSION";
    return new Learner(LABEL, task).train({ ...columns, [LABEL]: values });
  };
  const targets = isOfClasses ? [classesOf(known)] : columnsOfTargets(known, kind === "labels");
  // Of a target that is the same in all rows there is nothing to learn, and the library refuses it.
  const models = targets.map((values) => (new Set(values).size < 2 ? null : own(values)));
  return {
    rows,
    predict: (x) => {
      const given = columnsOf(x);
      const predicted = new Float32Array(x.rows * known.outputs);
      for (const [j, model] of models.entries()) {
        const values = targets[j] ?? [];
        if (isOfClasses) writeShares(model, given, values, predicted, x.rows, known.outputs);
        else {
          const found = model?.predict(given);
          for (let row = 0; row < x.rows; row++) {
            const value = found?.[row] ?? Number(values[0] ?? Number.NaN);
            predicted[row * known.outputs + j] = kind === "count" ? Math.max(value, 0) : value;
          }
        }
      }
      return predicted;
    },
    dispose: () => {
      for (const model of models) model?.unload();
    },
  };
}

function columnsOf({ rows, width, starts, places, values }: SparseRows): Record<string, number[]> {
  const columns = Array.from({ length: width }, () => new Array<number>(rows).fill(0));
  for (let row = 0; row < rows; row++) {
    for (let i = int32At(starts, row); i < int32At(starts, row + 1); i++) {
      const column = columns[int32At(places, i)];
      if (column !== undefined) column[row] = values[i] ?? 0;
    }
  }
  return Object.fromEntries(columns.map((column, j) => [`f${j}`, column]));
}

function columnsOfTargets({ x, y, outputs }: KnownRows, areLabels: boolean): (number | string)[][] {
  return Array.from({ length: outputs }, (_, j) =>
    Array.from({ length: x.rows }, (_, row) => {
      const value = float64At(y, row * outputs + j);
      return areLabels ? String(value) : value;
    }),
  );
}

/** The number of the class of each row, as a word: a column of numbers would be one of numbers. */
function classesOf({ x, y, outputs }: KnownRows): string[] {
  return Array.from({ length: x.rows }, (_, row) =>
    String(y.subarray(row * outputs, (row + 1) * outputs).indexOf(1)),
  );
}

/** The library has the classes that it has seen, in an order of its own. */
function writeShares(
  model: TreeModel | null,
  given: TreeColumns,
  seen: readonly (number | string)[],
  into: Float32Array,
  rows: number,
  outputs: number,
): void {
  const words = model?.getLabelClasses() ?? [String(seen[0])];
  const found = model?.predict(given) ?? new Array<number>(rows).fill(1);
  const isOne = words.length === 2;
  for (let row = 0; row < rows; row++) {
    for (const [i, word] of words.entries()) {
      const share = isOne ? found[row] : found[row * words.length + i];
      into[row * outputs + Number(word)] =
        share === undefined ? Number.NaN : isOne && i === 0 ? 1 - share : share;
    }
  }
}
