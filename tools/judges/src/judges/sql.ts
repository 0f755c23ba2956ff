// Four databases run what is exported as SQL: concrete of 2 x 32 and penguins, a thousand rows each, and the rows that Netwright
// refuses.

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  DIALECTS,
  type DialectName,
  differenceTo,
  formats,
  type PortableModel,
  type SampleRow,
  sampleTable,
  toldNames,
} from "@netwright/formats";
import { float64Run } from "@netwright/formats/node";
import { judgedModels } from "../formats/models.ts";
import type { Judge, Verdict } from "../judge.ts";
import { withPostgres } from "../postgres.ts";
import type { ResultRow } from "../results/result.ts";
import { rowOf } from "../results/row-of.ts";
import { venvWith } from "../venv.ts";

const SCRIPT = fileURLToPath(new URL("../../python/sql_answers.py", import.meta.url));
/** Of the target's deviation; of shares as they are. */
const TOLERANCE = 1e-5;
/** The same beside a run of the same weights in f64. */
const TOLERANCE_OF_F64 = 1e-12;
const MODELS = ["concrete 2 x 32", "penguins"];

const PACKAGES: Readonly<Record<DialectName, readonly string[]>> = {
  postgres: [],
  sqlite: [],
  duckdb: ["duckdb==1.5.6"],
  clickhouse: ["chdb==4.4.0"],
};

export const sqlJudges: readonly Judge[] = (["duckdb", "sqlite", "postgres", "clickhouse"] as const).map(
  (dialect) => ({
    name: dialect,
    about: `${DIALECTS[dialect].title} predicts 1,000 rows of concrete and penguins as Netwright does`,
    judge: () => judge(dialect),
  }),
);

interface Case {
  readonly name: string;
  readonly model: PortableModel;
  readonly query: string;
  readonly rows: readonly SampleRow[];
  readonly isRefused: boolean;
}

async function judge(dialect: DialectName): Promise<Verdict> {
  const packages = PACKAGES[dialect];
  const environment = packages.length === 0 ? { python: "python3" } : venvWith(dialect, packages);
  if ("reason" in environment) return { kind: "skipped", reason: environment.reason };
  const { python } = environment;
  const folder = mkdtempSync(join(tmpdir(), "netwright-sql-"));
  try {
    const cases: Case[] = [];
    const wrong: string[] = [];
    const write = await formats.sql.load();
    for await (const { name, model } of judgedModels({ names: MODELS })) {
      const written = await write(model, { dialect });
      if ("refused" in written) {
        wrong.push(`${name}: ${written.refused.map(({ what, why }) => `${what} ${why}`).join("; ")}`);
        continue;
      }
      const query = written.files.map(({ content }) => new TextDecoder().decode(content)).join();
      cases.push({ name, model, query, rows: model.samples.rows, isRefused: false });
      if (model.samples.refused.length > 0)
        cases.push({ name, model, query, rows: model.samples.refused, isRefused: true });
    }
    cases.forEach(({ model, query, rows }, i) => {
      const setup = sampleTable(DIALECTS[dialect], model, rows).map((statement) => `${statement};\n`);
      writeFileSync(join(folder, `${i}.setup.sql`), setup.join(""));
      writeFileSync(join(folder, `${i}.sql`), query);
    });
    const asked = (host: Readonly<Record<string, string>>) =>
      spawnSync(python, [SCRIPT, dialect, folder], {
        encoding: "utf8",
        maxBuffer: 2 ** 28,
        env: { ...process.env, ...host },
      });
    const run = dialect === "postgres" ? withPostgres(asked) : asked({});
    if ("reason" in run) return { kind: "skipped", reason: run.reason };
    if (run.status !== 0) return { kind: "judged", right: 0, wrong: [...wrong, run.stderr.slice(-2000)] };
    const reader = `${DIALECTS[dialect].title} ${run.stderr.trim().split("\n").at(-1)}`;
    console.error(`  ${reader}`);
    const answers: readonly Answers[] = JSON.parse(readFileSync(join(folder, "answers.json"), "utf8"));
    const found = cases.map((one, i) => judged(one, answers[i] ?? []));
    return {
      kind: "judged",
      right: found.filter((one) => typeof one !== "string").length,
      wrong: [...wrong, ...found.flatMap((one) => (typeof one === "string" ? [one] : []))],
      rows: cases.flatMap(({ name, isRefused }, i): readonly ResultRow[] => {
        const one = found[i];
        if (isRefused || one === undefined || typeof one === "string") return [];
        return [rowOf(name, `sql --dialect ${dialect}`, reader, one.difference, one.float64)];
      }),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

type Answers = readonly Readonly<Record<string, number | string | null>>[];

interface Right {
  readonly difference: number;
  readonly float64: number;
}

/** What is wrong, or how far it is off. */
function judged({ name, model, rows, isRefused }: Case, answers: Answers): string | Right {
  const names = toldNames(model.outputs);
  const values = answers.map((row) => names.map((own) => row[own] ?? null));
  if (answers.length !== rows.length) return `${name}: ${answers.length} rows of ${rows.length}`;
  if (isRefused) {
    const taken = answers.filter(
      (row) => names.some((own) => typeof row[own] === "number") || row["netwright_problem"] === null,
    ).length;
    return taken === 0
      ? { difference: 0, float64: 0 }
      : `${name}: ${taken} rows are predicted that Netwright refuses`;
  }
  const numbers = values.flat().map((value) => (value === null ? Number.NaN : Number(value)));
  const { difference, otherClasses } = differenceTo(model, numbers);
  const { outputs, samples } = model;
  const otherWords =
    outputs.kind === "classes"
      ? answers.filter((row, i) => row[`predicted_${outputs.name}`] !== samples.answers[i]?.[outputs.name])
          .length
      : 0;
  const scale = outputs.kind === "numbers" ? (outputs.columns[0]?.scale ?? 1) : 1;
  const wide = float64Run(model);
  const float64 = Math.max(...numbers.map((value, i) => Math.abs(value - (wide[i] ?? Number.NaN)) / scale));
  console.error(
    `  ${name}: ${difference.toExponential(1)} of a deviation, ${float64.toExponential(1)} in f64, ${otherClasses} other classes`,
  );
  return difference <= TOLERANCE && float64 <= TOLERANCE_OF_F64 && otherClasses + otherWords === 0
    ? { difference, float64 }
    : `${name}: ${difference} of a deviation away, ${float64} in f64, ${otherClasses} other classes, ${otherWords} other words`;
}
