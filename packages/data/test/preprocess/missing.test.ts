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
  ["error", [1, 2], null],
  ["drop", [1, 2], null],
] as const)("%s of %j is %j", (policy, values, fill) => {
  expect(fitMissing(lookUp(missingPolicies, policy), {}, Float64Array.from(values))).toEqual({
    policy,
    fill,
  });
});
