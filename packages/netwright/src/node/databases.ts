// Databases that a `.net` file names, which may be a stranger's: files in the folders from which files are opened. What
// one has answered is kept, as a project asks for the names of columns before it asks for the rows.

import { closeSync, lstatSync, realpathSync } from "node:fs";
import { basename } from "node:path";
import { NotYetLoaded, type Storage } from "@netwright/data";
import { openRegular, refuse } from "@netwright/runtime/node";
import type { Files, Queried } from "../files/files.ts";
import { fileFrom } from "./file-from.ts";
import { reasonOf } from "./reason-of.ts";
import { checkReach } from "./regular-file.ts";

export function databases(folders: readonly string[], storage: Storage): NonNullable<Files["query"]> {
  const known = new Map<string, Queried>();
  return ({ path, from, query: { name, args }, reading: { missing_words: missingWords = [] } }) => {
    const file = fileFrom(path, from);
    const text = args["query"];
    if (name !== "duckdb" || typeof text !== "string") throw new Error(`nothing reads the source ${name}`);
    const key = JSON.stringify([file, text, missingWords]);
    const before = known.get(key);
    if (before !== undefined) return before;
    let real: string;
    try {
      checkReach(file, folders);
      closeSync(openRegular(file).descriptor);
      real = realpathSync.native(file);
      checkBeside(real);
    } catch (error) {
      return { ok: false, file, reason: reasonOf(error) };
    }
    throw new NotYetLoaded(async () => {
      const { queryDuckDb } = await import("./duckdb/query-duckdb.ts");
      known.set(key, await queryDuckDb(text, { name: file, path: real, missingWords, storage }));
    });
  };
}

/** Names of files beside a database that its library opens as well, of DuckDB and of what it reads beside its own: SQLite. */
const BESIDE = [".wal", ".wal.checkpoint", ".wal.recovery", "-wal", "-journal", "-shm"];

/**
 * Refuses a database beside which one of these is no regular file: a link leads out of the folders, and a query could read what
 * is there; a pipe would be waited for. @throws with the reason
 */
function checkBeside(database: string): void {
  for (const ending of BESIDE) {
    const stats = lstatSync(`${database}${ending}`, { throwIfNoEntry: false });
    if (stats?.isFile() === false) {
      const what = stats.isSymbolicLink() ? "a link" : "no regular file";
      refuse(`beside it is \`${basename(database)}${ending}\`, which is ${what}: remove it`);
    }
  }
}
