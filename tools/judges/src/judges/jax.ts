// JAX trains the concrete example from its export alone: one process and two, of which one is killed and starts again. Its
// weights and losses are held to those of `jit`, and its bits to those of a training that nobody has disturbed.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Checkpoint, NamedTensors } from "@netwright/runtime";
import type { Project } from "netwright";
import {
  checkpointAt,
  exportTo,
  importedRecord,
  openConcrete,
  recordOfJit,
  trainedByJit,
} from "../jax/exported.ts";
import { childrenOf, type Python, start, startTraining, startTwo } from "../jax/processes.ts";
import { pythonWithJax } from "../jax/python.ts";
import type { Judge, JudgeOptions, Verdict } from "../judge.ts";

export const jax: Judge = {
  name: "jax",
  about: "JAX trains what is exported, in one process and in two, as jit does",
  judge,
};

const STEPS = 50;
/** 54 steps. */
const EPOCHS = 9;
const TOLERANCE = 1e-4;
/** Seconds after which processes end without one another. */
const TIMEOUT = 20;

async function judge({ python: named }: JudgeOptions): Promise<Verdict> {
  const found = pythonWithJax(named);
  if ("reason" in found) return { kind: "skipped", reason: found.reason };
  const { python, version } = found;
  console.error(`  JAX ${version}`);
  const folder = mkdtempSync(join(tmpdir(), "netwright-jax-"));
  try {
    const project = await openConcrete(EPOCHS);
    await exportTo(folder, project);
    const scene: Scene = { python, folder, project, expected: await trainedByJit(project, STEPS) };
    const wrong: string[] = [];
    for (const [name, run] of CASES) {
      const found = await run(scene).catch((error: unknown) => [String(error)]);
      console.error(`  ${found.length === 0 ? "right" : "wrong"}: ${name}`);
      wrong.push(...found.map((line) => `${name}: ${line}`).slice(0, 1));
    }
    return { kind: "judged", right: CASES.length - wrong.length, wrong };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Scene extends Python {
  readonly folder: string;
  readonly project: Project;
  /** What `jit` makes of it. */
  readonly expected: Checkpoint;
}

/** What is wrong; later cases use the checkpoints of earlier ones. */
type Case = (scene: Scene) => Promise<readonly string[]>;

const CASES: readonly (readonly [string, Case])[] = [
  ["the package's own tests", ownTests],
  ["one process", (scene) => trains(scene, "one", [])],
  ["two processes", (scene) => trains(scene, "two", ["--processes", "2"])],
  ["one of two is killed, both start again by hand", killed],
  ["one of two is killed, the command starts both again", restarted],
  ["the rest of the training, as a run", taken],
];

async function ownTests(scene: Scene): Promise<readonly string[]> {
  const { code, output } = await start(scene, ["-m", "unittest", "discover", "-s", "tests"]).ended;
  return code === 0 ? [] : [output.slice(-2000)];
}

async function trains(scene: Scene, name: string, options: readonly string[]): Promise<readonly string[]> {
  const file = fileOf(scene, name);
  const ending = ["--checkpoint", file, "--steps", String(STEPS)];
  const { code, output } = await startTraining(scene, scene.folder, [...options, ...ending]).ended;
  if (code !== 0) return [output.slice(-2000)];
  return misfits(await checkpointAt(scene.folder, file), scene.expected);
}

/** The survivor ends by itself; two new processes go on from the checkpoint, to the same bits. */
async function killed(scene: Scene): Promise<readonly string[]> {
  const file = fileOf(scene, "killed");
  const options = ["--checkpoint", file, "--steps", String(STEPS), "--timeout", String(TIMEOUT)];
  const often = ["--checkpoint-steps", "10", "--log-steps", "1"];
  const [first, second] = await startTwo(scene, scene.folder, [...options, ...often]);
  await first.says(/^step 24 /m);
  second.process.kill("SIGKILL");
  const killedAt = performance.now();
  const { code } = await first.ended;
  const waited = (performance.now() - killedAt) / 1000;
  console.error(`  the other one ended ${waited.toFixed(1)} s later`);
  await second.ended;
  if (code === 0) return ["the other one came to its end alone"];
  if (waited > 3 * TIMEOUT) return [`the other one waited for ${waited} s`];
  const before = await checkpointAt(scene.folder, file);
  if (before.epoch === 1) return ["there was no checkpoint to go on from"];
  const again = await startTwo(scene, scene.folder, options);
  for (const { ended } of again) {
    const { code: end, output } = await ended;
    if (end !== 0) return [output.slice(-2000)];
  }
  return sameBits(scene, file);
}

async function restarted(scene: Scene): Promise<readonly string[]> {
  const file = fileOf(scene, "restarted");
  const options = ["--checkpoint", file, "--steps", String(STEPS), "--processes", "2"];
  const often = ["--checkpoint-steps", "10", "--log-steps", "1"];
  const command = startTraining(scene, scene.folder, [...options, ...often]);
  await command.says(/^step 24 /m);
  const victim = childrenOf(command.process.pid ?? 0)[1];
  if (victim === undefined) return ["there are no two processes"];
  process.kill(victim, "SIGKILL");
  const { code, output } = await command.ended;
  if (code !== 0) return [output.slice(-2000)];
  if (!output.includes("going on in epoch")) return ["it did not go on from a checkpoint"];
  return sameBits(scene, file);
}

/** The last four steps, then what `import` makes of it. */
async function taken(scene: Scene): Promise<readonly string[]> {
  const file = fileOf(scene, "two");
  const ending = ["--checkpoint", file, "--processes", "2"];
  const { code, output } = await startTraining(scene, scene.folder, ending).ended;
  if (code !== 0) return [output.slice(-2000)];
  const { backend, splits } = await importedRecord(scene.project, scene.folder, file);
  const { splits: own } = await recordOfJit(scene.project);
  const [found, expected] = [splits, own].map(({ test }) => test?.metrics["mae"] ?? Number.NaN);
  console.error(`  test MAE ${found}, of jit ${expected}; ${JSON.stringify(backend.versions)}`);
  const isClose = Math.abs((found ?? 0) - (expected ?? 0)) < 1e-2;
  return isClose ? [] : [`the test MAE is ${found}, and of jit ${expected}`];
}

function fileOf({ folder }: Scene, name: string): string {
  return join(folder, `${name}.safetensors`);
}

async function sameBits({ folder }: Scene, file: string): Promise<readonly string[]> {
  const [found, expected] = await Promise.all([
    checkpointAt(folder, file),
    checkpointAt(folder, join(folder, "two.safetensors")),
  ]);
  if (found.lossSum !== expected.lossSum)
    return [`the losses add up to ${found.lossSum}, not ${expected.lossSum}`];
  return [...expected.state].flatMap(([name, data]) =>
    Buffer.from(data.buffer, data.byteOffset, data.byteLength).equals(bytesOf(found.state, name))
      ? []
      : [`${name} has other bits`],
  );
}

function bytesOf(state: NamedTensors, name: string): Uint8Array {
  const data = state.get(name) ?? new Float32Array();
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}

/** Weights by the largest of their variable; losses as they are. */
function misfits(found: Checkpoint, expected: Checkpoint): readonly string[] {
  const losses = ({ history, lossSum }: Checkpoint) => [
    ...history.flatMap(({ loss, validation_loss: validation }) => [loss, validation ?? 0]),
    lossSum / 1000,
  ];
  const [own, others] = [losses(found), losses(expected)];
  const loss = Math.max(...others.map((each, i) => Math.abs(each - (own[i] ?? Number.NaN))));
  const far = [...expected.state].flatMap(([name, data]) => {
    if (/[/]|^step$/.test(name)) return [];
    const there = found.state.get(name) ?? [];
    let [largest, off] = [1e-30, 0];
    for (let i = 0; i < data.length; i++) {
      const value = data[i] ?? Number.NaN;
      largest = Math.max(largest, Math.abs(value));
      off = Math.max(off, Math.abs(value - (there[i] ?? Number.NaN)));
    }
    return [{ name, off: off / largest }];
  });
  const most = Math.max(...far.map(({ off }) => off));
  console.error(`  weights within ${most.toExponential(1)}, losses within ${loss.toExponential(1)}`);
  return [
    ...(found.epoch === expected.epoch && found.step === expected.step ? [] : ["it is at another step"]),
    ...(loss < TOLERANCE ? [] : [`a loss is off by ${loss}`]),
    ...far.flatMap((each) => (each.off < TOLERANCE ? [] : [`${each.name} is off by ${each.off}`])),
  ];
}
