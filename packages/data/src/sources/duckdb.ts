// A query of a DuckDB database.

import { text } from "@netwright/definitions";
import { defineSource } from "./source.ts";

export const duckdb = defineSource({
  name: "duckdb",
  doc: "The rows that a query of a DuckDB database gives: one `select`, which opens nothing but that database and changes nothing. In Node, with the package `@duckdb/node-api`.",
  formula: "rows in the order of `order by`, or as one thread gives them",
  example: 'source: duckdb("sales.db", "select * from sales order by id")',
  source: "DuckDB, `SELECT`",
  packageName: "@duckdb/node-api",
  params: {
    path: text({ doc: "The file of the database, relative to the `.net` file." }),
    query: text({ doc: "One `select` in the SQL of DuckDB." }),
  },
});
