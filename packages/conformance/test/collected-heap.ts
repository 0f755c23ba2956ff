// Bytes in use after a garbage collection, for the kit's memory case.

import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

export function collectedHeap(): number {
  setFlagsFromString("--expose-gc");
  const collect: unknown = runInNewContext("gc");
  if (typeof collect !== "function") throw new Error("this Node cannot collect garbage on request");
  collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
