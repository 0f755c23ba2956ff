// A program around a few lines of the text form, for tests that look at single operations.

import { type Program, parse } from "@netwright/ir";

/** The parameters are `%0`, `%1`, ... in the lines. */
export function programOf(
  parameters: readonly string[],
  lines: readonly string[],
  otherFunctions: readonly string[] = [],
): Program {
  return parse(
    [
      "program test {",
      "  func composite f batch 0 {",
      ...parameters.map((type, i) => `    %${i} = parameter p${i} : ${type}`),
      ...lines.map((line) => `    ${line}`),
      "  }",
      ...otherFunctions,
      "}",
    ].join("\n"),
  );
}
