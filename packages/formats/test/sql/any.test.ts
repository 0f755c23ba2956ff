// Columns, activations and branches of every kind that a query carries, as DuckDB computes them; and what is refused.

import { spawnSync } from "node:child_process";
import { expect, test } from "@jest/globals";
import { activations, data, fileOf } from "../dense-models.ts";
import { portable } from "../portable.ts";
import { answersOf, checkedByDuckDb, queryOf, refusalsOf } from "./run.ts";

test.each([
  ["dense(5, tanh) -> dense(outputs)", "y", "mse", "y: number(scale: log1p)"],
  ["dense(5, tanh) -> dense(outputs)", "two", "cross_entropy", ""],
  ["dense(5, tanh) -> dense(1)", "two", "binary_cross_entropy", ""],
])(
  "columns of every kind: %s of %s by %s",
  async (flow, target, loss, more) => {
    const report = await checkedByDuckDb(await portable(fileOf(flow, target, loss, more), data, 200));
    expect(report).toMatchObject({ kind: "checked", predictions: 200, otherClasses: 0, taken: 0 });
    expect(report.difference).toBeLessThan(1e-5);
  },
  120_000,
);

test("activations", async () => {
  const flow = activations.map((activation) => `dense(3, ${activation})`).join(" -> ");
  const parts = activations.map((activation, i) => `p${i} { dense(3, ${activation}) }`).join(" ");
  for (const one of [`parallel { ${parts} } -> concat -> dense(1)`, `${flow} -> dense(1)`]) {
    const report = await checkedByDuckDb(await portable(fileOf(one), data));
    expect(report.difference).toBeLessThan(1e-5);
  }
}, 120_000);

test.each([
  "residual(project: dense) { dense(6, swish) } -> dense(1)",
  "parallel { a { dense(3, relu) } b { dense(3) } } -> multiply -> dense(1)",
  "parallel { a { dense(3, relu) } b { dense(3) } c { dense(3) } } -> average -> dropout(0.2) -> dense(1)",
  "dense(5, use_bias: false, parametrization: ntk) -> activation(tanh) -> dense(1)",
  "dense(120, relu) -> dense(1)",
])(
  "%s",
  async (flow) => {
    const report = await checkedByDuckDb(await portable(fileOf(flow), data));
    expect(report.difference).toBeLessThan(1e-5);
  },
  120_000,
);

test("a row that is refused has a reason, and no prediction", async () => {
  const model = await portable(fileOf("dense(3, relu) -> dense(1)"), data);
  const refused = model.samples.refused;
  const answers = await answersOf(model, refused);
  for (const [i, row] of answers.entries()) {
    expect(row["predicted_y"]).toBeNull();
    expect(String(row["netwright_problem"])).toContain(refused[i]?.column);
  }
  expect(answers.length).toBeGreaterThan(3);
  expect(answers.map((row) => row["netwright_problem"])).toContain("n is above 200");
}, 120_000);

test("what a database cannot hold is refused with the reason", async () => {
  const wide = await portable(fileOf("dense(300, relu) -> dense(1)"), data);
  expect(await refusalsOf(wide, "sqlite")).toEqual([
    "Layer `dense_1` has 300 numbers, and SQLite takes minutes for wider steps: 128 at most",
  ]);
  expect(await refusalsOf(wide, "clickhouse")).toEqual([
    "Layer `dense_1` has 300 numbers, and ClickHouse plans 64 x 2 for 17 seconds, and wider steps for longer: 64 at most",
  ]);
  expect(await refusalsOf(wide, "postgres")).toEqual([]);
  const gelu = await portable(fileOf("dense(3, gelu) -> dense(1)"), data);
  expect(await refusalsOf(gelu, "duckdb")).toEqual([
    "Layer `dense_1` has the activation `gelu`, which the format cannot compute",
  ]);
  expect(await queryOf(gelu, "clickhouse")).toContain("erf(");
  const normed = await portable(fileOf("dense(3) -> layer_norm -> dense(1)"), data);
  expect(await refusalsOf(normed, "postgres")).toEqual([
    "Layer `layer_norm_1` is a `layer_norm`, which the format has no form of",
  ]);
}, 120_000);

const python = process.env["NETWRIGHT_PYTHON"] ?? "python3";
const probe = spawnSync(
  python,
  ["-c", "import sqlite3; sqlite3.connect(':memory:').execute('select exp(1)')"],
  {
    encoding: "utf8",
  },
);
const lacking = probe.error?.message ?? (probe.status === 0 ? null : probe.stderr.trim().split("\n").at(-1));
if (lacking !== null) console.info(`Skipped the check against SQLite: ${python}: ${lacking}`);

const SQLITE = `
import json, sqlite3, sys
table, columns, rows, query = json.load(sys.stdin)
database = sqlite3.connect(":memory:")
database.execute("create table %s (%s)" % (table, ", ".join('"%s" text' % name for name in columns)))
database.executemany("insert into %s values (%s)" % (table, ", ".join("?" * len(columns))), rows)
answers = database.execute(query)
names = [name for name, *_ in answers.description]
print(json.dumps([[row[names.index("predicted_y")], row[names.index("netwright_problem")]] for row in answers]))
`;

// As `.import` of its command makes a table of a CSV.
(lacking === null ? test : test.skip)(
  "SQLite takes numbers in columns of text, and refuses other texts",
  async () => {
    const model = await portable(fileOf("dense(3, relu) -> dense(1)"), data);
    const { rows, answers } = model.samples;
    const columns = model.columns.map(({ name }) => name);
    const place = columns.indexOf("n");
    const texts = rows.map(({ cells }) => columns.map((name) => String(cells[name] ?? "")));
    const odd = ["12abc", "5,4", "inf", "0x10", "."].map((text) =>
      (texts[0] ?? []).map((cell, i) => (i === place ? text : cell)),
    );
    const input = JSON.stringify([model.name, columns, [...texts, ...odd], await queryOf(model, "sqlite")]);
    const run = spawnSync(python, ["-c", SQLITE], { encoding: "utf8", input });
    expect(run.stderr).toBe("");
    const given: readonly (readonly [number | null, string | null])[] = JSON.parse(run.stdout);
    const predicted = given.slice(0, rows.length);
    expect(predicted.map(([, problem]) => problem)).toEqual(rows.map(() => null));
    predicted.forEach(([value], i) => {
      expect(value).toBeCloseTo(Number(answers[i]?.["y"]), 3);
    });
    expect(given.slice(rows.length)).toEqual(odd.map(() => [null, "n is no number, or too large"]));
  },
  120_000,
);

test("the same model is the same query, with names and words quoted", async () => {
  const model = await portable(fileOf("dense(3, relu) -> dense(1)"), data);
  expect(await queryOf(model, "postgres")).toBe(await queryOf(model, "postgres"));
  expect(await queryOf(model, "postgres")).toContain("'o''blue'");
}, 120_000);
