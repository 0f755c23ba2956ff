// Before and after of each rule of canonicalise, and of look-alikes that must stay because they would change
// bits. Constants are written short: `%1 = 2xf32 [0]`.

import { describe, expect, test } from "@jest/globals";
import { canonicalise, parse, print } from "@netwright/ir";
import { afterPass, expand } from "../support/after-pass.ts";

type Lines = readonly string[];
type Case = readonly [name: string, parameters: Lines, before: Lines, after: Lines];

const F = ["tensor<2xf32>", "tensor<2xf32>"];
const I = ["tensor<2xi32>", "tensor<2xi32>"];
const U = ["tensor<2xu32>", "tensor<2xu32>"];
const P = ["tensor<2xpred>", "tensor<2xpred>"];
const M = ["tensor<2x3xf32>"];

/** The result is parameter 0 itself. */
const X: Lines = ["result r = %0"];

function rewrites(cases: readonly Case[]): void {
  test.each(cases)("%s", (_, parameters, before, after) => {
    expect(afterPass(canonicalise, parameters, before)).toEqual(after.map(expand));
  });
}

/** Nothing changes, though it looks as if something could. */
function stays(cases: readonly (readonly [name: string, parameters: Lines, lines: Lines])[]): void {
  test.each(cases)("%s stays", (_, parameters, lines) => {
    expect(afterPass(canonicalise, parameters, lines)).toEqual(lines.map(expand));
  });
}

describe("arithmetic", () => {
  rewrites([
    ["x * 1", F, ["%2 = 2xf32 [1]", "%3 = multiply(%0, %2) : tensor<2xf32>", "result r = %3"], X],
    ["1 * x", F, ["%2 = 2xf32 [1]", "%3 = multiply(%2, %0) : tensor<2xf32>", "result r = %3"], X],
    ["x * 1 in u32", U, ["%2 = 2xu32 [1]", "%3 = multiply(%0, %2) : tensor<2xu32>", "result r = %3"], X],
    ["x / 1", F, ["%2 = 2xf32 [1]", "%3 = divide(%0, %2) : tensor<2xf32>", "result r = %3"], X],
    ["x / 1 in i32", I, ["%2 = 2xi32 [1]", "%3 = divide(%0, %2) : tensor<2xi32>", "result r = %3"], X],
    [
      "x / 8",
      F,
      ["%2 = 2xf32 [8]", "%3 = divide(%0, %2) : tensor<2xf32>", "result r = %3"],
      ["%2 = 2xf32 [0.125]", "%3 = multiply(%0, %2) : tensor<2xf32>", "result r = %3"],
    ],
    ["x + (-0)", F, ["%2 = 2xf32 [-0]", "%3 = add(%0, %2) : tensor<2xf32>", "result r = %3"], X],
    ["x + 0 in i32", I, ["%2 = 2xi32 [0]", "%3 = add(%0, %2) : tensor<2xi32>", "result r = %3"], X],
    ["x - 0", F, ["%2 = 2xf32 [0]", "%3 = subtract(%0, %2) : tensor<2xf32>", "result r = %3"], X],
    [
      "x + (-y)",
      F,
      ["%2 = negate(%1) : tensor<2xf32>", "%3 = add(%0, %2) : tensor<2xf32>", "result r = %3"],
      ["%2 = subtract(%0, %1) : tensor<2xf32>", "result r = %2"],
    ],
    [
      "(-x) + y",
      I,
      ["%2 = negate(%0) : tensor<2xi32>", "%3 = add(%2, %1) : tensor<2xi32>", "result r = %3"],
      ["%2 = subtract(%1, %0) : tensor<2xi32>", "result r = %2"],
    ],
    [
      "x - (-y)",
      F,
      ["%2 = negate(%1) : tensor<2xf32>", "%3 = subtract(%0, %2) : tensor<2xf32>", "result r = %3"],
      ["%2 = add(%0, %1) : tensor<2xf32>", "result r = %2"],
    ],
    ["-(-x)", F, ["%2 = negate(%0) : tensor<2xf32>", "%3 = negate(%2) : tensor<2xf32>", "result r = %3"], X],
    [
      "||x||",
      F,
      ["%2 = abs(%0) : tensor<2xf32>", "%3 = abs(%2) : tensor<2xf32>", "result r = %3"],
      ["%2 = abs(%0) : tensor<2xf32>", "result r = %2"],
    ],
    [
      "|-x|",
      F,
      ["%2 = negate(%0) : tensor<2xf32>", "%3 = abs(%2) : tensor<2xf32>", "result r = %3"],
      ["%2 = abs(%0) : tensor<2xf32>", "result r = %2"],
    ],
    ["not not", P, ["%2 = not(%0) : tensor<2xpred>", "%3 = not(%2) : tensor<2xpred>", "result r = %3"], X],
    ["max(x, x)", F, ["%2 = maximum(%0, %0) : tensor<2xf32>", "result r = %2"], X],
    ["min(x, x)", F, ["%2 = minimum(%0, %0) : tensor<2xf32>", "result r = %2"], X],
    ["x and x", P, ["%2 = and(%0, %0) : tensor<2xpred>", "result r = %2"], X],
    ["x or x", U, ["%2 = or(%0, %0) : tensor<2xu32>", "result r = %2"], X],
    ["x and true", P, ["%2 = 2xpred [1]", "%3 = and(%0, %2) : tensor<2xpred>", "result r = %3"], X],
    ["x or all zeros", U, ["%2 = 2xu32 [0]", "%3 = or(%0, %2) : tensor<2xu32>", "result r = %3"], X],
    [
      "x and all zeros",
      I,
      ["%2 = 2xi32 [0]", "%3 = and(%0, %2) : tensor<2xi32>", "result r = %3"],
      ["%2 = 2xi32 [0]", "result r = %2"],
    ],
    [
      "x or all ones",
      I,
      ["%2 = 2xi32 [-1]", "%3 = or(%0, %2) : tensor<2xi32>", "result r = %3"],
      ["%2 = 2xi32 [-1]", "result r = %2"],
    ],
    ...["add", "multiply", "maximum", "minimum"].map(
      (name): Case => [
        `${name}: a constant comes second`,
        F,
        ["%2 = 2xf32 [3]", `%3 = ${name}(%2, %0) : tensor<2xf32>`, "result r = %3"],
        ["%2 = 2xf32 [3]", `%3 = ${name}(%0, %2) : tensor<2xf32>`, "result r = %3"],
      ],
    ),
  ]);
  stays([
    // (-0) + 0 is +0.
    ["x + 0 in f32", F, ["%2 = 2xf32 [0]", "%3 = add(%0, %2) : tensor<2xf32>", "result r = %3"]],
    // (-0) - (-0) is +0.
    ["x - (-0) in f32", F, ["%2 = 2xf32 [-0]", "%3 = subtract(%0, %2) : tensor<2xf32>", "result r = %3"]],
    // NaN * 0 is NaN.
    ["x * 0 in f32", F, ["%2 = 2xf32 [0]", "%3 = multiply(%0, %2) : tensor<2xf32>", "result r = %3"]],
    ["x - x in f32", F, ["%2 = subtract(%0, %0) : tensor<2xf32>", "result r = %2"]],
    ["x / x in f32", F, ["%2 = divide(%0, %0) : tensor<2xf32>", "result r = %2"]],
    // 1 / 3 and 1 / 6 are rounded.
    ["x / 3", F, ["%2 = 2xf32 [3]", "%3 = divide(%0, %2) : tensor<2xf32>", "result r = %3"]],
    ["x / 6", F, ["%2 = 2xf32 [6]", "%3 = divide(%0, %2) : tensor<2xf32>", "result r = %3"]],
    // The reciprocal of the least subnormal overflows.
    [
      "x / 2^-149",
      F,
      ["%2 = 2xf32 [1.401298464324817e-45]", "%3 = divide(%0, %2) : tensor<2xf32>", "result r = %3"],
    ],
    ["x / 0", F, ["%2 = 2xf32 [0]", "%3 = divide(%0, %2) : tensor<2xf32>", "result r = %3"]],
    // Truncates.
    ["x / 2 in i32", I, ["%2 = 2xi32 [2]", "%3 = divide(%0, %2) : tensor<2xi32>", "result r = %3"]],
    // -(x - x) is -0.
    [
      "-(x - y)",
      F,
      ["%2 = subtract(%0, %1) : tensor<2xf32>", "%3 = negate(%2) : tensor<2xf32>", "result r = %3"],
    ],
    ["constant - x", F, ["%2 = 2xf32 [3]", "%3 = subtract(%2, %0) : tensor<2xf32>", "result r = %3"]],
    [
      "x * ones and others",
      F,
      ["%2 = 2xf32 [1, 2]", "%3 = multiply(%0, %2) : tensor<2xf32>", "result r = %3"],
    ],
  ]);
});

describe("compare, select, convert", () => {
  rewrites([
    ...(
      [
        ["EQ", "EQ"],
        ["NE", "NE"],
        ["LT", "GT"],
        ["LE", "GE"],
        ["GT", "LT"],
        ["GE", "LE"],
      ] as const
    ).map(
      ([before, after]): Case => [
        `constant ${before} x`,
        F,
        ["%2 = 2xf32 [3]", `%3 = compare(%2, %0) {direction = ${before}} : tensor<2xpred>`, "result r = %3"],
        ["%2 = 2xf32 [3]", `%3 = compare(%0, %2) {direction = ${after}} : tensor<2xpred>`, "result r = %3"],
      ],
    ),
    [
      "select with equal branches",
      [...F, "tensor<2xpred>"],
      ["%3 = select(%2, %0, %0) : tensor<2xf32>", "result r = %3"],
      X,
    ],
    ["select true", F, ["%2 = 2xpred [1]", "%3 = select(%2, %0, %1) : tensor<2xf32>", "result r = %3"], X],
    ["select false", F, ["%2 = 2xpred [0]", "%3 = select(%2, %1, %0) : tensor<2xf32>", "result r = %3"], X],
    [
      "select not",
      [...F, "tensor<2xpred>"],
      ["%3 = not(%2) : tensor<2xpred>", "%4 = select(%3, %0, %1) : tensor<2xf32>", "result r = %4"],
      ["%3 = select(%2, %1, %0) : tensor<2xf32>", "result r = %3"],
    ],
    ["convert to the same type", F, ["%2 = convert(%0) {dtype = f32} : tensor<2xf32>", "result r = %2"], X],
    [
      "pred to i32 to f32",
      P,
      [
        "%2 = convert(%0) {dtype = i32} : tensor<2xi32>",
        "%3 = convert(%2) {dtype = f32} : tensor<2xf32>",
        "result r = %3",
      ],
      ["%2 = convert(%0) {dtype = f32} : tensor<2xf32>", "result r = %2"],
    ],
    [
      "pred to f32 to pred",
      P,
      [
        "%2 = convert(%0) {dtype = f32} : tensor<2xf32>",
        "%3 = convert(%2) {dtype = pred} : tensor<2xpred>",
        "result r = %3",
      ],
      X,
    ],
  ]);
  stays([
    [
      "f32 to i32 to f32",
      F,
      [
        "%2 = convert(%0) {dtype = i32} : tensor<2xi32>",
        "%3 = convert(%2) {dtype = f32} : tensor<2xf32>",
        "result r = %3",
      ],
    ],
    ["x = x in f32", F, ["%2 = compare(%0, %0) {direction = EQ} : tensor<2xpred>", "result r = %2"]],
    [
      "select by position",
      F,
      ["%2 = 2xpred [1, 0]", "%3 = select(%2, %0, %1) : tensor<2xf32>", "result r = %3"],
    ],
  ]);
});

describe("movement", () => {
  rewrites([
    [
      "reshape to the same shape",
      M,
      ["%1 = reshape(%0) {shape = [2, 3]} : tensor<2x3xf32>", "result r = %1"],
      X,
    ],
    [
      "reshape of reshape",
      M,
      [
        "%1 = reshape(%0) {shape = [6]} : tensor<6xf32>",
        "%2 = reshape(%1) {shape = [3, 2]} : tensor<3x2xf32>",
        "result r = %2",
      ],
      ["%1 = reshape(%0) {shape = [3, 2]} : tensor<3x2xf32>", "result r = %1"],
    ],
    [
      "reshape back",
      M,
      [
        "%1 = reshape(%0) {shape = [6]} : tensor<6xf32>",
        "%2 = reshape(%1) {shape = [2, 3]} : tensor<2x3xf32>",
        "result r = %2",
      ],
      X,
    ],
    [
      "reshape of a repeated scalar",
      ["tensor<f32>"],
      [
        "%1 = broadcast_in_dim(%0) {shape = [6], dimensions = []} : tensor<6xf32>",
        "%2 = reshape(%1) {shape = [2, 3]} : tensor<2x3xf32>",
        "result r = %2",
      ],
      ["%1 = broadcast_in_dim(%0) {shape = [2, 3], dimensions = []} : tensor<2x3xf32>", "result r = %1"],
    ],
    [
      "slice of a repeated scalar",
      ["tensor<f32>"],
      [
        "%1 = broadcast_in_dim(%0) {shape = [6], dimensions = []} : tensor<6xf32>",
        "%2 = slice(%1) {start = [2], limit = [4], strides = [1]} : tensor<2xf32>",
        "result r = %2",
      ],
      ["%1 = broadcast_in_dim(%0) {shape = [2], dimensions = []} : tensor<2xf32>", "result r = %1"],
    ],
    [
      "transpose by the identity",
      M,
      ["%1 = transpose(%0) {permutation = [0, 1]} : tensor<2x3xf32>", "result r = %1"],
      X,
    ],
    [
      "transpose of transpose",
      ["tensor<2x3x4xf32>"],
      [
        "%1 = transpose(%0) {permutation = [1, 2, 0]} : tensor<3x4x2xf32>",
        "%2 = transpose(%1) {permutation = [1, 0, 2]} : tensor<4x3x2xf32>",
        "result r = %2",
      ],
      ["%1 = transpose(%0) {permutation = [2, 1, 0]} : tensor<4x3x2xf32>", "result r = %1"],
    ],
    [
      "transpose back",
      M,
      [
        "%1 = transpose(%0) {permutation = [1, 0]} : tensor<3x2xf32>",
        "%2 = transpose(%1) {permutation = [1, 0]} : tensor<2x3xf32>",
        "result r = %2",
      ],
      X,
    ],
    [
      "broadcast to the same shape",
      M,
      ["%1 = broadcast_in_dim(%0) {shape = [2, 3], dimensions = [0, 1]} : tensor<2x3xf32>", "result r = %1"],
      X,
    ],
    [
      "broadcast of broadcast",
      ["tensor<3xf32>"],
      [
        "%1 = broadcast_in_dim(%0) {shape = [2, 3], dimensions = [1]} : tensor<2x3xf32>",
        "%2 = broadcast_in_dim(%1) {shape = [2, 5, 3], dimensions = [0, 2]} : tensor<2x5x3xf32>",
        "result r = %2",
      ],
      [
        "%1 = broadcast_in_dim(%0) {shape = [2, 5, 3], dimensions = [2]} : tensor<2x5x3xf32>",
        "result r = %1",
      ],
    ],
    [
      "broadcast that only adds dimensions of size 1",
      M,
      [
        "%1 = broadcast_in_dim(%0) {shape = [1, 2, 1, 3], dimensions = [1, 3]} : tensor<1x2x1x3xf32>",
        "result r = %1",
      ],
      ["%1 = reshape(%0) {shape = [1, 2, 1, 3]} : tensor<1x2x1x3xf32>", "result r = %1"],
    ],
    [
      "slice of all",
      M,
      [
        "%1 = slice(%0) {start = [0, 0], limit = [2, 3], strides = [1, 1]} : tensor<2x3xf32>",
        "result r = %1",
      ],
      X,
    ],
    [
      "pad with nothing",
      [...M, "tensor<f32>"],
      [
        "%2 = pad(%0, %1) {low = [0, 0], high = [0, 0], interior = [0, 0]} : tensor<2x3xf32>",
        "result r = %2",
      ],
      X,
    ],
    ["concatenate one", M, ["%1 = concatenate(%0) {dimension = 0} : tensor<2x3xf32>", "result r = %1"], X],
    [
      "concatenate with nothing",
      [...M, "tensor<2x0xf32>"],
      ["%2 = concatenate(%1, %0, %1) {dimension = 1} : tensor<2x3xf32>", "result r = %2"],
      X,
    ],
    [
      "concatenate nothing with nothing",
      ["tensor<2x0xf32>"],
      ["%1 = concatenate(%0, %0) {dimension = 1} : tensor<2x0xf32>", "result r = %1"],
      X,
    ],
    ["reverse nothing", M, ["%1 = reverse(%0) {dimensions = []} : tensor<2x3xf32>", "result r = %1"], X],
    [
      "reverse a dimension of size 1",
      ["tensor<1x3xf32>"],
      ["%1 = reverse(%0) {dimensions = [0, 1]} : tensor<1x3xf32>", "result r = %1"],
      ["%1 = reverse(%0) {dimensions = [1]} : tensor<1x3xf32>", "result r = %1"],
    ],
    [
      "reverse of reverse",
      M,
      [
        "%1 = reverse(%0) {dimensions = [1, 0]} : tensor<2x3xf32>",
        "%2 = reverse(%1) {dimensions = [1]} : tensor<2x3xf32>",
        "result r = %2",
      ],
      ["%1 = reverse(%0) {dimensions = [0]} : tensor<2x3xf32>", "result r = %1"],
    ],
    ...["product", "max", "min"].map(
      (kind): Case => [
        `reduce by ${kind} over a dimension of size 1`,
        ["tensor<2x1xf32>"],
        [`%1 = reduce(%0) {kind = ${kind}, dimensions = [1]} : tensor<2xf32>`, "result r = %1"],
        ["%1 = reshape(%0) {shape = [2]} : tensor<2xf32>", "result r = %1"],
      ],
    ),
    [
      "sum in i32 over no dimension",
      I,
      ["%2 = reduce(%0) {kind = sum, dimensions = []} : tensor<2xi32>", "result r = %2"],
      X,
    ],
    [
      "iota of one",
      [],
      ["%0 = iota() {type = tensor<3x1xi32>, dimension = 1} : tensor<3x1xi32>", "result r = %0"],
      ["%0 = 3x1xi32 [0]", "result r = %0"],
    ],
    [
      "a constant of equal values",
      [],
      ["%0 = 3xf32 [2, 2, 2]", "result r = %0"],
      ["%0 = 3xf32 [2]", "result r = %0"],
    ],
    [
      "a constant of equal NaN",
      [],
      ["%0 = 2xf32 [nan, nan]", "result r = %0"],
      ["%0 = 2xf32 [nan]", "result r = %0"],
    ],
    ["a constant of nothing", [], ["%0 = 0xf32 [2]", "result r = %0"], ["%0 = 0xf32 []", "result r = %0"]],
  ]);
  stays([
    [
      "concatenate of what has no elements for another reason",
      ["tensor<2x0xf32>", "tensor<3x0xf32>"],
      ["%2 = concatenate(%0, %1) {dimension = 0} : tensor<5x0xf32>", "result r = %2"],
    ],
    [
      // 0 + (-0) is +0.
      "sum in f32 over a dimension of size 1",
      ["tensor<2x1xf32>"],
      ["%1 = reduce(%0) {kind = sum, dimensions = [1]} : tensor<2xf32>", "result r = %1"],
    ],
    ["a constant of -0 and 0", [], ["%0 = 2xf32 [0, -0]", "result r = %0"]],
    [
      "a broadcast of one element to none",
      ["tensor<1xf32>"],
      ["%1 = broadcast_in_dim(%0) {shape = [0], dimensions = [0]} : tensor<0xf32>", "result r = %1"],
    ],
  ]);
});

test("rules apply to what rules make, in one walk", () => {
  expect(
    afterPass(canonicalise, F, [
      "%2 = 2xf32 [-1, -1]",
      "%3 = negate(%0) : tensor<2xf32>",
      "%4 = negate(%3) : tensor<2xf32>",
      "%5 = divide(%4, %2) : tensor<2xf32>",
      "%6 = negate(%1) : tensor<2xf32>",
      "%7 = add(%6, %5) : tensor<2xf32>",
      "result r = %7",
    ]),
  ).toEqual(
    [
      "%2 = 2xf32 [-1]",
      "%3 = multiply(%0, %2) : tensor<2xf32>",
      "%4 = subtract(%3, %1) : tensor<2xf32>",
      "result r = %4",
    ].map(expand),
  );
});

test("a new operation has the origin of the one it replaces", () => {
  const program = parse(`program p {
  func trace f batch 1 {
    %0 = parameter x : tensor<1xf32>
    %1 = parameter y : tensor<1xf32>
    %2 = negate(%1) : tensor<1xf32>
    %3 = add(%0, %2) : tensor<1xf32>
    result r = %3
  }
}`);
  const functions = program.functions.map((func) => ({
    ...func,
    body: func.body.map((op, i) => ({ ...op, origin: { layer: `layer_${i}` } })),
  }));
  const [func] = canonicalise({ ...program, functions }).functions;
  expect(func?.body.map(({ name, origin }) => [name, origin?.layer])).toEqual([
    ["negate", "layer_0"],
    ["subtract", "layer_1"],
  ]);
});

test("what no rule applies to is the same object", () => {
  const program = parse(`program p {
  func trace f batch 1 {
    %0 = parameter x : tensor<1xf32>
    %1 = abs(%0) : tensor<1xf32>
    result r = %1
  }
}`);
  expect(canonicalise(program).functions[0]).toBe(program.functions[0]);
  expect(print(canonicalise(program))).toBe(print(program));
});
