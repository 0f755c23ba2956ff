// The threads of one executable, as the thread that calls sees them. Workers are started by the first call that they
// could help with and join when they are ready; until then, or where they cannot start, the caller does everything
// alone, to the same bits.

import { jitError } from "../error.ts";
import type { WasmMemory, WasmModule } from "../wasm/engine.ts";
import { control, END } from "./control.ts";
import type { WorkerHandle, WorkerHost } from "./worker-host.ts";
import { workerSource } from "./worker-source.ts";

type Run = (thread: number, threads: number) => void;

export interface Team {
  /** How many threads take part in a call that begins now. */
  readonly threads: number;
  /**
   * Calls `run(0, threads)` here, and the same function in the workers at the same time.
   * @throws BackendError when a worker is gone: the state may be half of one step and half of the next
   */
  call(func: number, run: Run): void;
  /** Calls `run(0, 1)` here. @throws BackendError when a worker is gone */
  alone(run: Run): void;
  /** Starts the workers; resolves when all take part, or cannot. */
  ready(): Promise<void>;
  dispose(): void;
}

export interface TeamSpec {
  readonly host: WorkerHost;
  readonly threads: number;
  readonly module: WasmModule;
  readonly memory: WasmMemory;
}

const word = {
  generation: control.generation / 4,
  arrived: control.arrived / 4,
  sleepers: control.sleepers / 4,
  call: control.call / 4,
  func: control.func / 4,
  ready: control.ready / 4,
  failed: control.failed / 4,
} as const;

/** How long a sleep lasts before the sleeper looks whether the others still live. */
const SLICE_MS = 500;
/** The caller waits for workers that do as much as it has just done: so long, and a few times that. */
export const PATIENCE_MS = 20_000;

const REMEDY = "Compile the program again; with one thread (`--threads 1`) no workers are needed.";

/**
 * Lets the first thread sleep until the generation is another. @throws BackendError when a worker is gone: when it
 * says so, or gives no sign of life for `patience` milliseconds
 */
export function createSleep(memory: WasmMemory, patience: number): (generation: number) => void {
  const words = new Int32Array(memory.buffer);
  const pause = canSleep(words)
    ? (generation: number) => void Atomics.wait(words, word.generation, generation, SLICE_MS)
    : (generation: number) => {
        const end = Date.now() + SLICE_MS;
        while (Atomics.load(words, word.generation) === generation && Date.now() < end);
      };
  const most = Math.ceil(patience / SLICE_MS);
  return (generation) => {
    Atomics.add(words, word.sleepers, 1);
    let arrived = 0;
    // Slices are counted, not time: a process that was stopped for an hour has not waited for an hour.
    for (let slices = 0; Atomics.load(words, word.generation) === generation; slices++) {
      if (Atomics.load(words, word.failed) !== 0) throw gone("it failed in the middle of a call");
      if (slices > most) throw gone(`it has not answered for ${(most * SLICE_MS) / 1000} seconds`);
      pause(generation);
      const now = Atomics.load(words, word.arrived);
      if (now !== arrived) slices = 0;
      arrived = now;
    }
    Atomics.sub(words, word.sleepers, 1);
  };
}

/** The main thread of a page may not sleep. */
function canSleep(words: Int32Array): boolean {
  try {
    Atomics.wait(words, word.ready, -1, 0);
    return true;
  } catch {
    return false;
  }
}

function gone(reason: string): Error {
  return jitError(`a worker thread is gone: ${reason}`, REMEDY);
}

export function createTeam({ host, threads, module, memory }: TeamSpec): Team {
  const words = new Int32Array(memory.buffer);
  let workers: readonly WorkerHandle[] | undefined;
  let lost: Error | undefined;
  let joined = false;
  let isEnding = false;
  const settled = new Set<() => void>();

  const end = (): void => {
    isEnding = true;
    Atomics.store(words, word.func, END);
    Atomics.add(words, word.call, 1);
    Atomics.notify(words, word.call);
    for (const worker of workers ?? []) worker.terminate();
    workers = [];
  };
  const settle = (): void => {
    for (const resolve of settled) resolve();
    settled.clear();
  };
  const lose = (error: Error): void => {
    if (isEnding) return;
    lost = error;
    Atomics.store(words, word.failed, 1);
    end();
    settle();
  };
  const start = (): WorkerHandle[] => {
    const started: WorkerHandle[] = [];
    try {
      for (let thread = 1; thread < threads; thread++) {
        const worker = host.spawn(workerSource, {
          message: (text) => {
            if (text !== "ready") lose(gone(text));
            else if (present() > 1) settle();
          },
          end: (reason) => lose(gone(reason)),
        });
        started.push(worker);
        worker.start({ module, memory, thread, threads });
      }
    } catch {
      // For example a page's content security policy. The program runs without them.
      for (const worker of started) worker.terminate();
      isEnding = true;
      return [];
    }
    return started;
  };
  /** One that was lost before it joined leaves the caller alone, which needs nobody. */
  const requireWhole = (): void => {
    if (lost !== undefined && joined) throw lost;
  };
  const present = (): number => {
    workers ??= start();
    joined ||= lost === undefined && Atomics.load(words, word.ready) === threads - 1;
    return joined ? threads : 1;
  };

  return {
    get threads() {
      return joined && lost === undefined ? threads : 1;
    },
    alone(run) {
      requireWhole();
      run(0, 1);
    },
    call(func, run) {
      requireWhole();
      const taking = present();
      if (taking === 1) {
        run(0, 1);
        return;
      }
      Atomics.store(words, word.func, func);
      Atomics.add(words, word.call, 1);
      Atomics.notify(words, word.call);
      try {
        run(0, taking);
      } catch (error) {
        lose(error instanceof Error ? error : gone(String(error)));
        throw error;
      }
    },
    ready: () =>
      new Promise((resolve) => {
        settled.add(resolve);
        if (present() > 1 || isEnding) settle();
      }),
    dispose: end,
  };
}
