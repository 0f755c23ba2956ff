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

test.each<[string, () => unknown]>([
  ["a number of digits", () => (1).toFixed(200)],
  ["nothing", () => undefined],
  ["a name", () => JSON.parse("{")],
])("not %s", (_, run) => expect(isOutOfMemory(thrownBy(run))).toBe(false));
