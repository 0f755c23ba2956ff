// The commands on rows that a database gives. Where DuckDB has no build for the machine, this is left out, and says so.

import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { cli } from "../support/cli.ts";
import { temporaryFolder } from "../support/project.ts";

const duckdb = await import("@duckdb/node-api").catch(() => null);
if (duckdb === null) console.warn("left out: @duckdb/node-api has no build for this machine");
const whereItIs = duckdb === null ? test.skip : test;

const home = process.cwd();
let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
  process.chdir(folder);
});
afterEach(() => process.chdir(home));

whereItIs("train, evaluate, explain and predict, from the folder of the file and from another", async () => {
  const instance = await duckdb?.DuckDBInstance.create("t.db");
  const connection = await instance?.connect();
  await connection?.run(
    "create table t as select (range * 7) % 11 as a, (range * 5) % 13 as b, a + b as y from range(60)",
  );
  connection?.closeSync();
  instance?.closeSync();
  writeFileSync(
    "t.net",
    `netwright 1
data t { source: duckdb("t.db", "from t"), target: y }
model { dense(1) }
train { epochs: 2 }
`,
  );
  const trained = await cli(["train", "t.net"]);
  expect(trained.code).toBe(0);
  expect(trained.stdout).toContain("--input new.csv");
  const run = join("runs", readdirSync("runs")[0] ?? "");
  const here = await cli(["evaluate", run]);
  expect(here.code).toBe(0);
  expect((await cli(["explain", "t.net", "--resolved"])).stdout).toContain(
    'source: duckdb(path: "t.db", query: "from t")',
  );
  writeFileSync("new.csv", "a,b\n1,2\n");
  expect((await cli(["predict", run, "--input", "new.csv"])).code).toBe(0);
  const wrong = await cli(["predict", run, "--input", "t.db"]);
  expect(wrong.stderr).toContain("it is a DuckDB database");
  process.chdir(home);
  const there = await cli(["evaluate", join(folder, run)]);
  expect(there.stdout).toBe(here.stdout);
});
