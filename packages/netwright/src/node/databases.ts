// Databases that a `.net` file names, which may be a stranger's: files in the folders from which files are opened. What
// one has answered is kept, as a project asks for the names of columns before it asks for the rows.

import { closeSync } from "node:fs";
import { NotYetLoaded, type Storage } from "@netwright/data";
import { openRegular } from "@netwright/runtime/node";
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
    try {
      checkReach(file, folders);
      closeSync(openRegular(file).descriptor);
    } catch (error) {
      return { ok: false, file, reason: reasonOf(error) };
    }
    throw new NotYetLoaded(async () => {
      const { queryDuckDb } = await import("./duckdb/query-duckdb.ts");
      known.set(key, await queryDuckDb(text, { name: file, missingWords, storage }));
    });
  };
}
