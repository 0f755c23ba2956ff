// Sentences for people, broken at blanks where the terminal ends. Tables and commands to copy are no prose.

import { wrap } from "@netwright/lang";

/** Each line is a paragraph of its own; what it begins with, blanks or a dash, stands before its first line alone. */
export function prose(text: string, width: number): string {
  return text
    .split("\n")
    .map((line) => {
      const start = /^ *(?:[-=] )?/.exec(line)?.[0] ?? "";
      const body = { text: line.slice(start.length), paint: (word: string) => word };
      return line.length <= width ? line : wrap([body], width, start, " ".repeat(start.length));
    })
    .join("\n");
}
