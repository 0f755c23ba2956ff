// How many threads a client has is said by the environment while it is made.

import { availableParallelism } from "node:os";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { chooseThreads, THREADS_VARIABLE, withThreads } from "../src/node/threads.ts";
import { plainPlugin } from "./plain-plugin.ts";

const before = process.env[THREADS_VARIABLE];
beforeEach(() => {
  delete process.env[THREADS_VARIABLE];
});
afterEach(() => {
  if (before === undefined) delete process.env[THREADS_VARIABLE];
  else process.env[THREADS_VARIABLE] = before;
});

test("what is asked for goes before the environment, and that before the machine", () => {
  expect(chooseThreads(undefined)).toBe(availableParallelism());
  process.env[THREADS_VARIABLE] = "5";
  expect(chooseThreads(undefined)).toBe(5);
  expect(chooseThreads(3)).toBe(3);
});

test("a word that is no number counts for nothing", () => {
  process.env[THREADS_VARIABLE] = "many";
  expect(chooseThreads(undefined)).toBe(availableParallelism());
});

test("the environment is as it was once the client is there, or could not be made", () => {
  const { native, variables } = plainPlugin();
  expect(withThreads(native, 3, () => "made")).toBe("made");
  process.env[THREADS_VARIABLE] = "5";
  const failing = () => {
    throw new Error("no client");
  };
  expect(() => withThreads(native, 4, failing)).toThrow("no client");
  expect(variables.map(([, value]) => value)).toEqual(["3", undefined, "4", "5"]);
});
