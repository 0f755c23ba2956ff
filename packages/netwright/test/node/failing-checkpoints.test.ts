// What fails beside a training, or under it, loses no result: checkpoints for which there is no memory, one that is damaged,
// and an executable that is lost where there is memory for one alone.

import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "@jest/globals";
import { type Backend, BackendError, type RuntimeProblem } from "@netwright/runtime";
import { readRun, THIS_DISK } from "@netwright/runtime/node";
import {
  checkpointFolder,
  checkpointWarning,
  findBackend,
  nodeFiles,
  openProject,
  putRun,
  type RunOptions,
  readInterrupted,
  runName,
  runToFiles,
  runTraining,
} from "netwright";
import { csv, source } from "../support.ts";

const folder = mkdtempSync(join(tmpdir(), "netwright-failing-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const text = source.replace("epochs: 30", "epochs: 5, checkpoint: every(1)");
const noMemory = () => Promise.reject(new RangeError("Array buffer allocation failed"));

async function trained(options: Partial<RunOptions> = {}) {
  const backend = await findBackend("reference");
  if (!backend.ok) throw new Error("there is no backend");
  const project = openProject({ file: "line.net", text }, { files: nodeFiles(), data: csv });
  const run = await runTraining(project, { backend: backend.value, ...options });
  if (!run.ok) throw new Error(run.diagnostics.map(({ message }) => message).join(" "));
  return run.value;
}
const weightsOf = async (options?: Partial<RunOptions>) =>
  (await trained(options)).bundle.record.hash.weights;

test.each([
  ["a store that rejects", { keep: noMemory }],
  ["a file for whose bytes there is no memory", {}],
])("%s is told once, and ends nothing", async (_, more) => {
  const told: (readonly [RuntimeProblem, string])[] = [];
  const runs = join(folder, "unwritten");
  const open: typeof THIS_DISK.open = async (path, flags) => {
    const file = await THIS_DISK.open(path, flags);
    return { writeFile: noMemory, sync: () => file.sync(), close: () => file.close() };
  };
  const store = checkpointFolder(runs, {
    waits: true,
    onProblem: (...found) => told.push(found),
    disk: { open },
  });
  const checkpoints = { ...store, ...more };
  expect(await weightsOf({ checkpoints })).toBe(await weightsOf());
  const [[found, place] = []] = told;
  expect(told).toHaveLength(1);
  expect(found).toMatchObject({ code: "NW0833" });
  expect(found?.message).toContain("Array buffer allocation failed");
  if (found === undefined || place === undefined) throw new Error("nothing was told");
  expect(checkpointWarning(found, place).message).toBe(
    `no checkpoint is kept at \`${place}\`, and training goes on without`,
  );
  expect(place).toMatch(/-checkpoint$/);
});

test("a checkpoint that is damaged is told as that, and the first of this training takes its place", async () => {
  const runs = join(folder, "damaged");
  const place = join(runs, `${runName((await trained()).bundle.record)}-checkpoint`);
  mkdirSync(place, { recursive: true });
  writeFileSync(join(place, "record.json"), "{");
  const told: string[] = [];
  const onProblem = (found: RuntimeProblem, at: string) => told.push(checkpointWarning(found, at).message);
  await trained({ checkpoints: checkpointFolder(runs, { waits: true, onProblem }) });
  expect(told).toEqual([
    `the checkpoint at \`${place}\` cannot be read, and the first one of this training takes its place`,
  ]);
  expect((await readRun(place)).ok).toBe(true);
});

/** The bits of `reference`; it is lost at a step, and refuses to load a program while another one is loaded. */
function oneAtATime(backend: Backend, isRefused: () => boolean): Backend {
  let [live, steps] = [0, 0];
  return {
    ...backend,
    supports: (op) => backend.supports(op),
    describe: (options) => backend.describe(options),
    load: async (program, options) => {
      if (live > 0 || (steps > 0 && isRefused())) throw new RangeError("Array buffer allocation failed");
      const machine = await backend.load(program, options);
      live++;
      return {
        ...machine,
        call: (name) => {
          const call = machine.call(name);
          const run = () => {
            if (name.startsWith("step") && ++steps === 10)
              throw new BackendError("reference", "a worker thread is gone", "Compile the program again.");
            call.run();
          };
          return { ...call, run };
        },
        dispose: () => {
          live--;
          machine.dispose();
        },
      };
    },
  };
}

test.each([
  ["takes the place of one that is lost", false],
  ["cannot be had, either", true],
])("an executable %s: what was trained is kept, to go on with", async (_, isRefused) => {
  const backend = await findBackend("reference");
  if (!backend.ok) throw new Error("there is no backend");
  const run = await trained({ backend: oneAtATime(backend.value, () => isRefused) });
  expect(run.findings.map(({ code }) => code)).toEqual(["NW0806"]);
  const { record, checkpoint } = run.bundle;
  expect(record.status).toBe("interrupted");
  expect(record.splits.train === null).toBe(isRefused);
  if (checkpoint === null) throw new Error("there is no checkpoint");
  const resumed = await weightsOf({ resume: { ...run.bundle, checkpoint } });
  expect(resumed).toBe(await weightsOf());
});

/** The bits of `reference`, but for one number that the machine miscalculates, once. */
function miscalculating(backend: Backend, at: number): Backend {
  let steps = 0;
  return {
    ...backend,
    supports: (op) => backend.supports(op),
    describe: (options) => backend.describe(options),
    load: async (program, options) => {
      const machine = await backend.load(program, options);
      return {
        ...machine,
        call: (name) => {
          const call = machine.call(name);
          const run = () => {
            call.run();
            if (name.startsWith("step") && ++steps === at)
              for (const data of call.outputs) data.fill(Number.NaN);
          };
          return { ...call, run };
        },
        dispose: () => machine.dispose(),
      };
    },
  };
}

test("what the machine has miscalculated once costs no checkpoint: going on ends in the bits of an undisturbed run", async () => {
  const backend = await findBackend("reference");
  if (!backend.ok) throw new Error("there is no backend");
  const runs = join(folder, "miscalculated");
  const checkpoints = checkpointFolder(runs, { waits: true });
  const run = await trained({ backend: miscalculating(backend.value, 18), checkpoints });
  const { record } = run.bundle;
  expect(record).toMatchObject({ status: "non_finite", failure: { cause: "unrepeatable", epoch: 5 } });
  expect(run.findings[0]?.notes.join(" ")).toContain("`--resume`");
  const place = join(runs, runName(record));
  // As `train` of the command, and `save` of the package.
  await putRun(place, run.bundle, runToFiles(run).files);
  await checkpoints.sweep(run.bundle);
  const found = await readInterrupted(place);
  if (!found.ok) throw new Error("there is nothing to go on with");
  expect(found.value.run.history).toHaveLength(4);
  const resumed = await trained({ resume: found.value.run, checkpoints });
  expect(resumed.bundle.record.hash.weights).toBe(await weightsOf());
  await putRun(place, resumed.bundle, runToFiles(resumed).files);
  await checkpoints.sweep(resumed.bundle, found.value.directory);
  expect(readdirSync(runs)).toEqual([runName(record)]);
});

test("a run is not lost for a checkpoint that cannot be written", async () => {
  const run = await trained({ signal: AbortSignal.abort() });
  const saved = run.bundle.checkpoint;
  if (saved === null) throw new Error("there is no checkpoint");
  expect(runToFiles(run).diagnostics).toEqual([]);
  const unwritable = {
    run: saved.run,
    get checkpoint(): never {
      throw new RangeError("Array buffer allocation failed");
    },
  };
  // No memory is taken before it is written to.
  const state = new Map([["w", new Float32Array(2 ** 29)]]);
  const large = { run: saved.run, checkpoint: { ...saved.checkpoint, state } };
  for (const [checkpoint, why] of [
    [unwritable, "there is not memory enough to write it"],
    [large, "a file of a run has less than 2 GiB"],
  ] as const) {
    const { files, diagnostics } = runToFiles({ ...run, bundle: { ...run.bundle, checkpoint } });
    expect([...files.keys()]).toEqual(["model.safetensors", "record.json", "history.jsonl"]);
    expect(diagnostics).toMatchObject([
      { code: "NW0808", message: "the run is saved without its checkpoint" },
    ]);
    expect(diagnostics[0]?.notes[0]).toContain(why);
  }
});
