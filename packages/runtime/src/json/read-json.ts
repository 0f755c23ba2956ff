// A JSON text of a run's file to a typed value, with everything that is wrong with it at once.

import type { RuntimeProblem } from "../problem/problem.ts";
import { fail, type Outcome, problem, succeed } from "../problem/problem.ts";
import { invalid, type Reader } from "./shape.ts";

/** More would hide the message; the first ones say what kind of file it is. */
const SHOWN = 5;

/** `where` names the text in messages: a file, or a part of one. Problems: NW0826. */
export function readJson<T>(text: string, reader: Reader<T>, where: string): Outcome<T> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return fail(damaged(where, "it is not valid JSON"));
  }
  const complaints: string[] = [];
  let count = 0;
  const result = reader(value, "", (path, expected) => {
    if (count++ < SHOWN) complaints.push(`${path === "" ? "it" : `\`${path}\``} is not ${expected}`);
  });
  if (result !== invalid) return succeed(result);
  const more = count > SHOWN ? ` and ${count - SHOWN} more like it` : "";
  return fail(damaged(where, complaints.join("; ") + more));
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
