// What is filled in for missing values.

import { expect, test } from "@jest/globals";
import { lookUp } from "@netwright/definitions";
import { fitMissing } from "../../src/missing/policy.ts";
import { missingPolicies } from "../../src/missing/table.ts";

test.each([
  ["mean", [1, 2, 6], 3],
  ["median", [10, 1, 2], 2],
  ["median", [10, 1, 2, 4], 3],
  ["median", [5], 5],
  ["own_class", [1, 2], null],
  ["error", [1, 2], null],
  ["drop", [1, 2], null],
] as const)("%s of %j is %j", (policy, values, fill) => {
  expect(fitMissing(lookUp(missingPolicies, policy), {}, Float64Array.from(values))).toEqual({
    policy,
    fill,
  });
});

test("constant is the number that the file states", () => {
  const constant = lookUp(missingPolicies, "constant");
  expect(fitMissing(constant, { value: -0 }, Float64Array.of(1))).toEqual({ policy: "constant", fill: 0 });
});
