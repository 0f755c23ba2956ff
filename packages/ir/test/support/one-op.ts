// A program around a few lines of the text form, for tests that look at single operations.

import { type Program, parse } from "@netwright/ir";

/** The parameters are `%0`, `%1`, ... in the lines; `g` is a decomposition that they may name. */
export function programOf(parameters: readonly string[], lines: readonly string[]): Program {
  return parse(
    [
      "program test {",
      "  func composite f batch 0 {",
      ...parameters.map((type, i) => `    %${i} = parameter p${i} : ${type}`),
      ...lines.map((line) => `    ${line}`),
      "  }",
      "  func composite g batch 0 {",
      "    %0 = parameter a : tensor<f32>",
      "    result r = %0",
      "  }",
      "}",
    ].join("\n"),
  );
}
