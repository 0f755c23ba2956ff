// A worker of jit that is ended from outside in the middle of a training: an interrupt that saves, gone on with to the bits of
// the undisturbed training.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "@jest/globals";
import {
  nodeFiles,
  openProject,
  putRun,
  type RunOptions,
  readInterrupted,
  runToFiles,
  runTraining,
} from "netwright";
import { createJitBackend } from "../../../backend-jit/src/jit-backend.ts";
import type { WorkerHandle } from "../../../backend-jit/src/threads/worker-host.ts";
import { FREE, manyProcessors } from "../../../backend-jit/test/threads/one-by-one.ts";
import { csv, source } from "../support.ts";

const folder = mkdtempSync(join(tmpdir(), "netwright-worker-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The workers that are started, which the test can end. */
const workers: WorkerHandle[] = [];
const real = manyProcessors();
const host: typeof real = {
  ...real,
  spawn: (...given) => {
    const worker = real.spawn(...given);
    workers.push(worker);
    return worker;
  },
};
const backend = createJitBackend({ sharing: FREE, prompt: true, host, patience: 1000 });

async function trained(options: Partial<RunOptions> = {}) {
  const text = source.replace("epochs: 30", "epochs: 8");
  const project = openProject({ file: "line.net", text }, { files: nodeFiles(), data: csv });
  const run = await runTraining(project, { backend, threads: 2, ...options });
  if (!run.ok) throw new Error(run.diagnostics.map(({ message }) => message).join(" "));
  return run.value;
}

test("a worker that is ended is an interrupt that saves, and its run is gone on with to the same bits", async () => {
  const whole = await trained();
  workers.length = 0;
  const run = await trained({
    callbacks: {
      onEpoch: ({ epoch }) => {
        if (epoch === 3) workers[0]?.terminate();
      },
    },
  });
  expect(workers.length).toBeGreaterThan(0);
  expect(run.findings).toMatchObject([
    { code: "NW0806", message: expect.stringMatching(/worker thread is gone/) },
  ]);
  expect(run.bundle.record).toMatchObject({
    status: "interrupted",
    hash: { run: whole.bundle.record.hash.run },
  });
  const { files, diagnostics } = runToFiles(run);
  expect(diagnostics).toEqual([]);
  const put = await putRun(join(folder, "runs", "line"), run.bundle, files);
  const found = await readInterrupted(put.ok ? put.value.place : "");
  if (!found.ok) throw new Error("the run is not found");
  const resumed = await trained({ resume: found.value.run });
  expect(resumed.bundle.record.status).toBe("completed");
  expect(resumed.bundle.record.hash.weights).toBe(whole.bundle.record.hash.weights);
}, 60_000);
