// Our own training loop on one of our backends.

import { type LowerOptions, lower } from "@netwright/compiler";
import type { Program } from "@netwright/ir";
import type { Model } from "@netwright/lang";
import { batchSizes, compile, type Executable, evaluateChunk, train } from "@netwright/runtime";
import { findBackend, measureOf } from "netwright";
import { fastestRate, medianTime, processorSeconds } from "../rate.ts";
import { firstRow } from "../workload.ts";
import { nativeObstacle } from "./native-obstacle.ts";
import type { Measurement, Obstacle, Peer } from "./peer.ts";

/** Whether a plugin is here. */
export async function xlaObstacle(): Promise<Obstacle | undefined> {
  const backend = await findBackend("xla");
  if (!backend.ok) return { reason: "there is no backend xla", command: SETUP_XLA };
  return backend.value.describe().then(
    () => undefined,
    (error: unknown) => ({
      reason: error instanceof Error ? error.message : String(error),
      command: SETUP_XLA,
    }),
  );
}

/** Whether the engine has fused product-sums. */
export async function fusedObstacle(): Promise<Obstacle | undefined> {
  const backend = await findBackend("jit");
  return backend.ok && backend.value.fused?.() === "engine"
    ? undefined
    : { reason: `Node ${process.versions.node} has no fused product-sums here`, command: "Node 22 or later" };
}

const SETUP_XLA = "netwright setup xla";

/** `threads`: at most so many, for a backend that can choose; `numerics` as in `train`. */
export function netwrightPeer(backendName: string, threads?: number, numerics?: "fused"): Peer {
  const options = threads === undefined ? {} : { threads };
  const lowered = (model: Model, sizes: LowerOptions): Program => ({
    ...lower(model, sizes),
    ...(numerics === undefined ? {} : { numerics }),
  });
  const limit = threads === undefined ? "" : `, at most ${threads} ${threads === 1 ? "thread" : "threads"}`;
  return {
    name: [backendName, threads, numerics].filter((part) => part !== undefined).join("-"),
    what: `netwright's training loop and compiled predict on ${backendName}${limit}${numerics === undefined ? "" : `, numerics: ${numerics}`}`,
    ...(numerics === undefined ? {} : { obstacle: fusedObstacle }),
    ...(backendName === "native" ? { obstacle: nativeObstacle } : {}),
    ...(backendName === "xla" ? { obstacle: xlaObstacle } : {}),
    train: async ({ model, train: settings, prepared }, batch, seconds) => {
      const backend = await findBackend(backendName);
      if (!backend.ok) throw new Error(backend.problems.map(({ message }) => message).join(" "));
      const { rows } = prepared.splits.train;
      const none = { ...prepared.splits.test, rows: 0 };
      const program = lowered(model, {
        step: batchSizes(rows, batch),
        evaluate: [evaluateChunk([rows])],
      });
      const executable = await compile(backend.value, program, options);
      const times: number[] = [];
      const abort = new AbortController();
      let last = performance.now();
      const end = last + seconds * 1000;
      // The first epoch warms up.
      let [begun, ended] = [0, 0];
      await train({
        executable,
        variables: program.state,
        splits: { train: prepared.splits.train, validation: none, test: none },
        measure: measureOf(model, prepared.encoders),
        batch,
        evaluateBatch: evaluateChunk([rows]),
        epochs: 1_000_000,
        seed: settings.seed,
        stop: null,
        signal: abort.signal,
        callbacks: {
          onEpoch: () => {
            const now = performance.now();
            times.push((now - last) / 1000);
            ended = processorSeconds();
            if (times.length === 1) begun = ended;
            last = now;
            if (now > end && times.length > 4) abort.abort();
          },
        },
      });
      const counted = times.slice(1);
      const cpu = (rows * counted.length) / (ended - begun);
      return { ...finish(executable, fastestRate(rows, counted)), cpu };
    },
    predictOne: async (workload, seconds) => {
      const backend = await findBackend(backendName);
      if (!backend.ok) throw new Error(backend.problems.map(({ message }) => message).join(" "));
      // A program of its own, as a model that is loaded is one: a backend may wait for its calls in another way than for steps.
      const training = await compile(backend.value, lowered(workload.model, { step: [1] }), options);
      training.init(0);
      const executable = await compile(backend.value, lowered(workload.model, { predict: [1] }), options);
      const read = executable.readState();
      executable.writeState(new Map([...training.readState()].filter(([name]) => read.has(name))));
      training.dispose();
      const row = { rows: 1, feeds: { x: firstRow(workload) } };
      const time = medianTime(seconds, () => executable.predict(row));
      return finish(executable, time);
    },
  };
}

function finish(executable: Executable, value: number): Measurement {
  const { threads } = executable;
  executable.dispose();
  if (threads === undefined) return { value };
  return { value, note: `${threads} ${threads === 1 ? "thread" : "threads"}` };
}
