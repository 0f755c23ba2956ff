// The one instance of the tfjs wasm backend in this process, shared with whatever tfjs code the user runs.
// It must be one: tfjs keeps the entry points of its kernels per process, so a second instance would take
// them away from the first. The user's current backend and the state of `tf.ready` stay as they are.

import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import type { engine, KernelBackend } from "@tensorflow/tfjs-core";
import { unusable } from "./error.ts";
import type { WasmOptions } from "./options.ts";

export interface Tfjs {
  readonly core: typeof import("@tensorflow/tfjs-core");
  readonly wasm: typeof import("@tensorflow/tfjs-backend-wasm");
}

export interface Instance extends Tfjs {
  readonly backend: BackendWasm;
}

type Engine = ReturnType<typeof engine>;

const TFJS_NAME = "wasm";

/** Starts that are under way, so that two callers at once share one. */
const starting = new WeakMap<Engine, Promise<KernelBackend>>();

/** Loads tfjs and its wasm backend, registers it under its usual name, starts it when nobody has. */
export async function tfjsInstance(options: WasmOptions, threads?: number): Promise<Instance> {
  const tfjs = await loadTfjs();
  const engine = tfjs.core.engine();
  await settled(engine);
  const running = engine.registry[TFJS_NAME];
  if (running !== undefined) return ready(tfjs, running);
  let start = starting.get(engine);
  if (start === undefined) {
    start = startBackend(tfjs, engine, options, threads).finally(() => starting.delete(engine));
    starting.set(engine, start);
  }
  return ready(tfjs, await start);
}

async function loadTfjs(): Promise<Tfjs> {
  try {
    const core = await import("@tensorflow/tfjs-core");
    return { core, wasm: await import("@tensorflow/tfjs-backend-wasm") };
  } catch (cause) {
    throw unusable(
      `@tensorflow/tfjs-backend-wasm does not load (${reasonOf(cause)})`,
      "Install it: npm install @tensorflow/tfjs-core @tensorflow/tfjs-backend-cpu @tensorflow/tfjs-backend-wasm",
    );
  }
}

/** As far as the host tells: more threads than that take turns. */
function processors(): number {
  const { navigator } = globalThis as { navigator?: { hardwareConcurrency?: number } };
  return navigator?.hardwareConcurrency ?? Number.POSITIVE_INFINITY;
}

async function startBackend(
  { wasm }: Tfjs,
  engine: Engine,
  { wasmPaths }: WasmOptions,
  threads: number | undefined,
): Promise<KernelBackend> {
  const load = async (): Promise<KernelBackend> => {
    if (wasmPaths !== undefined) wasm.setWasmPaths(wasmPaths);
    if (threads !== undefined) wasm.setThreadsCount(Math.min(threads, processors()));
    return engine.findBackendFactory(TFJS_NAME)();
  };
  const backend = await load().catch((cause: unknown) => {
    throw unusable(
      `its .wasm file does not load (${reasonOf(cause)})`,
      "Give its place with the option wasmPaths, a folder that ends in `/` and holds the .wasm files of " +
        "@tensorflow/tfjs-backend-wasm, and start again; in Node, install that package again.",
    );
  });
  await settled(engine);
  const meanwhile = engine.registry[TFJS_NAME];
  if (meanwhile !== undefined) {
    backend.dispose();
    return meanwhile;
  }
  engine.registry[TFJS_NAME] = backend;
  return backend;
}

/** Waits for a start that the user's code has begun. */
async function settled(engine: Engine): Promise<void> {
  // tfjs calls this field private, but its public `ready` would start a backend where none was asked for.
  while (engine["pendingBackendInit"] != null) await engine["pendingBackendInit"];
}

function ready(tfjs: Tfjs, backend: KernelBackend): Instance {
  if (!(backend instanceof tfjs.wasm.BackendWasm)) {
    throw unusable(
      "another backend is registered with tfjs as `wasm`, or there are two copies of @tensorflow/tfjs-backend-wasm",
      "Use one version of the @tensorflow packages: npm ls @tensorflow/tfjs-backend-wasm shows them.",
    );
  }
  // tfjs sets kernels up only for the backend that it makes the current one; doing it twice changes nothing.
  for (const { setupFunc } of tfjs.core.getKernelsForBackend(TFJS_NAME)) setupFunc?.(backend);
  return { ...tfjs, backend };
}

function reasonOf(cause: unknown): string {
  if (cause instanceof Error) return cause.message;
  // tfjs rejects with an object that only has a message.
  return typeof cause === "object" && cause !== null && "message" in cause
    ? String(cause.message)
    : String(cause);
}
