// What an error of DuckDB says, which may repeat what a stranger's query or database holds.

import { visible, visibleLines } from "@netwright/definitions";

/** Not `instanceof Error`, which errors of another realm fail. */
export function messageOf(error: unknown): string {
  const message =
    typeof error === "object" && error !== null && "message" in error ? String(error.message) : String(error);
  return visibleLines(message);
}

const LONGEST = 400;

/** Its first line, and what it advises below: the lines of the query that it shows stand in the file. */
export function refusalOf(error: unknown): { readonly why: string; readonly advice: readonly string[] } {
  const text = messageOf(error).replace(/^Failed to extract statements: /, "");
  const [first = "", ...rest] = text.split(/\n+/);
  const shown = rest.findIndex((line) => line.startsWith("LINE "));
  const advice = (shown < 0 ? rest : rest.slice(0, shown)).map((line) => visible(line.trim()));
  return {
    why: cut(first),
    advice: advice
      .filter((line) => line !== "")
      .slice(0, 3)
      .map(cut),
  };
}

function cut(line: string): string {
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
}
