// What was tried, a line each, so that a run over all tables that was stopped goes on where it was.

import { appendFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import type { Tried } from "./pool.ts";

/** A file that is continued by the next run with it. */
export interface TriedRecord {
  readonly tried: readonly Tried[];
  readonly add: (one: Tried) => void;
}

/** A line that was cut short by a kill is tried again. */
export function openRecord(path: string): TriedRecord {
  const text = existsSync(path) ? readFileSync(path, "utf8") : "";
  const whole = text.slice(0, text.lastIndexOf("\n") + 1);
  // What `add` has written.
  const tried = whole.split("\n").flatMap((line) => (line === "" ? [] : [JSON.parse(line) as Tried]));
  if (whole !== text) writeFileSync(path, whole);
  return { tried, add: (one) => appendFileSync(path, `${JSON.stringify(one)}\n`) };
}
