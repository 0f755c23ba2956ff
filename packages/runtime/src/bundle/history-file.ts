// `history.jsonl`: one line of JSON for each epoch, so that a plotting tool or `tail` reads it as it is.

import { amount, count, nullable, number, object, optional, type Reader } from "@netwright/definitions/json";
import { damaged, readJson } from "../json/read-json.ts";
import { fail, type Outcome, type RuntimeProblem, succeed } from "../problem/problem.ts";
import type { History, HistoryLine } from "../training/history.ts";

export const historyLineReader: Reader<HistoryLine> = object<HistoryLine>({
  epoch: count,
  loss: number,
  validation_loss: nullable(number),
  seconds: optional(amount),
});

export function writeHistory(history: History): string {
  return history.map((line) => `${JSON.stringify(line)}\n`).join("");
}

/** `file` names the file in messages. Problems: NW0826. */
export function readHistory(text: string, file: string): Outcome<History> {
  const history: HistoryLine[] = [];
  const problems: RuntimeProblem[] = [];
  let number = 0;
  for (const line of linesOf(text)) {
    number++;
    if (line === "") continue;
    const read = readJson(line, historyLineReader, `Line ${number} of \`${file}\``);
    if (read.ok) history.push(read.value);
    else problems.push(...read.problems);
    // The first ones say what kind of file it is.
    if (problems.length === MOST_PROBLEMS) break;
  }
  if (problems.length > 0) return fail(...problems);
  const gap = gapIn(history);
  return gap === null ? succeed(history) : fail(damaged(`\`${file}\``, gap));
}

const MOST_PROBLEMS = 5;

/** One by one: a stranger's file may be nothing but ends of lines. */
function* linesOf(text: string): Generator<string> {
  for (let start = 0; start <= text.length; ) {
    const end = text.indexOf("\n", start);
    yield end < 0 ? text.slice(start) : text.slice(start, end);
    start = end < 0 ? text.length + 1 : end + 1;
  }
}

/** The epochs are counted from 1, none left out and none twice; where they are not, why. */
export function gapIn(history: History): string | null {
  const i = history.findIndex(({ epoch }, at) => epoch !== at + 1);
  return i < 0 ? null : `in the place of epoch ${i + 1} there is epoch ${history[i]?.epoch}`;
}
