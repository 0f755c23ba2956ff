// Models written as a query, and DuckDB's answers.

import { type DialectName, formats, type PortableModel, toldNames } from "@netwright/formats";
import { checkExport, rowsOf } from "@netwright/formats/node";

export async function queryOf(model: PortableModel, dialect: DialectName = "duckdb"): Promise<string> {
  const write = await formats.sql.load();
  const written = await write(model, { dialect });
  if ("refused" in written) throw new Error(JSON.stringify(written.refused));
  return written.files.map(({ content }) => new TextDecoder().decode(content)).join();
}

export async function refusalsOf(model: PortableModel, dialect: DialectName): Promise<readonly string[]> {
  const write = await formats.sql.load();
  const written = await write(model, { dialect });
  return "refused" in written ? written.refused.map(({ what, why }) => `${what} ${why}`) : [];
}

export async function checkedByDuckDb(model: PortableModel) {
  const write = await formats.sql.load();
  const written = await write(model, { dialect: "duckdb" });
  if ("refused" in written) throw new Error(JSON.stringify(written.refused));
  const report = await checkExport(
    "sql",
    { files: written.files, options: { dialect: "duckdb" } },
    model,
    () => import("@duckdb/node-api"),
  );
  if (report.kind !== "checked") throw new Error(JSON.stringify(report));
  return report;
}

export async function answersOf(model: PortableModel, rows = model.samples.rows) {
  return rowsOf(await import("@duckdb/node-api"), await queryOf(model), model, rows);
}

/** [predictions x outputs] */
export async function numbersOf(model: PortableModel): Promise<readonly number[]> {
  const names = toldNames(model.outputs);
  return (await answersOf(model)).flatMap((row) => names.map((name) => Number(row[name])));
}
