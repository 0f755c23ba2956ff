// How much worse a model gets where the values of one column are dealt out anew among the rows: by how much it relies on the
// column. Breiman 2001, "Random Forests"; Fisher, Rudin, Dominici 2019, "All Models are Wrong, but Many are Useful";
// scikit-learn, `permutation_importance`.

import { blockOf, overlaid, permutedRows, rowsOf } from "@netwright/data";
import { listNames, quote } from "@netwright/definitions";
import { evaluateSplit, type Metric, type MetricUse } from "@netwright/runtime";
import { comparisonOf } from "../baselines/main-metric.ts";
import { projectError } from "../project/diagnostics.ts";
import { accept, type Checked, reject } from "../project/result.ts";
import { meanOf } from "../study/spread.ts";
import { measureOf } from "../training/measure.ts";
import { type Subject, withExecutable } from "./subject.ts";

export interface ImportanceSettings {
  /** `loss`, or a metric by which the model is measured; by default the one by which it is compared with baselines. */
  readonly metric?: string;
  /** How often each column is dealt out. */
  readonly repeats?: number;
  readonly seed?: number;
}

export interface Importances {
  /** `loss`, or the label of the metric. */
  readonly metric: string;
  readonly better: Metric["better"];
  /** Of the rows as they are. */
  readonly value: number;
  readonly rows: number;
  readonly repeats: number;
  /** The column that the model relies on most comes first. */
  readonly columns: readonly ColumnImportance[];
}

export interface ColumnImportance {
  readonly column: string;
  /** By how much the metric gets worse, on average over the repeats: below 0 where it gets better by chance. */
  readonly mean: number;
  /** Of the repeats: the root of the mean square of their distance from the mean. */
  readonly deviation: number;
  /** One of each repeat. */
  readonly drops: readonly number[];
}

export const REPEATS = 5;

/** Problems: NW0856 for a metric that there is not, or that these rows leave undefined. */
export async function importancesOf(
  subject: Subject,
  { metric: asked, repeats = REPEATS, seed = 0 }: ImportanceSettings = {},
): Promise<Checked<Importances>> {
  const { saved, split } = subject;
  const { model, encoders, catalog } = saved;
  const measure = measureOf(model, encoders, catalog);
  const plain = measure.metrics.filter(({ metric }) => metric.needs !== "interval");
  const use =
    asked === undefined ? (comparisonOf(model, plain, catalog)?.main ?? "loss") : useOf(asked, plain);
  if (use === null) {
    const known = listNames(["loss", ...plain.map(({ label }) => label)], 40);
    return refused(`the model is not measured by ${quote(asked ?? "")}`, `It is by ${known}.`);
  }
  const [label, better] =
    use === "loss" ? (["loss", "lower"] as const) : ([use.label, use.metric.better] as const);
  return withExecutable(subject, async (executable, chunk) => {
    const alone = { ...measure, metrics: use === "loss" ? [] : [use] };
    const store = rowsOf(split);
    const measured = async (rows = store): Promise<number> => {
      const found = await evaluateSplit(executable, { ...split, store: rows }, alone, chunk);
      return (use === "loss" ? found?.loss : found?.metrics[label]) ?? Number.NaN;
    };
    const value = await measured();
    if (!Number.isFinite(value))
      return refused(`${quote(label)} is not defined on these rows`, "Name another one with `metric`.");
    const columns: ColumnImportance[] = [];
    for (const [place, { fitted }] of encoders.features.entries()) {
      const block = blockOf(encoders.features, fitted.name, encoders.fitted.window?.length);
      if (block === undefined) continue;
      const drops: number[] = [];
      for (let repeat = 0; repeat < repeats; repeat++) {
        const order = permutedRows(split.rows, seed, place, repeat);
        const worse = await measured(overlaid(store, block, { store, block, order }));
        drops.push(better === "lower" ? worse - value : value - worse);
      }
      columns.push({ column: fitted.name, ...spreadOf(drops), drops });
    }
    columns.sort((a, b) => b.mean - a.mean);
    return accept({ metric: label, better, value, rows: split.rows, repeats, columns });
  });
}

function useOf(name: string, known: readonly MetricUse[]): MetricUse | "loss" | null {
  return name === "loss" ? name : (known.find(({ label }) => label === name) ?? null);
}

function spreadOf(values: readonly number[]): Pick<ColumnImportance, "mean" | "deviation"> {
  const mean = meanOf(values);
  return { mean, deviation: Math.sqrt(meanOf(values.map((value) => (value - mean) ** 2))) };
}

function refused(message: string, note: string): Checked<never> {
  return reject([projectError("NW0856", message, [note], undefined)]);
}
