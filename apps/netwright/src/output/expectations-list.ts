// How the expectations came out: a word and a colour for each, so that the word alone tells it too.

import type { Expectation } from "@netwright/runtime";
import type { Colours } from "./colours.ts";
import { plain } from "./numbers.ts";

export function expectationsList(expectations: readonly Expectation[], colours: Colours): string {
  const longest = Math.max(0, ...expectations.map(({ text }) => text.length));
  return expectations
    .map(({ text, value, passed }) => {
      const mark = passed ? colours.green("pass") : colours.red(colours.bold("FAIL"));
      const found = value === null ? "not defined" : `it is ${plain(value, 5)}`;
      return `${mark}  ${text.padEnd(longest)}  ${found}\n`;
    })
    .join("");
}
