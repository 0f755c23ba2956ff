// `npm run bench -- splits FILE`: one `.net` file on the stated splits of its table, as published results have them. Rows for
// validation are drawn from the rows that are no test rows, so no setting of a training knows the test.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { study } from "netwright";
import { type Output, print } from "../output.ts";
import { checkPython, lastLine, runPythonScript } from "../run-script.ts";
import { partsOf, withParts } from "./parts-of.ts";
import { readSplits } from "./read-splits.ts";

export const CONCRETE = fileURLToPath(
  new URL("../../../../examples/concrete/concrete-ensemble.net", import.meta.url),
);

const TORCH = "splits.py";
/** Of the example. */
const SEEDS = 8;

export interface SplitsOptions {
  /** The `.net` file, with `source`, `target` and `split` on lines of their own. */
  readonly net: string;
  /** The share of the other rows that is for validation. */
  readonly validation: number;
  /** Numbers of splits, from 1; all of them where there are none. */
  readonly only: readonly number[];
  readonly threads: number;
  /** A Python with PyTorch and scikit-learn, which trains the same networks as the example has. */
  readonly python?: string;
  readonly output: Output;
}

interface Measured {
  readonly split: number;
  readonly rows: number;
  readonly rmse: number;
  /** Share of the test rows within their intervals; absent where the file asks for none. */
  readonly coverage?: number;
  readonly seconds: number;
  readonly torch?: { readonly rmse: number; readonly seconds: number };
}

export async function splitsBench(file: string, options: SplitsOptions): Promise<void> {
  if (options.python !== undefined) checkPython(options.python);
  const splits = readSplits(file);
  const text = readFileSync(options.net, "utf8");
  const source = /^ *source: "([^"]+)"$/m.exec(text)?.[1];
  const target = /^ *target: (\w+)$/m.exec(text)?.[1];
  if (source === undefined || target === undefined || !SPLIT_LINE.test(text))
    throw new Error(`${options.net} has no \`source\`, \`target\` and \`split\` on lines of their own`);
  const lines = readFileSync(resolve(dirname(options.net), source), "utf8")
    .trim()
    .split(/\r?\n/);
  const folder = mkdtempSync(join(tmpdir(), "netwright-splits-"));
  try {
    await print("splits", options.output, async () => {
      const measured: Measured[] = [];
      for (const [i, test] of splits.entries()) {
        if (options.only.length > 0 && !options.only.includes(i + 1)) continue;
        const table = join(folder, `${i + 1}.csv`);
        writeFileSync(table, withParts(lines, partsOf(lines.length - 1, test, i, options.validation)));
        const own = await measure(
          splitBy(text, table),
          testRows(lines, test, target),
          i + 1,
          options.threads,
        );
        const { python } = options;
        measured.push(
          python === undefined ? own : { ...own, torch: withTorch(python, table, target, options.threads) },
        );
        console.error(`split ${i + 1}: ${measured.at(-1)?.rmse.toFixed(3)}`);
      }
      return {
        text: (draw) =>
          draw(
            [
              "split",
              "RMSE",
              "coverage %",
              "s",
              ...(options.python === undefined ? [] : ["PyTorch RMSE", "s"]),
            ],
            [...measured.map(cells), ...sums(measured)],
          ),
        json: measured,
      };
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const SPLIT_LINE = /^ *split: .*$/m;

/** The file on a table whose column `part` says what each row is for. */
function splitBy(text: string, table: string): string {
  return text
    .replace(/^( *)source: "[^"]+"$/m, (_, indent) => `${indent}source: ${JSON.stringify(table)}`)
    .replace(
      SPLIT_LINE,
      'split: by_column(part, train: ["train"], validation: ["validation"], test: ["test"])',
    );
}

/** With `seeds` in the file there are several trainings, which predict together. */
async function measure(text: string, test: TestRows, split: number, threads: number): Promise<Measured> {
  const started = performance.now();
  const trained = await study(text, { threads });
  const predicted = await trained.predict(test.records);
  await trained.dispose();
  let [squares, inside, intervals] = [0, 0, 0];
  for (const [i, record] of test.records.entries()) {
    const value = Number(record[test.target]);
    const { [test.target]: guess, interval } = predicted[i] ?? {};
    squares += (Number(guess) - value) ** 2;
    if (!Array.isArray(interval)) continue;
    const [low, high] = interval.map(Number);
    intervals++;
    if (low !== undefined && high !== undefined && low <= value && value <= high) inside++;
  }
  const rows = test.records.length;
  return {
    split,
    rows,
    rmse: Math.sqrt(squares / rows),
    ...(intervals === 0 ? {} : { coverage: inside / intervals }),
    seconds: (performance.now() - started) / 1000,
  };
}

interface TestRows {
  readonly target: string;
  readonly records: readonly Readonly<Record<string, number | string>>[];
}

/** Cells without quotes, as tables of numbers have them. */
function testRows(
  [head = "", ...rows]: readonly string[],
  test: readonly number[],
  target: string,
): TestRows {
  const names = head.split(",");
  const records = test.map((row) => {
    const cells = (rows[row] ?? "").split(",");
    return Object.fromEntries(names.map((name, i) => [name, cellOf(cells[i] ?? "")]));
  });
  return { target, records };
}

function cellOf(cell: string): number | string {
  return cell === "" || Number.isNaN(Number(cell)) ? cell : Number(cell);
}

function cells({ split, rmse, coverage, seconds, torch }: Measured): readonly string[] {
  return [
    String(split),
    rmse.toFixed(3),
    shown(coverage),
    seconds.toFixed(0),
    ...(torch === undefined ? [] : [torch.rmse.toFixed(3), torch.seconds.toFixed(0)]),
  ];
}

/** As many networks as the example has, one after the other. */
function withTorch(python: string, table: string, target: string, threads: number) {
  const output = runPythonScript(python, TORCH, [table, target, String(SEEDS), String(threads)]);
  const { rmse, seconds } = Object(lastLine(output));
  if (typeof rmse !== "number" || typeof seconds !== "number") throw new Error(`${TORCH} printed ${output}`);
  return { rmse, seconds };
}

/** The mean over the splits with its standard error, and the share of all test rows. */
function sums(measured: readonly Measured[]): readonly (readonly string[])[] {
  const count = measured.length;
  if (count < 2) return [];
  const total = (of: (one: Measured) => number) => measured.reduce((sum, one) => sum + of(one), 0);
  const mean = total(({ rmse }) => rmse) / count;
  const error = Math.sqrt(total(({ rmse }) => (rmse - mean) ** 2) / (count - 1) / count);
  const inside = total(({ coverage = Number.NaN, rows }) => coverage * rows);
  return [
    [
      "all",
      `${mean.toFixed(3)} +- ${error.toFixed(3)}`,
      shown(inside / total(({ rows }) => rows)),
      total(({ seconds }) => seconds).toFixed(0),
      ...(measured.every(({ torch }) => torch === undefined)
        ? []
        : [
            (total(({ torch }) => torch?.rmse ?? Number.NaN) / count).toFixed(3),
            total(({ torch }) => torch?.seconds ?? Number.NaN).toFixed(0),
          ]),
    ],
  ];
}

function shown(share: number | undefined): string {
  return share === undefined || Number.isNaN(share) ? "" : (100 * share).toFixed(1);
}
