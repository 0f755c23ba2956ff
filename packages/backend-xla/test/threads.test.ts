// How many threads there are is said by the environment when a client is made, and holds for the process.

import { availableParallelism } from "node:os";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { chooseThreads, THREADS_VARIABLE, threadsNote } from "../src/node/threads.ts";

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
  expect(process.env[THREADS_VARIABLE]).toBe("3");
});

test("a word that is no number counts for nothing", () => {
  process.env[THREADS_VARIABLE] = "many";
  expect(chooseThreads(undefined)).toBe(availableParallelism());
});

test("whoever asks for another number later hears how many there are", () => {
  expect(threadsNote(2, undefined)).toBeUndefined();
  expect(threadsNote(2, 2)).toBeUndefined();
  expect(threadsNote(1, 4)).toBe(
    "it has 1 thread, not 4: they are made with the first program of a process, and stay",
  );
});
