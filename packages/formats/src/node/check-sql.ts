// DuckDB runs a query that was written for it, on a table of the sample rows.

import { isObject } from "@netwright/definitions";
import { type CheckReport, differenceTo, type Exported, type ImportReader } from "../check.ts";
import type { PortableModel } from "../model/portable-model.ts";
import type { SampleRow } from "../model/samples.ts";
import { DIALECTS } from "../sql/dialects.ts";
import { sampleTable, toldNames } from "../sql/sample-table.ts";

/** As much of `@duckdb/node-api` as is used. */
export interface DuckDb {
  readonly DuckDBInstance: {
    readonly create: (path: string) => Promise<{ readonly connect: () => Promise<Connection> }>;
  };
  readonly version?: () => string;
}

interface Connection {
  readonly run: (sql: string) => Promise<unknown>;
  readonly runAndReadAll: (
    sql: string,
  ) => Promise<{ readonly getRowObjectsJS: () => readonly Readonly<Record<string, unknown>>[] }>;
  readonly closeSync: () => void;
}

export async function checkSql(
  { files }: Exported,
  model: PortableModel,
  importing: ImportReader,
): Promise<CheckReport> {
  const file = files.find(({ name }) => name.endsWith(".duckdb.sql"));
  if (file === undefined) return { kind: "judged elsewhere", judge: "sqlite postgres clickhouse" };
  const duckdb = await installed(importing);
  if (duckdb === null)
    return { kind: "not installed", reader: "DuckDB", install: "npm install @duckdb/node-api" };
  const query = new TextDecoder().decode(file.content);
  const { samples } = model;
  const predicted = await rowsOf(duckdb, query, model, samples.rows);
  const refused = await rowsOf(duckdb, query, model, samples.refused);
  const names = toldNames(model.outputs);
  const version = duckdb.version?.();
  return {
    kind: "checked",
    by: version === undefined ? "DuckDB" : `DuckDB ${version}`,
    predictions: samples.answers.length,
    ...differenceTo(
      model,
      predicted.flatMap((row) => names.map((name) => numberOf(row[name]))),
    ),
    taken: refused.filter((row) => names.some((name) => !Number.isNaN(numberOf(row[name])))).length,
  };
}

function numberOf(value: unknown): number {
  return typeof value === "number" ? value : Number.NaN;
}

async function installed(importing: ImportReader): Promise<DuckDb | null> {
  try {
    const loaded = await importing("@duckdb/node-api");
    return isDuckDb(loaded) ? loaded : null;
  } catch {
    return null;
  }
}

function isDuckDb(value: unknown): value is DuckDb {
  return isObject(value) && "DuckDBInstance" in value;
}

/** What the query tells of each row. */
export async function rowsOf(
  { DuckDBInstance }: DuckDb,
  query: string,
  model: PortableModel,
  rows: readonly SampleRow[],
): Promise<readonly Readonly<Record<string, unknown>>[]> {
  if (rows.length === 0) return [];
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  try {
    for (const statement of sampleTable(DIALECTS.duckdb, model, rows)) await connection.run(statement);
    return (await connection.runAndReadAll(query)).getRowObjectsJS();
  } finally {
    connection.closeSync();
  }
}
