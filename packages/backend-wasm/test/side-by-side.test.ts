// Netwright beside a user's own tfjs code in one process.

import { afterEach, expect, jest, test } from "@jest/globals";
import { wasmBackend } from "@netwright/backend-wasm";
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { compile } from "@netwright/runtime";
import { denseProgram } from "./dense-program.ts";
import { makeBatch, wasmInstance } from "./helpers.ts";

const program = denseProgram({ widths: [8, 16, 1], batches: [4] });
const batch = makeBatch(4, 8);
const product = () =>
  tf.tidy(() =>
    Array.from(tf.matMul(tf.tensor2d([1, 2, 3, 4], [2, 2]), tf.tensor2d([1, 1, 0, 1], [2, 2])).dataSync()),
  );

// Or tfjs recommends another of its packages when its cpu backend is first used.
jest.spyOn(console, "warn").mockImplementation(() => undefined);

afterEach(() => {
  expect(tf.memory().numTensors).toBe(0);
});

test("the user's current backend stays, and his tensors are not counted", async () => {
  await tf.setBackend("cpu");
  const executable = await compile(wasmBackend, program);
  expect(tf.getBackend()).toBe("cpu");
  executable.init(0);
  const mine = tf.tensor1d([1, 2, 3]);
  const before = tf.memory().numTensors;
  for (let i = 0; i < 10; i++) executable.step(batch);
  expect(tf.memory().numTensors).toBe(before);
  expect(tf.tidy(() => Array.from(tf.mul(mine, 2).dataSync()))).toEqual([2, 4, 6]);
  expect(product()).toEqual([1, 3, 3, 7]);
  mine.dispose();
  executable.dispose();
});

test("an instance that the user has only looked up serves as well", async () => {
  tf.engine().reset();
  expect(tf.findBackend("wasm")).toBeNull();
  const executable = await compile(wasmBackend, program);
  executable.init(0);
  expect(executable.step(batch).loss).toBeGreaterThan(0);
  executable.dispose();
  await tf.setBackend("cpu");
});

test("a user who takes the wasm backend afterwards shares the instance", async () => {
  const executable = await compile(wasmBackend, program);
  executable.init(0);
  const first = executable.step(batch).loss;
  const backend = wasmInstance();
  await tf.setBackend("wasm");
  expect(tf.backend()).toBe(backend);
  expect(product()).toEqual([1, 3, 3, 7]);
  expect(executable.step(batch).loss).toBeLessThan(first);
  executable.init(0);
  expect(executable.step(batch).loss).toBe(first);
  executable.dispose();
});

test("compiling while the user starts the backend works for both", async () => {
  tf.engine().reset();
  const [, executable, other] = await Promise.all([
    tf.setBackend("wasm"),
    compile(wasmBackend, program),
    compile(wasmBackend, program),
  ]);
  expect(tf.backend()).toBe(wasmInstance());
  executable.init(0);
  other.init(0);
  expect(product()).toEqual([1, 3, 3, 7]);
  expect(executable.step(batch).loss).toBe(other.step(batch).loss);
  executable.dispose();
  other.dispose();
});
