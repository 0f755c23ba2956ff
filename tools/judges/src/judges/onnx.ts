// ONNX's own checker and ONNX Runtime read what is exported: of Python in an environment that this judge makes, and of npm where it
// is installed. Their predictions are held to Netwright's.

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  differenceTo,
  type FormatFile,
  formats,
  type ImportReader,
  type PortableModel,
  type SampleRow,
} from "@netwright/formats";
import { checkExport } from "@netwright/formats/node";
import { judgedModels, MODEL_NAMES } from "../formats/models.ts";
import type { Judge, Verdict } from "../judge.ts";
import { packageOfNpm } from "../npm.ts";
import type { ResultRow } from "../results/result.ts";
import { rowOf } from "../results/row-of.ts";
import { venvWith } from "../venv.ts";

const SCRIPT = fileURLToPath(new URL("../../python/onnx_runtime.py", import.meta.url));
const PACKAGES = ["onnx==1.23.2", "onnxruntime==1.32.0"];
const READER = "onnxruntime 1.32.0, Python";
/** Of the target's deviation; of shares as they are. */
const TOLERANCE = 1e-5;

export const onnx: Judge = {
  name: "onnx",
  about: "ONNX Runtime, in Python and from npm, predicts 1,000 rows of each model as Netwright does",
  judge,
};

/** A reader alone, of several that would do. */
function only(name: string, load: () => Promise<unknown>): ImportReader {
  return (wanted) => (wanted === name ? load() : Promise.reject(new Error("it is another one")));
}

interface Case {
  readonly name: string;
  readonly model: PortableModel;
  readonly rows: readonly SampleRow[];
  readonly file: FormatFile;
  readonly isRefused: boolean;
}

async function judge(): Promise<Verdict> {
  const environment = venvWith("onnx", PACKAGES);
  if ("reason" in environment) return { kind: "skipped", reason: environment.reason };
  const folder = mkdtempSync(join(tmpdir(), "netwright-onnx-"));
  try {
    const cases: Case[] = [];
    const wrong: string[] = [];
    let right = 0;
    const rows: ResultRow[] = [];
    const count = (line: string | null) => {
      if (line === null) right++;
      else wrong.push(line);
    };
    // Without the libraries of CUDA, which it fetches from elsewhere.
    const node = packageOfNpm("onnxruntime-node", "1.30.0", { ONNXRUNTIME_NODE_INSTALL: "skip" });
    const readers: readonly ImportReader[] = [
      ...("reason" in node ? [] : [only("onnxruntime-node", () => Promise.resolve(node.module))]),
      only("onnxruntime-web", () => import("onnxruntime-web")),
    ];
    const write = await formats.onnx.load();
    for await (const { name, model } of judgedModels({ withDrafts: true })) {
      const written = await write(model, {});
      if ("refused" in written) {
        wrong.push(`${name}: ${written.refused.map(({ what, why }) => `${what} ${why}`).join("; ")}`);
        continue;
      }
      for (const file of written.files) {
        cases.push({ name, model, rows: model.samples.rows, file, isRefused: false });
        if (model.samples.refused.length > 0)
          cases.push({ name, model, rows: model.samples.refused, file, isRefused: true });
      }
      const exported = { files: written.files, options: {} };
      for (const reader of readers) {
        const report = await checkExport("onnx", exported, model, reader);
        if (report.kind === "failed") count(`${name}, ${report.by}: ${report.says}`);
        if (report.kind !== "checked") continue;
        count(verdict(`${name}, ${report.by}`, report));
        if (MODEL_NAMES.includes(name)) rows.push(rowOf(name, "onnx", report.by, report.difference));
      }
    }
    const answers = answersOf(environment.python, folder, cases);
    if (typeof answers === "string") return { kind: "judged", right, wrong: [...wrong, answers] };
    cases.forEach((one, i) => {
      const { difference, line } = judged(one, answers[i] ?? {});
      count(line);
      if (!one.isRefused && MODEL_NAMES.includes(one.name))
        rows.push(rowOf(one.name, "onnx", READER, difference));
    });
    return { kind: "judged", right, wrong, rows, skipped: "reason" in node ? [node.reason] : [] };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

type Answers = Readonly<Record<string, readonly (number | string | null)[]>>;

/** By the outputs of each case, or what went wrong. */
function answersOf(python: string, folder: string, cases: readonly Case[]): readonly Answers[] | string {
  const told = cases.map(({ model, rows, file }, i) => {
    writeFileSync(join(folder, `${i}.onnx`), file.content);
    const { length } = model.samples;
    const feeds = model.columns.map(({ kind, name }) => ({
      name,
      kind,
      cells: rows.map(({ values }) => (kind === "words" ? (values[name] ?? "") : (values[name] ?? null))),
    }));
    return { file: `${i}.onnx`, sizes: [rows.length / length, length], feeds };
  });
  writeFileSync(join(folder, "cases.json"), JSON.stringify(told));
  const run = spawnSync(python, [SCRIPT, folder], { encoding: "utf8", maxBuffer: 2 ** 28 });
  console.error(`  ${run.stderr.trim().split("\n").at(0)}`);
  if (run.status !== 0) return run.stderr.slice(-2000);
  const read: readonly Answers[] = JSON.parse(readFileSync(join(folder, "answers.json"), "utf8"));
  return read;
}

/** How far it is off, and what is wrong; null where nothing is. */
function judged(
  { name, model, rows, isRefused }: Case,
  answers: Answers,
): { readonly difference: number; readonly line: string | null } {
  const { outputs, samples } = model;
  const own =
    outputs.kind === "classes"
      ? ["probabilities"]
      : outputs.kind === "numbers"
        ? outputs.columns.map((column) => column.name)
        : [];
  const columns = own.map((output) => answers[output] ?? []);
  const count = rows.length / samples.length;
  const values = Array.from({ length: count }, (_, row) =>
    columns.flatMap((all) => {
      const width = all.length / count;
      return all
        .slice(row * width, (row + 1) * width)
        .map((value) => (value === null ? Number.NaN : Number(value)));
    }),
  ).flat();
  if (isRefused) {
    const line = values.every(Number.isNaN) ? null : `${name}: a row is predicted that Netwright refuses`;
    return { difference: 0, line };
  }
  const difference = differenceTo(model, values);
  const labels = outputs.kind === "classes" ? (answers[outputs.name] ?? []) : [];
  const otherWords = labels.filter((label, i) => label !== Object.values(samples.answers[i] ?? {})[0]).length;
  const found = { ...difference, otherClasses: difference.otherClasses + otherWords, taken: 0 };
  return { difference: difference.difference, line: verdict(`${name}, Python`, found) };
}

function verdict(
  name: string,
  {
    difference,
    otherClasses,
    taken,
  }: { readonly difference: number; readonly otherClasses: number; readonly taken: number },
): string | null {
  console.error(`  ${name}: ${difference.toExponential(1)} of a deviation, ${otherClasses} other classes`);
  if (difference <= TOLERANCE && otherClasses === 0 && taken === 0) return null;
  return `${name}: ${difference} of a deviation away, ${otherClasses} other classes, ${taken} refused rows predicted`;
}
