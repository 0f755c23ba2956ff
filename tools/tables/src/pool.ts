// Several processes side by side: one that dies of a table takes nothing else with it.

import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Attempt, TableFile, Trial } from "./attempt.ts";

export type Tried = { readonly table: string } & ({ readonly result: Attempt } | { readonly error: string });

export interface PoolOptions {
  readonly jobs: number;
  readonly trial: Trial;
  readonly onTried: (one: Tried, done: number) => void;
}

export async function tryAll(
  tables: readonly TableFile[],
  { jobs, trial, onTried }: PoolOptions,
): Promise<readonly Tried[]> {
  const tried: Tried[] = [];
  const waiting = [...tables];
  const work = async () => {
    let worker: ChildProcess | null = null;
    for (let table = waiting.shift(); table !== undefined; table = waiting.shift()) {
      worker ??= fork(fileURLToPath(new URL("worker.js", import.meta.url)));
      const answer = await ask(worker, { table, trial });
      if ("exit" in answer) worker = null;
      const one: Tried =
        "exit" in answer
          ? { table: table.name, error: `the process ended with ${answer.exit}` }
          : { table: table.name, ...answer };
      tried.push(one);
      onTried(one, tried.length);
    }
    worker?.kill();
  };
  await Promise.all(Array.from({ length: jobs }, work));
  return tried;
}

type Answer = { readonly result: Attempt } | { readonly error: string } | { readonly exit: string };

function ask(worker: ChildProcess, task: unknown): Promise<Answer> {
  return new Promise((resolve) => {
    const settle = (answer: Answer) => {
      worker.off("message", onMessage);
      worker.off("exit", onExit);
      resolve(answer);
    };
    // What the worker of this folder sends.
    const onMessage = (message: unknown) => settle(message as Answer);
    const onExit = (code: number | null, signal: string | null) => settle({ exit: String(code ?? signal) });
    worker.on("message", onMessage);
    worker.on("exit", onExit);
    worker.send(task as object);
  });
}
