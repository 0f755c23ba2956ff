// `history.jsonl`: one line of JSON for each epoch, so that a plotting tool or `tail` reads it as it is.

import { readJson } from "../json/read-json.ts";
import { count, nullable, number, object, type Reader } from "../json/shape.ts";
import { fail, type Outcome, type RuntimeProblem, succeed } from "../problem/problem.ts";
import type { History, HistoryLine } from "../training/history.ts";

const required = object<Omit<HistoryLine, "seconds">>({
  epoch: count,
  loss: number,
  validation_loss: nullable(number),
});

export const historyLineReader: Reader<HistoryLine> = (value, path, complain) => {
  const line = required(value, path, complain);
  if (typeof line === "symbol" || typeof value !== "object" || value === null) return line;
  const seconds = "seconds" in value ? value.seconds : undefined;
  return typeof seconds === "number" ? { ...line, seconds } : line;
};

export function writeHistory(history: History): string {
  return history.map((line) => `${JSON.stringify(line)}\n`).join("");
}

/** `file` names the file in messages. Problems: NW0826. */
export function readHistory(text: string, file: string): Outcome<History> {
  const history: HistoryLine[] = [];
  const problems: RuntimeProblem[] = [];
  for (const [i, line] of text.split("\n").entries()) {
    if (line === "") continue;
    const read = readJson(line, historyLineReader, `Line ${i + 1} of \`${file}\``);
    if (read.ok) history.push(read.value);
    else problems.push(...read.problems);
  }
  return problems.length > 0 ? fail(...problems) : succeed(history);
}
