// The library of DuckDB, which the user adds: it is imported by its name, as a bundler would look for it and fail.

import { type DataProblem, notInstalled, notLoaded } from "@netwright/data";
import { isMissingPackage } from "@netwright/runtime";
import { importBeside } from "../../backends/import-beside.ts";
import { partOf } from "../part-of.ts";
import { messageOf } from "./message-of.ts";

type DuckDb = typeof import("@duckdb/node-api");

const PACKAGE = "@duckdb/node-api";

/** `importing` finds a package. Never in the current folder: a `.net` file, which may be a stranger's, asks for it. */
export async function loadDuckDb(importing = importBeside): Promise<DuckDb | DataProblem> {
  try {
    const module = await importing(PACKAGE);
    const library = [module, partOf(module, "default")].find(isDuckDb);
    return library ?? notLoaded("duckdb", PACKAGE, "it is not the library that it was");
  } catch (error) {
    return isMissingPackage(error, PACKAGE)
      ? notInstalled("duckdb", PACKAGE)
      : notLoaded("duckdb", PACKAGE, messageOf(error).split("\n", 1)[0] ?? "");
  }
}

function isDuckDb(value: unknown): value is DuckDb {
  const instance = partOf(value, "DuckDBInstance");
  return typeof instance === "function" && "create" in instance;
}
