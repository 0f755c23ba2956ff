// What several tests of the wasm backend need: batches, a reference run, a look into the instance of tfjs.

import type { Batch, NamedTensors } from "@netwright/runtime";
import { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { findBackend } from "@tensorflow/tfjs-core";

/** The same rows on every call. */
export function makeBatch(rows: number, inputs: number) {
  return {
    rows,
    feeds: {
      x: Float32Array.from({ length: rows * inputs }, (_, i) => ((i * 37) % 23) / 11 - 1),
      y: Float32Array.from({ length: rows }, (_, i) => ((i * 13) % 17) / 8 - 1),
      weight: new Float32Array(rows).fill(1),
    },
  } satisfies Batch;
}

/** The instance that a compiled program has started. */
export function wasmInstance(): BackendWasm {
  const backend = findBackend("wasm");
  if (backend instanceof BackendWasm) return backend;
  throw new Error("the wasm backend is not running");
}

export function largestDifference(a: NamedTensors, b: NamedTensors): number {
  let largest = a.size === b.size ? 0 : Number.POSITIVE_INFINITY;
  for (const [name, values] of a) {
    const others = b.get(name);
    for (const [i, value] of values.entries())
      largest = Math.max(largest, Math.abs(value - (others?.[i] ?? Number.NaN)));
  }
  return largest;
}

/** Size of the memory of WebAssembly, which only grows. */
export function heapBytes(): number {
  const backend = wasmInstance();
  const { dataId, shape, dtype } = backend.makeOutput([1], "float32");
  const bytes = backend.typedArrayFromHeap({ dataId, shape, dtype }).buffer.byteLength;
  backend.disposeData(dataId);
  return bytes;
}
