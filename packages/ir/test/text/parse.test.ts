// What the text form refuses, each with its place, and what it reads besides the printed form.

import { describe, expect, test } from "@jest/globals";
import { parse, print, TextFormError } from "@netwright/ir";

/** A program whose one function has these lines, from line 3 on. */
function inFunction(...lines: readonly string[]): string {
  return ["program p {", "  func init f batch 0 {", ...lines, "  }", "}"].join("\n");
}

function errorOf(text: string): TextFormError {
  try {
    parse(text);
  } catch (error) {
    if (error instanceof TextFormError) return error;
    throw error;
  }
  throw new Error("the text was parsed");
}

test.each<[name: string, text: string, error: string]>([
  ["empty text", "", "1:1: expected `program`, found the end of the text"],
  ["a stray character", "program p {\n  ?\n}", '2:3: unexpected character "?"'],
  ["an unclosed string", 'program "p', '1:9: unexpected character "\\""'],
  ["a wrong escape", 'program "\\q" {}', '1:9: "\\q" is not a string with the escapes of JSON'],
  ["text after the end", "program p {} x", "1:14: expected the end of the text, found `x`"],
  ["an unclosed program", "program p {", "1:12: expected `}`, found the end of the text"],
  [
    "an unknown role",
    "program p { state bias b : tensor<f32> }",
    "1:19: expected a role (one of weight, statistic, average, slot, gradient, counter, random, control), found `bias`",
  ],
  [
    "an unknown kind",
    "program p { func train f batch 0 {} }",
    "1:18: expected a kind of function (one of init, step, accumulate, predict, evaluate, trace, composite), found `train`",
  ],
  ["a broken batch", "program p { func init f batch 1.5 {} }", "1:31: 1.5 is not an integer"],
  ["an unknown operation", inFunction("%0 = dense() : tensor<f32>"), "3:6: there is no operation dense"],
  ["an inherited name", inFunction("%0 = toString() : tensor<f32>"), "3:6: there is no operation toString"],
  ["an undefined value", inFunction("%0 = abs(%1) : tensor<f32>"), "3:10: %1 is not defined above"],
  [
    "a value defined twice",
    inFunction("%0 = parameter a : tensor<f32>", "%0 = abs(%0) : tensor<f32>"),
    "4:1: %0 is defined twice",
  ],
  ["an undefined result", inFunction("result a = %0"), "3:12: %0 is not defined above"],
  [
    "an unknown element type",
    inFunction("%0 = parameter a : tensor<2xf64>"),
    "3:20: tensor<2xf64> is not a type such as tensor<2x3xf32> or tensor<pred>",
  ],
  [
    "a negative dimension",
    inFunction("%0 = parameter a : tensor<-2xf32>"),
    "3:20: tensor<-2xf32> is not a type such as tensor<2x3xf32> or tensor<pred>",
  ],
  ["too few types", inFunction("%0, %1 = parameter a : tensor<f32>"), "3:1: 2 results, but 1 types"],
  [
    "two values of a parameter",
    inFunction("%0, %1 = parameter a : tensor<f32>, tensor<f32>"),
    "3:1: a parameter defines one value",
  ],
  [
    "a late parameter",
    inFunction(
      "%0 = constant() {type = tensor<f32>, values = [1]} : tensor<f32>",
      "%1 = parameter a : tensor<f32>",
    ),
    "4:16: parameters stand before all operations",
  ],
  [
    "an operation after a result",
    inFunction("%0 = parameter a : tensor<f32>", "result a = %0", "%1 = abs(%0) : tensor<f32>"),
    "5:1: after the first result only results and `}` may follow",
  ],
  [
    "a missing attribute",
    inFunction("%0 = iota() {dimension = 0} : tensor<2xf32>"),
    "3:6: iota needs the attribute type",
  ],
  [
    "an unknown attribute",
    inFunction("%0 = iota() {axis = 0} : tensor<2xf32>"),
    "3:14: iota has no attribute axis",
  ],
  [
    "an inherited attribute",
    inFunction("%0 = iota() {constructor = 0} : tensor<2xf32>"),
    "3:14: iota has no attribute constructor",
  ],
  [
    "an attribute given twice",
    inFunction("%0 = iota() {dimension = 0, dimension = 0} : tensor<2xf32>"),
    "3:29: dimension is given twice",
  ],
  [
    "an attribute of the wrong kind",
    inFunction("%0 = iota() {dimension = [0]} : tensor<2xf32>"),
    "3:26: expected a number, found `[`",
  ],
  [
    "a fraction for an integer",
    inFunction("%0 = iota() {dimension = 0.5} : tensor<2xf32>"),
    "3:26: 0.5 is not an integer",
  ],
])("refuses %s", (_, text, message) => {
  const error = errorOf(text);
  expect(error.message).toBe(message);
  expect(`${error.line}:${error.column}`).toBe(message.split(": ")[0]);
});

describe("reads freely written text", () => {
  test("comments, line ends, any numbering and order of attributes", () => {
    const text = [
      "// a comment",
      "program p { // another",
      "  func init f batch 0 {\r",
      "%7 = parameter a:tensor<2xf32>",
      "    %3=slice ( %7 ) {strides = [1], limit = [2],start=[1]} : tensor<1xf32>  result a=%3",
      "} }",
    ].join("\n");
    expect(print(parse(text))).toBe(
      [
        "program p {",
        "  func init f batch 0 {",
        "    %0 = parameter a : tensor<2xf32>",
        "    %1 = slice(%0) {start = [1], limit = [2], strides = [1]} : tensor<1xf32>",
        "    result a = %1",
        "  }",
        "}",
        "",
      ].join("\n"),
    );
  });

  test("a name that is also a word of the form", () => {
    const text = 'program program { state weight state : tensor<f32> func init "func" batch 0 { } }';
    const program = parse(text);
    expect([program.name, program.state[0]?.name, program.functions[0]?.name]).toEqual([
      "program",
      "state",
      "func",
    ]);
    expect(parse(print(program))).toEqual(program);
  });
});
