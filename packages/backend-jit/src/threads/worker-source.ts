// The program of a worker thread, as text: a worker is started from it in Node and in browsers alike, whatever
// bundles, transpiles or instruments the package. (A module of its own would need every bundler to know of it, and
// the text of a function, by `toString`, is no longer whole once a tool has put calls of its own into it.)
//
// The loop is here and not in WebAssembly, as an engine does not replace the slow first code of a function while
// that is running.

import { control, END } from "./control.ts";

/** How long a worker looks for the next call before it sleeps: the time between two steps. */
const LOOK_MS = 0.1;

/**
 * Gets one message, `WorkerStart`, when it may begin; says `ready` before its first wait. An error ends it, with a
 * message of its text.
 */
export const workerSource: string = `"use strict";
const port = typeof require === "function" ? require("node:worker_threads").parentPort : self;
const begin = ({ module, memory, thread, threads }) => {
  const words = new Int32Array(memory.buffer);
  const at = ${JSON.stringify(control)};
  for (const name in at) at[name] /= 4;
  try {
    const { exports } = new WebAssembly.Instance(module, { env: { memory, sleep() {} } });
    const functions = [];
    for (let i = 0; exports["f" + i] !== undefined; i++) functions.push(exports["f" + i]);
    const waitForCall = (last) => {
      const end = performance.now() + ${LOOK_MS};
      do {
        for (let i = 0; i < 200; i++) if (Atomics.load(words, at.call) !== last) return;
      } while (performance.now() < end);
      Atomics.wait(words, at.call, last);
    };
    let call = 0;
    Atomics.add(words, at.ready, 1);
    port.postMessage("ready");
    for (;;) {
      while (Atomics.load(words, at.call) === call) waitForCall(call);
      call = Atomics.load(words, at.call);
      const func = Atomics.load(words, at.func);
      if (func === ${END}) return;
      functions[func](thread, threads);
    }
  } catch (error) {
    Atomics.store(words, at.failed, 1);
    Atomics.notify(words, at.generation);
    port.postMessage(String(error));
  }
};
if (typeof require === "function") port.once("message", begin);
else port.onmessage = ({ data }) => begin(data);
`;

/** What the message holds. */
export interface WorkerStart {
  readonly module: unknown;
  /** A shared memory. */
  readonly memory: unknown;
  /** 1 for the first worker; 0 is the thread that calls. */
  readonly thread: number;
  readonly threads: number;
}
