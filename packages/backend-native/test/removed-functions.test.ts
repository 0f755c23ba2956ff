import util from "node:util";
import { expect, test } from "@jest/globals";
import { supplyRemovedFunctions } from "../src/node/library/removed-functions.ts";

test("supplies what Node 23 removed, on every version of Node", () => {
  supplyRemovedFunctions();
  const isNullOrUndefined: unknown = Reflect.get(util, "isNullOrUndefined");
  const isArray: unknown = Reflect.get(util, "isArray");
  if (typeof isNullOrUndefined !== "function" || typeof isArray !== "function")
    throw new Error("not supplied");
  expect([null, undefined, 0, ""].map((value) => isNullOrUndefined(value))).toEqual([
    true,
    true,
    false,
    false,
  ]);
  expect([[], {}].map((value) => isArray(value))).toEqual([true, false]);
});
