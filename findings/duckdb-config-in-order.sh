#!/usr/bin/env bash
# @duckdb/node-api 1.5.6-r.1: the options of `DuckDBInstance.create` take effect one by one in the order in which they stand in the
# object, and some forbid others: with `enable_external_access: "false"` in front, `temp_directory` is refused as "Failed to set
# config", without its name; behind it, the same options open the database. One would have guessed that options are a set.
# A query that is `pragma database_list` has the statement type SELECT, and a text without statements throws "Error in native
# callback" in place of a count of 0.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true }' > package.json
npm install --silent --ignore-scripts @duckdb/node-api@1.5.6-r.1
cat > look.cjs <<'JS'
const { DuckDBInstance, StatementType } = require("@duckdb/node-api");

const failure = (promise) => promise.then(() => null, ({ message }) => message);

async function look() {
  const [access, folder] = [{ enable_external_access: "false" }, { temp_directory: "" }];
  const accessFirst = await failure(DuckDBInstance.create(":memory:", { ...access, ...folder }));
  const folderFirst = await failure(DuckDBInstance.create(":memory:", { ...folder, ...access }));
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  const pragma = await (await connection.extractStatements("pragma database_list")).prepare(0);
  const empty = await failure(connection.extractStatements(""));
  console.log({ accessFirst, folderFirst, pragma: StatementType[pragma.statementType], empty });
  const isSo =
    accessFirst === "Failed to set config" &&
    folderFirst === null &&
    pragma.statementType === StatementType.SELECT &&
    empty === "Error in native callback";
  if (!isSo) process.exit(1);
}

look();
JS
node look.cjs
