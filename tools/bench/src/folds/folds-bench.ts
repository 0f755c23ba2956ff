// `npm run bench -- folds`: accuracy over repeated tenfold cross-validation, beside scikit-learn's logistic regression on the
// same folds: a column of the table says the fold of each row, and `split: by_column` goes by it.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { train } from "netwright";
import { type Output, print } from "../output.ts";
import { checkPython, runPythonScript } from "../run-script.ts";
import { PYTHON } from "../setup/folders.ts";
import { FOLD_TABLES, FOLDS, type FoldTable, splitOn } from "./tables.ts";

const PENGUINS = fileURLToPath(new URL("../../../../examples/penguins/penguins.csv", import.meta.url));

export interface FoldsOptions {
  readonly repeats: number;
  readonly tables: readonly string[];
  readonly python: string;
  readonly output: Output;
}

/** Of each fold of each repeat, in one order for both. */
interface Measured {
  readonly accuracy: readonly number[];
  /** The slowest of the trainings; of the peer all together. */
  readonly seconds: number;
}

export const USUAL_PYTHON = PYTHON;

export async function foldsBench({ repeats, tables, python, output }: FoldsOptions): Promise<void> {
  checkPython(python);
  const folder = mkdtempSync(join(tmpdir(), "netwright-folds-"));
  try {
    await print("folds", output, async () => {
      const run = (...args: readonly string[]) => runPythonScript(python, "folds.py", args);
      run("write", folder, String(repeats), PENGUINS);
      const chosen = FOLD_TABLES.filter(({ name }) => tables.length === 0 || tables.includes(name));
      const own = new Map<string, Measured>();
      for (const table of chosen) own.set(table.name, await measure(table, folder, repeats));
      const peers = readPeers(
        run("measure", folder, String(repeats), chosen.map(({ name }) => name).join(",")),
      );
      const results = chosen.map(({ name }) => compared(name, own.get(name), peers.get(name)));
      return {
        text: (draw) =>
          draw(
            [
              "table",
              "netwright %",
              "logistic regression %",
              "difference",
              "paired se",
              "slowest training s",
            ],
            results.map((one) => [
              one.table,
              ...[one.netwright, one.peer, one.difference, one.standardError].map((x) =>
                (100 * x).toFixed(2),
              ),
              one.seconds.toFixed(1),
            ]),
          ),
        json: results,
      };
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measure(table: FoldTable, folder: string, repeats: number): Promise<Measured> {
  const accuracy: number[] = [];
  let seconds = 0;
  for (let repeat = 0; repeat < repeats; repeat++) {
    for (let fold = 0; fold < FOLDS; fold++) {
      const started = performance.now();
      const model = await train(table.text(join(folder, `${table.name}-${repeat}.csv`), splitOn(fold)));
      seconds = Math.max(seconds, (performance.now() - started) / 1000);
      accuracy.push(model.metrics.test?.["accuracy"] ?? Number.NaN);
      await model.dispose();
    }
  }
  return { accuracy, seconds };
}

function compared(table: string, own: Measured | undefined, peer: Measured | undefined) {
  if (own === undefined || peer === undefined) throw new Error(`${table} was not measured`);
  const differences = own.accuracy.map((value, i) => value - (peer.accuracy[i] ?? Number.NaN));
  const difference = mean(differences);
  const squares = differences.reduce((sum, value) => sum + (value - difference) ** 2, 0);
  const count = differences.length;
  return {
    table,
    netwright: mean(own.accuracy),
    peer: mean(peer.accuracy),
    difference,
    standardError: Math.sqrt(squares / (count - 1) / count),
    seconds: own.seconds,
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0) / values.length;
}

function readPeers(text: string): ReadonlyMap<string, Measured> {
  const value: Readonly<Record<string, Measured>> = JSON.parse(text);
  return new Map(Object.entries(value));
}
