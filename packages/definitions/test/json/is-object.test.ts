import { expect, test } from "@jest/globals";
import { isObject } from "@netwright/definitions";

test.each([{}, { a: 1 }, Object.create(null)])("%j is one", (value) => expect(isObject(value)).toBe(true));

test.each([null, [], "{}", 3, undefined, () => 1])("%j is none", (value) =>
  expect(isObject(value)).toBe(false),
);
