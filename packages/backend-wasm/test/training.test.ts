import { describe, expect, test } from "@jest/globals";
import { referenceBackend } from "@netwright/backend-reference";
import { wasmBackend } from "@netwright/backend-wasm";
import { compile } from "@netwright/runtime";
import { denseProgram } from "./dense-program.ts";
import { heapBytes, largestDifference, makeBatch, wasmInstance } from "./helpers.ts";

const program = denseProgram({ widths: [8, 96, 96, 1], batches: [1, 32] });
const batch = makeBatch(32, 8);

describe("a training run", () => {
  test("follows the reference", async () => {
    const [ours, reference] = [await compile(wasmBackend, program), await compile(referenceBackend, program)];
    ours.init(7);
    reference.init(7);
    expect(largestDifference(ours.readState(), reference.readState())).toBe(0);
    for (let i = 0; i < 20; i++) expect(ours.step(batch).loss).toBeCloseTo(reference.step(batch).loss, 5);
    expect(largestDifference(ours.readState(), reference.readState())).toBeLessThan(1e-4);
    const [a, b] = [ours.evaluate(batch), reference.evaluate(batch)];
    expect(a.loss / b.loss).toBeCloseTo(1, 4);
    for (const [i, value] of a.prediction.entries())
      expect(value).toBeCloseTo(b.prediction[i] ?? Number.NaN, 4);
    ours.dispose();
  });

  test("gives the same bits twice", async () => {
    const executable = await compile(wasmBackend, program);
    const run = () => {
      executable.init(1);
      for (let i = 0; i < 10; i++) executable.step(batch);
      return executable.readState();
    };
    const [first, second] = [run(), run()];
    expect(largestDifference(first, second)).toBe(0);
    executable.dispose();
  });

  test("goes on from a state that was read and written", async () => {
    const [one, other] = [await compile(wasmBackend, program), await compile(wasmBackend, program)];
    one.init(3);
    for (let i = 0; i < 5; i++) one.step(batch);
    other.writeState(one.readState());
    expect(other.step(batch).loss).toBe(one.step(batch).loss);
    expect(largestDifference(other.readState(), one.readState())).toBe(0);
    one.dispose();
    other.dispose();
  });

  test("predicts with the new weights after every step and write", async () => {
    const executable = await compile(wasmBackend, program);
    const reference = await compile(referenceBackend, program);
    const row = batch.feeds.x.slice(0, 8);
    executable.init(3);
    reference.init(3);
    for (let i = 0; i < 3; i++) {
      executable.step(batch);
      reference.step(batch);
      // Twice, so that the second takes the packed weights of the first.
      const predictions = [
        executable.predict({ rows: 1, feeds: { x: row } })[0],
        executable.predict({ rows: 1, feeds: { x: row } })[0],
      ];
      expect(predictions[1]).toBe(predictions[0]);
      expect(predictions[0]).toBeCloseTo(
        reference.predict({ rows: 1, feeds: { x: row } })[0] ?? Number.NaN,
        4,
      );
    }
    executable.writeState(new Map([["dense_2.kernel", new Float32Array(96)]]));
    expect(executable.predict({ rows: 1, feeds: { x: row } })[0]).toBe(
      executable.readState().get("dense_2.bias")?.[0],
    );
    executable.dispose();
  });
});

describe("memory", () => {
  test("does not grow with the steps, neither tensors nor the heap", async () => {
    const executable = await compile(wasmBackend, program);
    const backend = wasmInstance();
    const row = batch.feeds.x.slice(0, 8);
    const round = () => {
      executable.step(batch);
      executable.predict({ rows: 1, feeds: { x: row } });
      executable.evaluate(batch);
    };
    executable.init(0);
    for (let i = 0; i < 20; i++) round();
    const [tensors, heap] = [backend.numDataIds(), heapBytes()];
    // A forgotten 96 x 96 matrix a round would take 18 MB, as much as the heap has at first.
    for (let i = 0; i < 500; i++) round();
    executable.init(0);
    executable.writeState(executable.readState());
    expect(backend.numDataIds()).toBe(tensors);
    expect(heapBytes()).toBe(heap);
    executable.dispose();
  });

  test("is all given back by dispose, also of several executables side by side", async () => {
    const first = await compile(wasmBackend, program);
    const backend = wasmInstance();
    const before = backend.numDataIds();
    const others = await Promise.all([1, 2, 3].map(() => compile(wasmBackend, program)));
    for (const [i, other] of others.entries()) {
      other.init(i);
      other.step(batch);
      other.predict({ rows: 1, feeds: { x: batch.feeds.x.slice(0, 8) } });
    }
    const losses = others.map((other) => other.step(batch).loss);
    expect(new Set(losses).size).toBe(3);
    for (const other of others) other.dispose();
    for (const other of others) other.dispose();
    expect(backend.numDataIds()).toBe(before);
    first.dispose();
    expect(backend.numDataIds()).toBe(0);
  });
});

test("describes itself", async () => {
  expect(await wasmBackend.describe()).toEqual({
    name: "wasm",
    versions: { "@tensorflow/tfjs-backend-wasm": "4.22.0", "@tensorflow/tfjs-core": "4.22.0" },
    threads: 1,
    simd: true,
    device: "cpu",
    deterministic: false,
  });
});
