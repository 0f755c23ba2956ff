// Sentences for people, broken at blanks where the terminal ends. Tables and commands to copy are no prose.

import { visibleWidth, wrapText } from "@netwright/lang";

/** Each line is a paragraph: blanks in front stand before all of its lines, the first of which begins with `lead`. */
export function prose(text: string, width: number, lead = ""): string {
  return text
    .split("\n")
    .map((line) => {
      if (line === "") return "";
      const indent = /^ */.exec(line)?.[0] ?? "";
      const first = `${indent}${lead}`;
      const whole = `${first}${line.slice(indent.length)}`;
      if (visibleWidth(whole) <= width) return whole;
      return wrapText(line, width, first, " ".repeat(visibleWidth(first)));
    })
    .join("\n");
}
