// Threads of the host: worker_threads of Node, Web Workers of browsers. Neither can be imported by name here, as the
// package runs in both; they are asked for, and typed as far as they are used.

import type { WorkerStart } from "./worker-source.ts";

export interface WorkerHandle {
  start(message: WorkerStart): void;
  terminate(): void;
}

export interface WorkerEvents {
  readonly message: (text: string) => void;
  /** The worker has ended, with why as far as the host tells. */
  readonly end: (reason: string) => void;
}

export interface WorkerHost {
  /** Processors, as far as the host tells. */
  readonly processors: number;
  /** @throws whatever the host does when it cannot start a worker */
  spawn(source: string, events: WorkerEvents): WorkerHandle;
}

interface NodeWorker {
  on(event: "message", listener: (data: unknown) => void): void;
  on(event: "error", listener: (error: unknown) => void): void;
  on(event: "exit", listener: (code: number) => void): void;
  postMessage(message: unknown): void;
  terminate(): Promise<number>;
  unref(): void;
}

interface NodeModules {
  readonly "node:worker_threads": {
    readonly Worker: new (source: string, options: Readonly<Record<string, unknown>>) => NodeWorker;
  };
  readonly "node:os": { availableParallelism(): number };
}

interface WebWorker {
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  onerror: ((event: { readonly message?: string }) => void) | null;
  postMessage(message: unknown): void;
  terminate(): void;
}

interface NodeProcess {
  getBuiltinModule?<K extends keyof NodeModules>(name: K): NodeModules[K] | undefined;
}

/** What may be there; the types of Node and of the DOM exclude one another, and we are compiled with neither. */
interface Surroundings {
  readonly process?: NodeProcess;
  readonly crossOriginIsolated?: boolean;
  readonly navigator?: { readonly hardwareConcurrency?: number };
  readonly Worker?: new (url: string) => WebWorker;
  readonly Blob?: new (parts: readonly string[], options: { readonly type: string }) => unknown;
  readonly URL?: { createObjectURL(blob: unknown): string; revokeObjectURL(url: string): void };
}

/** Why there is only one thread here: a phrase. */
export type NoThreads = string;

export function workerHost(): WorkerHost | NoThreads {
  const here = globalThis as unknown as Surroundings;
  const node = here.process;
  const os = node?.getBuiltinModule?.("node:os");
  if (node !== undefined && os !== undefined) return nodeHost(node, os.availableParallelism());
  if (typeof SharedArrayBuffer === "undefined" || here.crossOriginIsolated !== true) {
    return (
      "one thread, as this page may not share memory: serve it with the headers " +
      "`Cross-Origin-Opener-Policy: same-origin` and `Cross-Origin-Embedder-Policy: require-corp`"
    );
  }
  const { Worker, Blob, URL, navigator } = here;
  if (!(Worker && Blob && URL)) return "one thread, as there are no workers here";
  return webHost({ Worker, Blob, URL }, navigator?.hardwareConcurrency ?? 1);
}

function nodeHost(node: NodeProcess, processors: number): WorkerHost {
  return {
    processors,
    spawn(source, { message, end }) {
      // Loaded by the first thread: that takes two milliseconds, and predicting a few rows starts none.
      const threads = node.getBuiltinModule?.("node:worker_threads");
      if (threads === undefined) throw new Error("there is no node:worker_threads here");
      const { Worker } = threads;
      // Without the flags and the environment of the process: `--input-type=module` would make the text a module.
      const worker = new Worker(source, { eval: true, execArgv: [], env: {}, name: "netwright" });
      let reason: string | undefined;
      worker.on("message", (data) => message(String(data)));
      worker.on("error", (error) => {
        reason = error instanceof Error ? error.message : String(error);
      });
      worker.on("exit", (code) => end(reason ?? `exit code ${code}`));
      // Listeners keep the process, too; this is for both.
      worker.unref();
      return {
        start: (start) => worker.postMessage(start),
        terminate: () => void worker.terminate(),
      };
    },
  };
}

type Web = Required<Pick<Surroundings, "Worker" | "Blob" | "URL">>;

function webHost({ Worker, Blob, URL }: Web, processors: number): WorkerHost {
  return {
    processors,
    spawn(source, { message, end }) {
      const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
      const worker = new Worker(url);
      worker.onmessage = ({ data }) => {
        URL.revokeObjectURL(url);
        message(String(data));
      };
      worker.onerror = (event) => end(event.message ?? "the browser did not start it");
      return { start: (start) => worker.postMessage(start), terminate: () => worker.terminate() };
    },
  };
}
