// Before and after of the identities of compare, select and convert, and look-alikes that must stay because they would change
// bits. Constants are written short: `%1 = 2xf32 [0]`.

import { canonicalise } from "@netwright/ir";
import { type Case, goldens } from "../../support/goldens.ts";

const { rewrites, stays } = goldens(canonicalise);

const F = ["tensor<2xf32>", "tensor<2xf32>"];
const P = ["tensor<2xpred>", "tensor<2xpred>"];
/** The result is parameter 0 itself. */
const X = ["result r = %0"];

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
