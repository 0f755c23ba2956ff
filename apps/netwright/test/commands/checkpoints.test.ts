// A training that ends without being asked leaves a checkpoint; the next command says how to go on, or goes on.

import { readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { checkpointFolder, findBackend, nodeFiles, openProject, readText, runTraining } from "netwright";
import { cli, lastLine } from "../support/cli.ts";
import { SMALL, smallProject } from "../support/project.ts";

const JSON_ON_REFERENCE = ["--backend", "reference", "--format", "json"];
const EVERY = SMALL.replace("epochs: 10", "epochs: 10\n  checkpoint: every(1)");

async function opened(net: string) {
  const read = readText(net);
  const backend = await findBackend("reference");
  if (!read.ok || !backend.ok) throw new Error("there is no file or no backend");
  const project = openProject({ file: read.file, text: read.text }, { files: nodeFiles() });
  return { project, backend: backend.value };
}

/** As a process that is killed in that epoch leaves it. */
async function killed(net: string, runs: string, epoch: number): Promise<string> {
  const { project, backend } = await opened(net);
  const onStep = (event: { readonly epoch: number }) => {
    if (event.epoch === epoch) throw new Error("killed");
  };
  const checkpoints = checkpointFolder(runs, { waits: true });
  const training = runTraining(project, { backend, checkpoints, callbacks: { onStep } });
  await expect(training).rejects.toThrow("killed");
  return join(runs, readdirSync(runs).find((name) => name.endsWith("-checkpoint")) ?? "");
}

describe("after a training that was killed", () => {
  test("`train` says how to go on, begins at the start, and removes the checkpoint when the run is saved", async () => {
    const { net, runs } = smallProject(EVERY);
    const checkpoint = await killed(net, runs, 6);
    const played = await cli(["train", net, ...JSON_ON_REFERENCE, "--out", runs]);
    expect(played.code).toBe(0);
    const { diagnostics, run, epochs } = lastLine(played) as {
      diagnostics: { code: string; severity: string; message: string; notes: string[] }[];
      run: string;
      epochs: number;
    };
    const [found] = diagnostics;
    expect(found).toMatchObject({ code: "NW0807", severity: "warning" });
    expect(found?.message).toContain("ended after 5 epochs of 10");
    expect(found?.notes[0]).toContain(`\`netwright train --resume ${checkpoint}\``);
    expect(epochs).toBe(10);
    expect(readdirSync(runs)).toEqual([basename(run)]);
  });

  test("`--resume` goes on with it to the same bits, and saves the run where it was to be", async () => {
    const { net, runs, folder } = smallProject(EVERY);
    const whole = lastLine(await cli(["train", net, ...JSON_ON_REFERENCE, "--out", join(folder, "whole")]));
    for (const asked of [(path: string) => path, (path: string) => path.replace(/-checkpoint$/, "")]) {
      const checkpoint = await killed(net, runs, 6);
      const run = checkpoint.replace(/-checkpoint$/, "");
      const resumed = await cli(["train", "--resume", asked(checkpoint), "--format", "json"]);
      expect(resumed.stderr).toContain("Going on in epoch 6 after step 0");
      expect(lastLine(resumed)).toMatchObject({
        run,
        status: "completed",
        hash: Object(whole).hash,
        diagnostics: [],
      });
      expect(readdirSync(runs)).toEqual([basename(run)]);
    }
  });

  test("a training that comes less far leaves the checkpoint as it is", async () => {
    const { net, runs } = smallProject(EVERY);
    const checkpoint = await killed(net, runs, 8);
    const interrupted = await cli(["train", net, ...JSON_ON_REFERENCE, "--out", runs], {
      interrupt: { at: /epoch +3\/10/, after: [0] },
    });
    expect(lastLine(interrupted)).toMatchObject({ status: "interrupted", epochs: 3 });
    // The one that has come further is gone on with, whichever is named.
    const { run } = lastLine(interrupted) as { run: string };
    expect(`${run}-checkpoint`).toBe(checkpoint);
    const resumed = await cli(["train", "--resume", run, "--format", "json"]);
    expect(resumed.stderr).toContain("Going on in epoch 8 after step 0");
    expect(lastLine(resumed)).toMatchObject({ run, status: "completed" });
    expect(readdirSync(runs)).toEqual([basename(run)]);
  });

  test("one of another model is not meant, and stays", async () => {
    const { net, runs } = smallProject(EVERY);
    const checkpoint = await killed(net, runs, 6);
    const played = await cli(["train", net, ...JSON_ON_REFERENCE, "--out", runs, "--seed", "5"]);
    expect(lastLine(played)).toMatchObject({ status: "completed", diagnostics: [] });
    expect(readdirSync(runs)).toContain(basename(checkpoint));
  });
});

test("a place that is taken: training goes on and says so once, and nothing of it is touched", async () => {
  const { net, runs } = smallProject(EVERY);
  const place = await killed(net, runs, 3);
  for (const name of readdirSync(place)) rmSync(join(place, name));
  writeFileSync(join(place, "thesis.tex"), "all my work");
  const { project, backend } = await opened(net);
  const told: string[] = [];
  const checkpoints = checkpointFolder(runs, { waits: true, onProblem: ({ code }) => told.push(code) });
  const trained = await runTraining(project, { backend, checkpoints });
  expect(trained.ok && trained.value.result.status).toBe("completed");
  expect(told).toEqual(["NW0832"]);
  expect(readdirSync(place)).toEqual(["thesis.tex"]);
  // Nor by the command, which removes what it knows.
  expect((await cli(["train", net, ...JSON_ON_REFERENCE, "--out", runs])).code).toBe(0);
  expect(readdirSync(place)).toEqual(["thesis.tex"]);
});
