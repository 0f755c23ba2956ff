// Before and after of folding. Constants are written short: `%1 = 2xf32 [0]`.

import { describe, expect, test } from "@jest/globals";
import { fold } from "@netwright/ir";
import { afterPass, expand } from "../support/after-pass.ts";
import { goldens } from "../support/goldens.ts";

type Lines = readonly string[];

/** A program without parameters, and the constant that is left. */
function folds(cases: readonly (readonly [name: string, before: Lines, after: string])[]): void {
  test.each(cases)("%s", (_, before, after) => {
    const last = before.length - 1;
    const lines = [...before, `result r = %${last}`];
    expect(afterPass(fold, [], lines)).toEqual([expand(`%0 = ${after}`), "result r = %0"]);
  });
}

const { stays } = goldens(fold);

const DENSE = "%0 = 2x3xf32 [1, 2, 3, 4, 5, 6]";

describe("elementwise", () => {
  folds([
    [
      "a splat stays one number, of any size",
      ["%0 = 1000x1000xf32 [2]", "%1 = negate(%0) : tensor<1000x1000xf32>"],
      "1000x1000xf32 [-2]",
    ],
    [
      "element by element",
      ["%0 = 3xf32 [4, nan, -0]", "%1 = sqrt(%0) : tensor<3xf32>"],
      "3xf32 [2, nan, -0]",
    ],
    [
      "a splat with others",
      ["%0 = 2xi32 [7, -7]", "%1 = 2xi32 [2]", "%2 = remainder(%0, %1) : tensor<2xi32>"],
      "2xi32 [1, -1]",
    ],
    [
      "rounded to f32",
      ["%0 = f32 [1]", "%1 = f32 [3]", "%2 = divide(%0, %1) : tensor<f32>"],
      "f32 [0.3333333432674408]",
    ],
    [
      "compare",
      ["%0 = 3xf32 [1, nan, 3]", "%1 = 3xf32 [2]", "%2 = compare(%0, %1) {direction = LT} : tensor<3xpred>"],
      "3xpred [1, 0, 0]",
    ],
    [
      "select by position",
      ["%0 = 2xpred [1, 0]", "%1 = 2xf32 [1]", "%2 = 2xf32 [2]", "%3 = select(%0, %1, %2) : tensor<2xf32>"],
      "2xf32 [1, 2]",
    ],
    [
      "convert",
      ["%0 = 3xf32 [1.5, nan, 3000000000]", "%1 = convert(%0) {dtype = i32} : tensor<3xi32>"],
      "3xi32 [1, 0, 2147483647]",
    ],
    [
      "an iota is a literal",
      [
        "%0 = iota() {type = tensor<2x3xu32>, dimension = 1} : tensor<2x3xu32>",
        "%1 = add(%0, %0) : tensor<2x3xu32>",
      ],
      "2x3xu32 [0, 2, 4, 0, 2, 4]",
    ],
    [
      "an iota along the first dimension",
      [
        "%0 = iota() {type = tensor<2x3xi32>, dimension = 0} : tensor<2x3xi32>",
        "%1 = negate(%0) : tensor<2x3xi32>",
      ],
      "2x3xi32 [0, 0, 0, -1, -1, -1]",
    ],
    ["no elements", ["%0 = 0xf32 []", "%1 = abs(%0) : tensor<0xf32>"], "0xf32 []"],
  ]);
  stays([
    [
      "an iota itself",
      [],
      ["%0 = iota() {type = tensor<3xi32>, dimension = 0} : tensor<3xi32>", "result r = %0"],
    ],
    ["a parameter", ["tensor<f32>"], ["%1 = f32 [1]", "%2 = add(%0, %1) : tensor<f32>", "result r = %2"]],
    [
      "a large iota",
      [],
      [
        "%0 = iota() {type = tensor<4097xi32>, dimension = 0} : tensor<4097xi32>",
        "%1 = negate(%0) : tensor<4097xi32>",
        "result r = %1",
      ],
    ],
  ]);
});

describe("movement", () => {
  folds([
    [
      "of a splat of any size",
      [
        "%0 = f32 [7]",
        "%1 = broadcast_in_dim(%0) {shape = [1000, 1000], dimensions = []} : tensor<1000x1000xf32>",
        "%2 = transpose(%1) {permutation = [1, 0]} : tensor<1000x1000xf32>",
        "%3 = slice(%2) {start = [0, 5], limit = [1000, 1000], strides = [1, 1]} : tensor<1000x995xf32>",
        "%4 = reshape(%3) {shape = [995000]} : tensor<995000xf32>",
        "%5 = pad(%4, %0) {low = [5000], high = [0], interior = [0]} : tensor<1000000xf32>",
        "%6 = concatenate(%5, %5) {dimension = 0} : tensor<2000000xf32>",
        "%7 = reverse(%6) {dimensions = [0]} : tensor<2000000xf32>",
      ],
      "2000000xf32 [7]",
    ],
    ["reshape", [DENSE, "%1 = reshape(%0) {shape = [3, 2]} : tensor<3x2xf32>"], "3x2xf32 [1, 2, 3, 4, 5, 6]"],
    [
      "transpose",
      [DENSE, "%1 = transpose(%0) {permutation = [1, 0]} : tensor<3x2xf32>"],
      "3x2xf32 [1, 4, 2, 5, 3, 6]",
    ],
    [
      "transpose of three dimensions",
      [
        "%0 = iota() {type = tensor<12xi32>, dimension = 0} : tensor<12xi32>",
        "%1 = reshape(%0) {shape = [2, 2, 3]} : tensor<2x2x3xi32>",
        "%2 = transpose(%1) {permutation = [2, 0, 1]} : tensor<3x2x2xi32>",
      ],
      "3x2x2xi32 [0, 3, 6, 9, 1, 4, 7, 10, 2, 5, 8, 11]",
    ],
    [
      "broadcast",
      [
        "%0 = 2x1xf32 [1, 2]",
        "%1 = broadcast_in_dim(%0) {shape = [2, 2, 3], dimensions = [0, 2]} : tensor<2x2x3xf32>",
      ],
      "2x2x3xf32 [1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2]",
    ],
    [
      "slice",
      [DENSE, "%1 = slice(%0) {start = [1, 0], limit = [2, 3], strides = [1, 2]} : tensor<1x2xf32>"],
      "1x2xf32 [4, 6]",
    ],
    [
      "reverse",
      [DENSE, "%1 = reverse(%0) {dimensions = [0, 1]} : tensor<2x3xf32>"],
      "2x3xf32 [6, 5, 4, 3, 2, 1]",
    ],
    [
      "reverse one dimension",
      [DENSE, "%1 = reverse(%0) {dimensions = [1]} : tensor<2x3xf32>"],
      "2x3xf32 [3, 2, 1, 6, 5, 4]",
    ],
    [
      "pad around and between",
      [
        DENSE,
        "%1 = f32 [0]",
        "%2 = pad(%0, %1) {low = [1, 0], high = [0, 1], interior = [0, 1]} : tensor<3x6xf32>",
      ],
      "3x6xf32 [0, 0, 0, 0, 0, 0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0]",
    ],
    [
      "pad off the edge",
      [
        DENSE,
        "%1 = f32 [0]",
        "%2 = pad(%0, %1) {low = [0, -1], high = [0, 1], interior = [0, 0]} : tensor<2x3xf32>",
      ],
      "2x3xf32 [2, 3, 0, 5, 6, 0]",
    ],
    [
      "pad with -0 around 0 is no splat",
      [
        "%0 = 1xf32 [0]",
        "%1 = f32 [-0]",
        "%2 = pad(%0, %1) {low = [1], high = [0], interior = [0]} : tensor<2xf32>",
      ],
      "2xf32 [-0, 0]",
    ],
    [
      "concatenate of 0 and -0 is no splat",
      ["%0 = 1xf32 [0]", "%1 = 1xf32 [-0]", "%2 = concatenate(%0, %1) {dimension = 0} : tensor<2xf32>"],
      "2xf32 [0, -0]",
    ],
    [
      "concatenate",
      [DENSE, "%1 = 2x1xf32 [7]", "%2 = concatenate(%0, %1, %1) {dimension = 1} : tensor<2x5xf32>"],
      "2x5xf32 [1, 2, 3, 7, 7, 4, 5, 6, 7, 7]",
    ],
  ]);
  stays([
    [
      "a large result of a dense constant",
      [],
      [
        "%0 = 2xf32 [1, 2]",
        "%1 = broadcast_in_dim(%0) {shape = [4096, 2], dimensions = [1]} : tensor<4096x2xf32>",
        "result r = %1",
      ],
    ],
    [
      "a large result of two splats",
      [],
      [
        "%0 = 4096xf32 [1]",
        "%1 = 4096xf32 [2]",
        "%2 = concatenate(%0, %1) {dimension = 0} : tensor<8192xf32>",
        "result r = %2",
      ],
    ],
  ]);
});

describe("reduce", () => {
  folds([
    ["rows", [DENSE, "%1 = reduce(%0) {kind = sum, dimensions = [1]} : tensor<2xf32>"], "2xf32 [6, 15]"],
    [
      "columns",
      [DENSE, "%1 = reduce(%0) {kind = product, dimensions = [0]} : tensor<3xf32>"],
      "3xf32 [4, 10, 18]",
    ],
    ["all", [DENSE, "%1 = reduce(%0) {kind = max, dimensions = [0, 1]} : tensor<f32>"], "f32 [6]"],
    [
      // From the left 1 is lost twice; from the right 2^24 + 2 would come.
      "in order",
      ["%0 = 3xf32 [16777216, 1, 1]", "%1 = reduce(%0) {kind = sum, dimensions = [0]} : tensor<f32>"],
      "f32 [16777216]",
    ],
    [
      // 0.1 added ten times in f32 is not 1.
      "a splat, element by element",
      ["%0 = 10xf32 [0.10000000149011612]", "%1 = reduce(%0) {kind = sum, dimensions = [0]} : tensor<f32>"],
      "f32 [1.0000001192092896]",
    ],
    [
      "the sum of -0 is +0",
      ["%0 = 1xf32 [-0]", "%1 = reduce(%0) {kind = sum, dimensions = [0]} : tensor<f32>"],
      "f32 [0]",
    ],
    [
      "nothing",
      ["%0 = 2x0xf32 []", "%1 = reduce(%0) {kind = min, dimensions = [1]} : tensor<2xf32>"],
      "2xf32 [inf, inf]",
    ],
  ]);
  stays([
    [
      "a large splat",
      [],
      ["%0 = 4097xf32 [1]", "%1 = reduce(%0) {kind = sum, dimensions = [0]} : tensor<f32>", "result r = %1"],
    ],
  ]);
});

test("what is folded makes the next foldable, in one walk", () => {
  expect(
    afterPass(
      fold,
      ["tensor<2xf32>"],
      [
        "%1 = f32 [1]",
        "%2 = f32 [3]",
        "%3 = add(%1, %2) : tensor<f32>",
        "%4 = broadcast_in_dim(%3) {shape = [2], dimensions = []} : tensor<2xf32>",
        "%5 = multiply(%0, %4) : tensor<2xf32>",
        "result r = %5",
      ],
    ),
  ).toEqual(["%1 = 2xf32 [4]", "%2 = multiply(%0, %1) : tensor<2xf32>", "result r = %2"].map(expand));
});
