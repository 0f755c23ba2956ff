// What the database that a file names answers, where there is one to ask.

import { notAskedHere, unfitForQuery } from "@netwright/data";
import type { Files, Queried, Query } from "../files/files.ts";
import { readSettings } from "./data-plan.ts";

/** @throws NotYetLoaded before it was asked: see `whenLoaded` */
export function askDatabase({ query: ask }: Files, query: Query): Queried {
  const { path } = query;
  const unfit = unfitForQuery(path, readSettings(query.reading));
  if (unfit.length > 0) return { ok: true, file: path, result: { problems: unfit } };
  if (ask === undefined)
    return { ok: true, file: path, result: { problems: [notAskedHere(query.query.name)] } };
  return ask(query);
}

/** The names of its columns; undefined where it does not answer, about which reading it tells. */
export function namesAnswered(files: Files, query: Query): readonly string[] | undefined {
  const queried = askDatabase(files, query);
  if (!queried.ok || !("table" in queried.result)) return undefined;
  return queried.result.table.columns.map(({ name }) => name);
}
