import { expect, test } from "@jest/globals";
import { repeated } from "../../src/index.ts";

test("what is there more than once, once", () => {
  expect([...repeated(["a", "b", "a", "c", "b", "a"])]).toEqual(["a", "b"]);
  expect(repeated([]).size).toBe(0);
});
