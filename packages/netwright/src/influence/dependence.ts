// What a model predicts on average where one column has the same value in all rows, for values spread over what the column
// was in training. Friedman 2001, "Greedy Function Approximation"; scikit-learn, `partial_dependence`.

import { blockOf, type Grid, gridOf, overlaid, rowsOf } from "@netwright/data";
import { float64At, listNames, quote } from "@netwright/definitions";
import { type Executable, evaluateChunks } from "@netwright/runtime";
import { projectError } from "../project/diagnostics.ts";
import { accept, type Checked, reject } from "../project/result.ts";
import { measureOf } from "../training/measure.ts";
import { type Subject, withExecutable } from "./subject.ts";

export interface Dependence {
  readonly column: string;
  readonly rows: number;
  /** What is predicted: the targets, or the classes, whose probabilities the numbers then are. */
  readonly outputs: readonly string[];
  /** Whether the numbers are those of classes. */
  readonly isOfClasses: boolean;
  readonly points: readonly DependencePoint[];
}

export interface DependencePoint {
  /** A number in original units, or a word; "" for a missing value. */
  readonly value: number | string;
  /** One of each output: over all rows, each with this value in the column. */
  readonly mean: readonly number[];
  /** The same: how far from the mean the rows are, as the root of the mean square. */
  readonly deviation: readonly number[];
}

/** Problems: NW0856 for a column that is no feature, or whose values are not known or all different. */
export async function dependenceOf(subject: Subject, column: string): Promise<Checked<Dependence>> {
  const { saved, split } = subject;
  const { model, encoders, catalog } = saved;
  const open = encoders.features.find(({ fitted }) => fitted.name === column);
  const block = blockOf(encoders.features, column, encoders.fitted.window?.length);
  if (open === undefined || block === undefined) {
    const known = listNames(
      encoders.features.map(({ fitted }) => fitted.name),
      40,
    );
    return refused(`the model has no feature ${quote(column)}`, `Its features are ${known}.`);
  }
  const grid = gridOf(open);
  if (grid === null) {
    const note = "Texts and lists have none that could stand in all rows, and old runs do not keep them.";
    return refused(`no values of ${quote(column)} are known to go through`, note);
  }
  const { decode, classes } = measureOf(model, encoders, catalog);
  const outputs = classes ?? encoders.target.map(({ fitted }) => fitted.name);
  return withExecutable(subject, async (executable, chunk) => {
    const store = rowsOf(split);
    const points = grid.values.map((value, i): DependencePoint => {
      const order = new Uint32Array(split.rows).fill(i);
      const from: Pick<Grid, "store" | "block"> = grid;
      const encoded = predicted(executable, overlaid(store, block, { ...from, order }), chunk);
      const { prediction, scores } = decode(encoded);
      return { value, ...spreadOf(scores ?? prediction, outputs.length) };
    });
    return accept({ column, rows: split.rows, outputs, isOfClasses: classes !== null, points });
  });
}

function predicted(executable: Executable, store: ReturnType<typeof rowsOf>, chunk: number): Float32Array {
  let all = new Float32Array(0);
  let end = 0;
  for (const { sums, rows } of evaluateChunks(executable, store, chunk)) {
    const width = sums.prediction.length / rows;
    if (end === 0) all = new Float32Array(store.rows * width);
    all.set(sums.prediction, end);
    end += sums.prediction.length;
  }
  return all;
}

/** `values` is [rows x outputs]. */
function spreadOf(values: Float64Array, outputs: number): Pick<DependencePoint, "mean" | "deviation"> {
  const rows = values.length / outputs;
  const mean = new Array<number>(outputs).fill(0).map((_, j) => {
    let sum = 0;
    for (let row = 0; row < rows; row++) sum += float64At(values, row * outputs + j);
    return sum / rows;
  });
  const deviation = mean.map((middle, j) => {
    let sum = 0;
    for (let row = 0; row < rows; row++) sum += (float64At(values, row * outputs + j) - middle) ** 2;
    return Math.sqrt(sum / rows);
  });
  return { mean, deviation };
}

function refused(message: string, note: string): Checked<never> {
  return reject([projectError("NW0856", message, [note], undefined)]);
}
