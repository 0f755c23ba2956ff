// A training that ends without being asked leaves a checkpoint; the next command says how to go on, or goes on.

import {
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { bundleToFiles } from "@netwright/runtime";
import { writeRun } from "@netwright/runtime/node";
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
      // A checkpoint beside a whole run would not be gone on with by the name of the run.
      rmSync(run, { recursive: true });
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

  test("the furthest is gone on with, however the run is named", async () => {
    for (const ask of [
      (run: string) => `${run}/`,
      (run: string) => `${run}-interrupted`,
      (run: string) => join(dirname(run), "renamed"),
      (run: string) => relative(".", run),
    ]) {
      const { net, runs } = smallProject(EVERY);
      const checkpoint = await killed(net, runs, 8);
      const interrupted = await cli(["train", net, ...JSON_ON_REFERENCE, "--out", runs], {
        interrupt: { at: /epoch +3\/10/, after: [0] },
      });
      const { run } = lastLine(interrupted) as { run: string };
      const asked = ask(run);
      if (!existsSync(asked)) renameSync(run, asked);
      const resumed = await cli(["train", "--resume", asked, "--format", "json"]);
      expect(resumed.stderr).toContain("Going on in epoch 8 after step 0");
      expect(lastLine(resumed)).toMatchObject({ status: "completed", diagnostics: [] });
      expect(existsSync(checkpoint)).toBe(false);
    }
  });

  test("a run that is named by `.` has its name, and its checkpoint is beside it", async () => {
    const { net, runs } = smallProject(EVERY);
    const checkpoint = await killed(net, runs, 6);
    const run = checkpoint.replace(/-checkpoint$/, "");
    await cli(["train", net, ...JSON_ON_REFERENCE, "--out", runs], {
      interrupt: { at: /epoch +3\/10/, after: [0] },
    });
    const before = process.cwd();
    try {
      process.chdir(run);
      const resumed = await cli(["train", "--resume", ".", "--format", "json"]);
      expect(resumed.stderr).toContain("Going on in epoch 6 after step 0");
      expect(lastLine(resumed)).toMatchObject({ status: "completed", run: realpathSync(run) });
    } finally {
      process.chdir(before);
    }
    expect(readdirSync(runs)).toEqual([basename(run)]);
  });

  test("a further one in the folder of `--out` is told of when a nearer one is gone on with", async () => {
    const { net, runs, folder } = smallProject(EVERY);
    const near = await killed(net, join(folder, "near"), 4);
    const far = await killed(net, runs, 8);
    const resumed = await cli(["train", "--resume", near, "--out", runs, "--format", "json"]);
    expect(resumed.stderr).toContain("Going on in epoch 4 after step 0");
    const [found] = Object(lastLine(resumed)).diagnostics;
    expect(found).toMatchObject({ code: "NW0807", message: expect.stringContaining("after 7 epochs of 10") });
    expect(found.notes).toMatchObject([
      expect.stringContaining(far),
      expect.stringContaining("further back"),
    ]);
  });

  test("what was gone on with is removed when the run is saved, in another folder too", async () => {
    const { net, runs, folder } = smallProject(EVERY);
    const checkpoint = await killed(net, runs, 6);
    const run = checkpoint.replace(/-checkpoint$/, "");
    const resumed = await cli(["train", "--resume", run, "--out", join(folder, "other"), "--format", "json"]);
    expect(lastLine(resumed)).toMatchObject({ status: "completed" });
    expect(existsSync(checkpoint)).toBe(false);
    // The same under a name that somebody has given it.
    await killed(net, runs, 6);
    renameSync(checkpoint, join(runs, "mine-checkpoint"));
    await cli(["train", "--resume", join(runs, "mine"), "--out", join(folder, "third")]);
    expect(readdirSync(runs)).toEqual([]);
  });

  test("one that is left beside its whole run is neither told of nor gone on with, and is removed", async () => {
    const { net, runs, folder } = smallProject(EVERY);
    const aside = await killed(net, join(folder, "aside"), 6);
    const argv = ["train", net, ...JSON_ON_REFERENCE, "--out", runs];
    const { run } = lastLine(await cli(argv)) as { run: string };
    const checkpoint = `${run}-checkpoint`;
    cpSync(aside, checkpoint, { recursive: true });
    const again = await cli(argv, { interrupt: { at: /epoch +3\/10/, after: [0] } });
    expect(lastLine(again)).toMatchObject({ run: `${run}-interrupted`, diagnostics: [] });
    cpSync(aside, checkpoint, { recursive: true });
    const resumed = await cli(["train", "--resume", run, "--format", "json"]);
    expect(resumed.code).toBe(1);
    expect(resumed.stdout + resumed.stderr).toContain("NW0805");
    expect(existsSync(checkpoint)).toBe(false);
    expect(await cli(["evaluate", run])).toMatchObject({ code: 0 });
  });

  test("a run of another training is not replaced by what is resumed beside it", async () => {
    const { net, runs } = smallProject(EVERY);
    const other = lastLine(await cli(["train", net, ...JSON_ON_REFERENCE, "--out", runs, "--seed", "5"]));
    const [final, { run: before, hash }] = [join(runs, "final"), Object(other)];
    renameSync(before, final);
    const checkpoint = await killed(net, runs, 6);
    renameSync(checkpoint, `${final}-checkpoint`);
    // By the name without the ending the whole one is meant.
    const refused = await cli(["train", "--resume", final, "--format", "json"]);
    expect(refused.stdout + refused.stderr).toContain("NW0805");
    const resumed = await cli(["train", "--resume", `${final}-checkpoint`, "--format", "json"]);
    expect(lastLine(resumed)).toMatchObject({
      run: checkpoint.replace(/-checkpoint$/, ""),
      status: "completed",
    });
    expect(JSON.parse(readFileSync(join(final, "record.json"), "utf8"))).toMatchObject({ hash });
  });

  test("one of another model is not meant, and stays", async () => {
    const { net, runs } = smallProject(EVERY);
    const checkpoint = await killed(net, runs, 6);
    const played = await cli(["train", net, ...JSON_ON_REFERENCE, "--out", runs, "--seed", "5"]);
    expect(lastLine(played)).toMatchObject({ status: "completed", diagnostics: [] });
    expect(readdirSync(runs)).toContain(basename(checkpoint));
  });
});

describe("a checkpoint that is damaged is named where it is all there is to go on with", () => {
  const spoil = (file: string) => {
    const bytes = readFileSync(file);
    const last = bytes.length - 1;
    bytes[last] = (bytes[last] ?? 0) ^ 1;
    writeFileSync(file, bytes);
  };

  test.each([
    ["checkpoint.safetensors", (name: string) => name],
    ["checkpoint.safetensors", (name: string) => `${name}/`],
    ["model.safetensors", (name: string) => `${name}-checkpoint`],
    ["history.jsonl", (name: string) => name],
  ])("%s has another bit", async (file, asked) => {
    const { net, runs } = smallProject(EVERY);
    const checkpoint = await killed(net, runs, 6);
    spoil(join(checkpoint, file));
    const played = await cli(["train", "--resume", asked(checkpoint.replace(/-checkpoint$/, ""))]);
    expect(played.code).toBe(1);
    expect(played.stderr).not.toContain("NW0820");
    expect(played.stderr).toContain(file);
    if (asked("m") !== "m-checkpoint") expect(played.stderr).toContain(`It is in \`${checkpoint}\``);
    // It is left as it is, for whoever can mend it.
    expect(readdirSync(runs)).toEqual([basename(checkpoint)]);
  });

  test("beside a run that holds none itself", async () => {
    const { net, runs } = smallProject(EVERY);
    const checkpoint = await killed(net, runs, 6);
    const run = checkpoint.replace(/-checkpoint$/, "");
    // One that was saved without its checkpoint (NW0808).
    const { project, backend } = await opened(net);
    const trained = await runTraining(project, { backend, signal: AbortSignal.abort() });
    if (!trained.ok) throw new Error("it cannot be trained");
    const { bundle, program } = trained.value;
    const written = await writeRun(run, bundleToFiles({ ...bundle, checkpoint: null }, program.state));
    expect(written.ok).toBe(true);
    spoil(join(checkpoint, "checkpoint.safetensors"));
    const played = await cli(["train", "--resume", run]);
    expect(played.stderr).toContain("checkpoint.safetensors");
    expect(played.stderr).not.toContain("NW0805");
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
