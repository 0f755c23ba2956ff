// What is wrong with a table of another format, as one problem; readers throw it, as they are deep in a file when they see it.

import { count, quote } from "@netwright/definitions";
import { type DataProblem, error, warning } from "../problem/problem.ts";
import type { Table } from "../table/table.ts";
import type { FormatResult } from "./format.ts";

export class CannotRead extends Error {
  readonly notes: readonly string[];
  readonly line: number | undefined;
  /** `what` goes on from the name of the file: "is cut short". */
  constructor(what: string, notes: readonly string[] = [], line?: number) {
    super(what);
    this.name = "CannotRead";
    this.notes = notes;
    this.line = line;
  }
}

/** What `read` gives, or the problem that it throws. */
export function orProblem(name: string, read: () => FormatResult): FormatResult {
  try {
    return read();
  } catch (thrown) {
    if (!(thrown instanceof CannotRead)) throw thrown;
    const { message, notes, line } = thrown;
    const where = line === undefined ? quote(name) : `Line ${line} of ${quote(name)}`;
    return { problems: [error("NW0670", `${where} ${message}.`, { notes, setting: "source", line })] };
  }
}

/** `read` of a library, whose errors say that the file is damaged: those of ours go on. */
export function orDamaged<T>(what: string, read: () => T): T {
  try {
    return read();
  } catch (thrown) {
    if (thrown instanceof CannotRead || !isPlainError(thrown)) throw thrown;
    throw new CannotRead(`is damaged, or no ${what} that can be read: ${thrown.message}`);
  }
}

/**
 * An error of a library about what it reads: not one of ours or of the system, which have names or codes of their own, and no
 * lack of memory. Not `instanceof Error`, which those of another realm fail.
 */
function isPlainError(thrown: unknown): thrown is { readonly message: string } {
  if (typeof thrown !== "object" || thrown === null || !("name" in thrown) || !("message" in thrown))
    return false;
  if ("code" in thrown && typeof thrown.code === "string" && !thrown.code.startsWith("ERR_")) return false;
  return PLAIN.has(String(thrown.name)) && !/allocation failed/i.test(String(thrown.message));
}

const PLAIN: ReadonlySet<string> = new Set(["Error", "RangeError", "TypeError", "SyntaxError"]);

export function leftOut(name: string, column: string, kind: string): DataProblem {
  const notes = ["A network is given numbers and words: unpack it into columns of these."];
  const message = `Column ${quote(column)} of ${quote(name)} is left out: it holds ${kind}.`;
  return warning("NW0672", message, { notes, setting: "source", column });
}

export function inexact(name: string, column: string, what: string, notes: readonly string[]): DataProblem {
  return warning("NW0673", `Column ${quote(column)} of ${quote(name)} ${what}.`, {
    notes,
    setting: "source",
    column,
  });
}

/** A number holds about 15 digits, whole numbers up to 2^53. */
export function lostDigits(name: string, column: string, rows: number): DataProblem {
  return inexact(name, column, `has numbers of more digits than are exact, in ${count(rows, "row")}`, [
    "About 15 digits of a number count. Write what is no quantity, such as an id, as text.",
  ]);
}

/** What is told so of each column of a table. */
export function lostDigitsIn({ name, inexact = [] }: Table): readonly DataProblem[] {
  return inexact.map((column) => lostDigits(name, column.name, column.rows));
}

export function noDates(name: string, column: string): DataProblem {
  return inexact(name, column, "has dates that no calendar has, such as infinity", [
    "They are read as missing values.",
  ]);
}
