// A JSON text of a run's file to a typed value, with everything that is wrong with it at once.

import { complaintsText, type Reader, readText } from "@netwright/definitions/json";
import type { RuntimeProblem } from "../problem/problem.ts";
import { fail, type Outcome, problem, succeed } from "../problem/problem.ts";

/** `where` names the text in messages: a file, or a part of one. Problems: NW0826. */
export function readJson<T>(text: string, reader: Reader<T>, where: string): Outcome<T> {
  const read = readText(text, reader);
  if (read === null) return fail(damaged(where, "it is not valid JSON"));
  return read.ok ? succeed(read.value) : fail(damaged(where, complaintsText(read.complaints, read.more)));
}

/** `detail` completes the sentence "... cannot be read: ". */
export function damaged(where: string, detail: string): RuntimeProblem {
  return problem(
    "NW0826",
    `${where} cannot be read: ${detail}.`,
    "The file may have been changed or cut short; restore it from a copy, or train again.",
  );
}

/** The text of a file, unless it is not UTF-8. */
export function decodeText(bytes: Uint8Array, where: string): Outcome<string> {
  try {
    return succeed(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return fail(damaged(where, "it is not text in UTF-8"));
  }
}
