// An array that no memory holds is told from other mistakes, as this engine says it.

import { expect, test } from "@jest/globals";
import { isOutOfMemory } from "@netwright/runtime";

function thrownBy(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return undefined;
}

test.each<[string, () => unknown]>([
  ["a buffer", () => new ArrayBuffer(2 ** 52)],
  ["an array of numbers", () => new Float64Array(2 ** 50)],
  ["a list", () => Array.from({ length: 2 ** 40 })],
  ["a text", () => "x".repeat(2 ** 30)],
])("%s", (_, run) => expect(isOutOfMemory(thrownBy(run))).toBe(true));

test("as TensorFlow says it, and nothing else of what it says", () => {
  const status = (code: number) => new Error(`Invalid TF_Status: ${code}\nMessage: it went wrong`);
  expect(isOutOfMemory(status(8))).toBe(true);
  for (const code of [3, 13, 88]) expect(isOutOfMemory(status(code))).toBe(false);
});

test.each<[string, () => unknown]>([
  ["a number of digits", () => (1).toFixed(200)],
  ["nothing", () => undefined],
  ["a name", () => JSON.parse("{")],
])("not %s", (_, run) => expect(isOutOfMemory(thrownBy(run))).toBe(false));
