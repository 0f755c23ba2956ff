// One `select` of a DuckDB database, its result taken over part by part. The query may be a stranger's: the database is
// opened to be read, nothing but it can be opened, nothing is loaded, nothing is written, and no setting can be changed.

import type { DuckDBConnection, DuckDBInstance, DuckDBPreparedStatement } from "@duckdb/node-api";
import {
  type DataProblem,
  DuckDbTable,
  type FormatResult,
  notOneQuery,
  refusedQuery,
  type Storage,
} from "@netwright/data";
import type { Queried } from "../../files/files.ts";
import { loadDuckDb } from "./load-duckdb.ts";
import { refusalOf } from "./message-of.ts";

export interface QueryOptions {
  /** The file, as messages name it. */
  readonly name: string;
  /** Its whole path, without links: DuckDB opens files beside it, whose names it makes of this. */
  readonly path: string;
  readonly missingWords: readonly string[];
  readonly storage: Storage;
}

/** In this order: with external access off, the folder for what does not fit memory, beside the database, is fixed. */
const CLOSED = {
  access_mode: "READ_ONLY",
  temp_directory: "",
  enable_external_access: "false",
  autoinstall_known_extensions: "false",
  autoload_known_extensions: "false",
  // More than one give rows in an order by chance, where the query asks for none, and sums of other bits.
  threads: "1",
  preserve_insertion_order: "true",
};

/** What has to be set once its parts are there: times are those of UTC on every machine. */
const SETTINGS = ["set TimeZone = 'UTC'", "set lock_configuration = true"];

/** Never rejects for what is wrong with the query or the database. */
export async function queryDuckDb(text: string, options: QueryOptions): Promise<Queried> {
  const { name: file, path } = options;
  const library = await loadDuckDb();
  if ("code" in library) return answer(file, { problems: [library] });
  let instance: DuckDBInstance;
  try {
    // A whole path: what begins as `md:` does, is another place for DuckDB.
    instance = await library.DuckDBInstance.create(path, CLOSED);
  } catch (error) {
    return { ok: false, file, reason: refusalOf(error).why };
  }
  try {
    const connection = await instance.connect();
    try {
      for (const setting of SETTINGS) await connection.run(setting);
      const statement = await onlySelect(connection, text, library.StatementType.SELECT, file);
      return answer(file, "code" in statement ? { problems: [statement] } : await rowsOf(statement, options));
    } finally {
      connection.closeSync();
    }
  } catch (error) {
    const { why, advice } = refusalOf(error);
    return answer(file, { problems: [refusedQuery(file, why, advice)] });
  } finally {
    instance.closeSync();
  }
}

function answer(file: string, result: FormatResult): Queried {
  return { ok: true, file, result };
}

/** Several would do what the last of them does not show; others than `select` may change what is temporary. */
async function onlySelect(
  connection: DuckDBConnection,
  text: string,
  select: number,
  file: string,
): Promise<DuckDBPreparedStatement | DataProblem> {
  // Of a text without statements the library has an error that says nothing.
  if (isBlank(text)) return notOneQuery(file, "is empty");
  const statements = await connection.extractStatements(text);
  if (statements.count !== 1) return notOneQuery(file, `has ${statements.count} statements`);
  const statement = await statements.prepare(0);
  if (statement.statementType !== select) return notOneQuery(file, "is another statement");
  if (statement.parameterCount > 0) return notOneQuery(file, "has parameters, which nothing gives");
  const setter = await setterIn(connection, text);
  if (setter !== null)
    return refusedQuery(file, `\`${setter}\` changes settings, which a query may not.`, []);
  return statement;
}

/**
 * Some settings are changed by functions, which a locked configuration lets through: they write to the output or to files.
 * The plan has their names also where a view of the database, or a text that is put together, calls them.
 */
async function setterIn(connection: DuckDBConnection, text: string): Promise<string | null> {
  const plans = await connection.runAndReadAll(`explain (format json) ${text}`);
  const plan = plans.getRows().flat().map(String).join("\n");
  const name = /"Function": *"((?:enable|disable)_(?:logging|profiling))"/i.exec(plan)?.[1];
  return name === undefined ? null : name.toLowerCase();
}

function isBlank(text: string): boolean {
  return /^[\s;]*$/.test(text.replace(/--[^\n]*|\/\*[\s\S]*?\*\//g, ""));
}

async function rowsOf(statement: DuckDBPreparedStatement, options: QueryOptions): Promise<FormatResult> {
  const result = await statement.stream();
  const types = result.columnTypes();
  const columns = result.columnNames().map((name, i) => {
    const type = types[i];
    if (type === undefined) throw new Error(`column ${name} has no type`);
    return { name, type };
  });
  const table = new DuckDbTable(columns, options);
  for (
    let part = await result.fetchChunk();
    part !== null && part.rowCount > 0;
    part = await result.fetchChunk()
  ) {
    const { rowCount } = part;
    table.add(rowCount, (column) => part?.getColumnValues(column) ?? []);
  }
  return table.result();
}
