// Our own training loop on one of our backends.

import { lower } from "@netwright/compiler";
import { decodeOutput } from "@netwright/data";
import { batchSizes, train } from "@netwright/runtime";
import { EVALUATE_BATCH, findBackend } from "netwright";
import { fastestRate, fastestTime } from "../rate.ts";
import { nativeObstacle } from "./native-obstacle.ts";
import type { Peer } from "./peer.ts";

export function netwrightPeer(backendName: string): Peer {
  return {
    name: backendName,
    what: `netwright's training loop on ${backendName}`,
    ...(backendName === "native" ? { obstacle: nativeObstacle } : {}),
    train: async ({ model, train: settings, prepared }, batch, seconds) => {
      const backend = await findBackend(backendName);
      if (!backend.ok) throw new Error(backend.problems.map(({ message }) => message).join(" "));
      const { rows } = prepared.splits.train;
      const none = { ...prepared.splits.test, rows: 0 };
      const program = lower(model, {
        step: batchSizes(rows, batch),
        evaluate: batchSizes(rows, EVALUATE_BATCH),
      });
      const executable = await backend.value.compile(program);
      const times: number[] = [];
      const abort = new AbortController();
      let last = performance.now();
      const end = last + seconds * 1000;
      await train({
        executable,
        variables: program.state,
        splits: { train: prepared.splits.train, validation: none, test: none },
        decode: (y) => decodeOutput(prepared.encoders, y),
        batch,
        evaluateBatch: EVALUATE_BATCH,
        epochs: 1_000_000,
        seed: settings.seed,
        stop: null,
        signal: abort.signal,
        callbacks: {
          onEpoch: () => {
            const now = performance.now();
            times.push((now - last) / 1000);
            last = now;
            if (now > end && times.length > 4) abort.abort();
          },
        },
      });
      executable.dispose();
      return fastestRate(rows, times.slice(1));
    },
    predictOne: async ({ model, prepared }, seconds) => {
      const backend = await findBackend(backendName);
      if (!backend.ok) throw new Error(backend.problems.map(({ message }) => message).join(" "));
      const program = lower(model, { step: [1], predict: [1] });
      const executable = await backend.value.compile(program);
      executable.init(0);
      const row = prepared.splits.test.x.slice(0, prepared.features.length);
      const time = fastestTime(seconds, () => executable.predict(row, 1));
      executable.dispose();
      return time;
    },
  };
}
