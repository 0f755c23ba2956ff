// ONNX files of other writers: scikit-learn's networks, PyTorch's by both of its exporters, and the tests and small models that the
// package onnx brings. Each is imported and predicts what ONNX Runtime does with the same file, or is refused with a reason; those of
// `onnxToRead` have to be read.

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  findBackend,
  fromOutcome,
  type ImportedModel,
  importModel,
  NetwrightError,
  predictImported,
} from "netwright";
import { unread } from "../imports/must-be-read.ts";
import { onnxToRead } from "../imports/onnx.ts";
import type { Judge, JudgeOptions, Verdict } from "../judge.ts";
import type { ResultRow } from "../results/result.ts";
import { venvWith } from "../venv.ts";

const SCRIPT = fileURLToPath(new URL("../../python/onnx_foreign.py", import.meta.url));
const PACKAGES = [
  "onnx==1.23.2",
  "onnxruntime==1.32.0",
  "onnxscript==0.7.2",
  "skl2onnx==1.20.0",
  "scikit-learn==1.9.1",
  "keras==3.15.1",
];

/** In parts of the largest number that is predicted. */
const TOLERANCE = 1e-5;
/** That of the tests of onnx themselves, whose answers are partly written by hand. */
const TEST_TOLERANCE = 1e-3;

export const onnxImport: Judge = {
  name: "onnx-import",
  about:
    "ONNX files of scikit-learn, PyTorch and the package onnx, imported, predict as ONNX Runtime does, or are refused by name",
  judge,
};

interface Numbers {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

interface Case {
  readonly name: string;
  /** "PyTorch" or "scikit-learn", and else a folder of tests. */
  readonly group: string;
  readonly writer: string;
  readonly files: readonly string[];
  readonly feeds: readonly (Numbers & { readonly name: string })[];
  /** Null where the test has no numbers that a network can give. */
  readonly answer: Numbers | null;
}

async function judge({ python }: JudgeOptions): Promise<Verdict> {
  const environment = venvWith("onnx-import", PACKAGES);
  if ("reason" in environment) return { kind: "skipped", reason: environment.reason };
  const folder = mkdtempSync(join(tmpdir(), "netwright-onnx-import-"));
  try {
    const torch = packagesOf(python);
    const run = spawnSync(environment.python, [SCRIPT, folder, ...torch], {
      encoding: "utf8",
      maxBuffer: 2 ** 28,
    });
    if (run.status !== 0) return { kind: "judged", right: 0, wrong: [run.stderr.slice(-2000)] };
    console.error(
      `  ${run.stderr.trim().split("\n").at(-1)}${torch.length === 0 ? "; PyTorch is not installed" : ""}`,
    );
    const told: { readonly cases: readonly Case[] } = JSON.parse(
      readFileSync(join(folder, "cases.json"), "utf8"),
    );
    return await heard(told.cases, folder, torch.length > 0);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Where that Python has PyTorch; nothing where it has none. */
function packagesOf(python: string): readonly string[] {
  const found = spawnSync(python, ["-c", "import torch, sysconfig; print(sysconfig.get_path('purelib'))"], {
    encoding: "utf8",
  });
  return found.status === 0 ? [found.stdout.trim()] : [];
}

async function heard(cases: readonly Case[], folder: string, withPyTorch: boolean): Promise<Verdict> {
  const rows: ResultRow[] = [];
  const wrong: string[] = [];
  const tests = new Map<string, ResultRow[]>();
  let right = 0;
  for (const one of cases) {
    const row = await judged(one, folder);
    const isTest = !ALONE.has(one.group);
    const isRight = row.difference === null || row.difference <= (isTest ? TEST_TOLERANCE : TOLERANCE);
    if (isRight) right++;
    else wrong.push(`${one.name}: off by ${row.difference}`);
    if (isTest) tests.set(one.group, [...(tests.get(one.group) ?? []), row]);
    else rows.push(row);
  }
  for (const [group, all] of tests) rows.push(summary(group, all));
  for (const { model, difference, refused } of rows)
    console.error(`  ${model}: ${refused ?? difference?.toExponential(1)}`);
  return {
    kind: "judged",
    right,
    wrong: [...wrong, ...unread(rows, onnxToRead(withPyTorch))],
    ...(withPyTorch ? {} : { skipped: ["files of PyTorch and Keras: PyTorch is not installed"] }),
    rows,
    direction: "import",
  };
}

/** Groups whose files are rows of their own. */
const ALONE: ReadonlySet<string> = new Set(["scikit-learn", "PyTorch", "Keras", "light"]);

const TITLES: Readonly<Record<string, string>> = {
  node: "tests of single operations",
  "pytorch-converted": "modules of an early PyTorch",
  "pytorch-operator": "operations of an early PyTorch",
  simple: "tests of small graphs",
};

/** Of several forms of a test, with other inputs as weights, the one that is read counts. */
function summary(group: string, all: readonly ResultRow[]): ResultRow {
  const forms = new Map<string, ResultRow[]>();
  for (const row of all) {
    const name = row.model.replace(/, weights inside$/, "");
    forms.set(name, [...(forms.get(name) ?? []), row]);
  }
  const found = [...forms.values()].map(
    (own) =>
      own.find(({ difference }) => difference !== null) ??
      own.find(({ refused }) => refused === null) ??
      own[0],
  );
  const equal = found.filter((row) => row?.difference != null);
  const without = found.filter((row) => row?.difference === null && row.refused === null).length;
  const refused = found.length - equal.length - without;
  const more = without === 0 ? "" : `, ${without} without numbers to compare`;
  return {
    model: `${TITLES[group] ?? group}: ${equal.length} equal, ${refused} named as not read${more}`,
    format: "onnx",
    reader: all[0]?.reader ?? "",
    predictions: equal.length,
    difference: Math.max(0, ...equal.map((row) => row?.difference ?? 0)),
    float64: null,
    refused: null,
  };
}

async function judged({ name, writer, files, feeds, answer }: Case, folder: string): Promise<ResultRow> {
  const row: ResultRow = {
    model: name,
    format: "onnx",
    reader: writer,
    predictions: 0,
    difference: null,
    float64: null,
    refused: null,
  };
  const backend = fromOutcome(await findBackend("jit"));
  if (!backend.ok) throw new Error("there is no backend");
  try {
    const imported = await importModel(
      new Map(files.map((file) => [file, new Uint8Array(readFileSync(join(folder, file)))])),
    );
    if (answer === null || feeds.length === 0) return row;
    const given = feeds.map((feed) =>
      rowsOf(feed, orderOf(imported, `The input \`${feed.name}\``, feed.shape.length)),
    );
    const count = given[0]?.length ?? 0;
    const together = Array.from({ length: count }, (_, i) => given.flatMap((rows) => rows[i] ?? []));
    const own = await predictImported(imported.bundle, together, backend.value);
    const theirs = rowsOf(answer, orderOf(imported, "The output", answer.shape.length));
    return { ...row, predictions: count, difference: apart(own, theirs, answer, count) };
  } catch (error) {
    if (!(error instanceof NetwrightError))
      throw new Error(`${name}: ${error instanceof Error ? error.stack : error}`);
    const [first] = error.diagnostics;
    return { ...row, refused: (first?.notes[0] ?? first?.message ?? "").replace(/\.$/, "") };
  }
}

/** The order of the sizes of a value of the file in which Netwright has them, as the import says. */
function orderOf({ notes }: ImportedModel, what: string, rank: number): readonly number[] {
  const places = Array.from({ length: rank }, (_, d) => d);
  const note = notes.find((one) => one.startsWith(what));
  if (note?.includes("channels last")) return [0, ...places.slice(2), 1];
  return note?.includes("its rows first") ? [1, 0, ...places.slice(2)] : places;
}

/** The numbers of each of the first size. */
function rowsOf({ shape, data }: Numbers, order: readonly number[]): readonly (readonly number[])[] {
  const sizes = order.map((d) => shape[d] ?? 1);
  const strides = shape.map((_, d) => shape.slice(d + 1).reduce((product, size) => product * size, 1));
  const moved = data.map((_, i) => {
    let [rest, from] = [i, 0];
    for (let d = sizes.length - 1; d >= 0; d--) {
      const size = sizes[d] ?? 1;
      from += (rest % size) * (strides[order[d] ?? 0] ?? 1);
      rest = Math.floor(rest / size);
    }
    return data[from] ?? Number.NaN;
  });
  const rows = sizes[0] ?? 1;
  const width = moved.length / rows;
  return Array.from({ length: rows }, (_, row) => moved.slice(row * width, (row + 1) * width));
}

/** In parts of the largest; rows that the file has at another place count as the first. */
function apart(
  own: readonly (readonly number[])[],
  theirs: readonly (readonly number[])[],
  answer: Numbers,
  rows: number,
): number {
  const others = answer.shape.flatMap((size, d) =>
    size === rows && d > 0
      ? [rowsOf(answer, [d, ...answer.shape.flatMap((_, other) => (other === d ? [] : [other]))])]
      : [],
  );
  return Math.min(...[theirs, ...others].map((one) => largestApart(own, one)));
}

function largestApart(own: readonly (readonly number[])[], theirs: readonly (readonly number[])[]): number {
  const mine = own.flat();
  const all = theirs.flat();
  if (mine.length !== all.length) return Number.POSITIVE_INFINITY;
  const scale = all.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-3);
  return all.reduce((most, value, i) => {
    const difference = Math.abs(value - (mine[i] ?? Number.NaN)) / scale;
    return Math.max(most, Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference);
  }, 0);
}
