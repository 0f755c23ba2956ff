// Models that Keras builds by code and saves, in three releases, and what it predicts with them: each is imported and predicts the same, or
// is refused with a reason.

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { findBackend, fromOutcome, importModel, NetwrightError, predictImported } from "netwright";
import type { Judge, Verdict } from "../judge.ts";
import type { ResultRow } from "../results/result.ts";
import { venvWith } from "../venv.ts";

const SCRIPT = fileURLToPath(new URL("../../python/keras_foreign.py", import.meta.url));

interface Release {
  readonly name: string;
  readonly packages: readonly string[];
  /** What it computes by. */
  readonly env: Readonly<Record<string, string>>;
  /** Models of which it has no layer; all others have to be among the files, and read where they are not to be refused. */
  readonly lacks: readonly string[];
}

const RELEASES: readonly Release[] = [
  {
    name: "keras-3.15.1",
    packages: ["keras==3.15.1", "jax==0.10.2"],
    env: { KERAS_BACKEND: "jax" },
    lacks: [],
  },
  {
    name: "keras-3.10.0",
    packages: ["keras==3.10.0", "jax==0.10.2"],
    env: { KERAS_BACKEND: "jax" },
    lacks: [],
  },
  {
    name: "tf-keras-2.21.0",
    packages: ["tensorflow-cpu==2.21.0", "tf_keras==2.21.0"],
    env: { KERAS_PACKAGE: "tf_keras" },
    lacks: ["spectral normalisation"],
  },
];

/** In parts of the largest number that is predicted. */
const TOLERANCE = 1e-5;

export const kerasImport: Judge = {
  name: "keras-import",
  about: "models by code of Keras 3.15, 3.10 and 2, imported, predict as Keras does",
  judge,
};

interface Told {
  readonly version: string;
  readonly cases: readonly Case[];
}

interface Case {
  readonly title: string;
  /** Why the release has no such model. */
  readonly absent?: string;
  readonly files?: readonly string[];
  readonly inputs?: readonly { readonly rows: readonly (readonly number[])[] }[];
  /** Null where there are several outputs. */
  readonly predictions?: readonly (readonly number[])[] | null;
  /** What has to be refused. */
  readonly refused: boolean;
}

async function judge(): Promise<Verdict> {
  const rows: ResultRow[] = [];
  const wrong: string[] = [];
  let right = 0;
  for (const { name, packages, env, lacks } of RELEASES) {
    const environment = venvWith(name, packages);
    if ("reason" in environment) return { kind: "skipped", reason: environment.reason };
    const folder = mkdtempSync(join(tmpdir(), "netwright-keras-import-"));
    try {
      const run = spawnSync(environment.python, [SCRIPT, folder], {
        encoding: "utf8",
        env: { ...process.env, ...env },
        maxBuffer: 2 ** 28,
      });
      if (run.status !== 0) {
        wrong.push(`${name}: ${run.stderr.slice(-2000)}`);
        continue;
      }
      const { version, cases }: Told = JSON.parse(readFileSync(join(folder, "cases.json"), "utf8"));
      for (const { title, absent } of cases)
        if (absent !== undefined && !lacks.includes(title))
          wrong.push(`${title} of ${version}: has to be there: ${absent}`);
      for (const one of cases)
        for (const file of one.files ?? []) {
          const row = await judged(one, folder, file, `Keras ${version}`);
          rows.push(row);
          const isRight = one.refused
            ? row.refused !== null
            : row.difference !== null && row.difference <= TOLERANCE;
          if (isRight) right++;
          else
            wrong.push(`${one.title}, ${file} of ${version}: ${row.refused ?? `off by ${row.difference}`}`);
        }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  return { kind: "judged", right, wrong, rows, direction: "import" };
}

async function judged(
  { title, inputs = [], predictions }: Case,
  folder: string,
  file: string,
  reader: string,
): Promise<ResultRow> {
  const format = file.replace(/^.*\./, "");
  const row = {
    model: title,
    format,
    reader,
    predictions: 0,
    difference: null,
    float64: null,
    refused: null,
  };
  const backend = fromOutcome(await findBackend("jit"));
  if (!backend.ok) throw new Error("there is no backend");
  const count = predictions?.length ?? 0;
  try {
    const bytes = new Uint8Array(readFileSync(join(folder, file)));
    const imported = await importModel(new Map([[file, bytes]]), { steps: STEPS });
    const given = Array.from({ length: count }, (_, i) => inputs.flatMap(({ rows }) => rows[i] ?? []));
    const own = await predictImported(imported.bundle, given, backend.value);
    return { ...row, predictions: count, difference: largestApart(own, predictions ?? []) };
  } catch (error) {
    if (!(error instanceof NetwrightError)) throw error;
    const [first] = error.diagnostics;
    return { ...row, refused: (first?.notes[0] ?? first?.message ?? "").replace(/\.$/, "") };
  }
}

/** Of a model that takes any number. */
const STEPS = 6;

/** In parts of the largest; without end where one of both has a number that the other has not. */
function largestApart(own: readonly (readonly number[])[], theirs: readonly (readonly number[])[]): number {
  const scale = Math.max(...theirs.flat().map(Math.abs));
  let largest = 0;
  for (const [i, row] of theirs.entries()) {
    const mine = own[i] ?? [];
    // One share of two classes is that of the second.
    const same = mine.length === 2 && row.length === 1 ? mine.slice(1) : mine;
    if (same.length !== row.length) return Number.POSITIVE_INFINITY;
    for (const [j, value] of row.entries()) {
      const apart = Math.abs(value - (same[j] ?? Number.NaN)) / scale;
      largest = Math.max(largest, Number.isNaN(apart) ? Number.POSITIVE_INFINITY : apart);
    }
  }
  return largest;
}
