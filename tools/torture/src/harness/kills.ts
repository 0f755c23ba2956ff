// Trainings with `checkpoint: every(1)` that are killed: at each call of a save, inside of epochs, and by the system.

import { spawn } from "node:child_process";
import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { THIS_DISK } from "@netwright/runtime/node";
import type { Harness } from "../harness.ts";
import type { Random } from "../random.ts";
import { killedAt, nextDisk } from "../support/broken-disk.ts";
import { findRun, openSmall, type SmallTraining, trainAndSave } from "../support/small-training.ts";
import { workplace, writeSmallModel } from "../support/workplace.ts";
import { tryCases } from "../try-cases.ts";

const EPOCHS = 5;
const CHILD = fileURLToPath(new URL("../support/train-child.js", import.meta.url));

export const kills: Harness = {
  name: "kills",
  about: {
    promised:
      "After a training that was killed, the last checkpoint written is found, and going on from it ends in the bits of the undisturbed run; nothing stays beside the run.",
    tried:
      "Killed at a call of the disk, before or after it, of all calls from the first checkpoint to the last sweep; at a step; and, one time in eight, by SIGKILL to a process at a random moment.",
  },
  run: async (task) => {
    const { path, remove } = workplace();
    try {
      writeSmallModel(path, { epochs: EPOCHS, rows: 40, width: 4 }, "checkpoint: every(1)");
      const scene = await prepare(path);
      return await tryCases(task, (random) => kill(scene, random));
    } finally {
      remove();
    }
  },
};

interface Scene {
  readonly path: string;
  readonly training: SmallTraining;
  /** Of the undisturbed run. */
  readonly run: string;
  readonly weights: string;
  readonly calls: readonly string[];
  readonly steps: number;
}

async function prepare(path: string): Promise<Scene> {
  const training = await openSmall(path);
  const { disk, calls } = killedAt(Number.POSITIVE_INFINITY, false);
  let steps = 0;
  const weights = await trainAndSave(training, disk, { onStep: () => steps++ });
  const run = join(training.runs, readdirSync(training.runs)[0] ?? "");
  return { path, training, run, weights, calls, steps };
}

async function kill(scene: Scene, random: Random): Promise<string> {
  rmSync(scene.training.runs, { recursive: true, force: true });
  mkdirSync(scene.training.runs);
  const drawn = random.below(8);
  const how = drawn === 0 ? "SIGKILL" : drawn < 3 ? "at a step" : "at a call";
  const kept =
    how === "SIGKILL"
      ? await killedProcess(scene, random)
      : how === "at a step"
        ? await killedInEpoch(scene, random)
        : await killedAtCall(scene, random);
  const next = how === "SIGKILL" ? THIS_DISK : nextDisk;
  const found = await findRun(scene.run, next);
  const reached = found.whole === null ? (found.interrupted?.history.length ?? 0) : EPOCHS;
  if (reached < kept) throw new Error(`${how}: epoch ${kept} was kept, and ${reached} is found`);
  if (found.whole !== null && found.whole.record.hash.weights !== scene.weights) {
    throw new Error(`${how}: the run that is found has other weights`);
  }
  const weights = await trainAndSave(scene.training, next, {}, found.interrupted ?? undefined);
  if (weights !== scene.weights) throw new Error(`${how}: went on from epoch ${reached} to other weights`);
  const left = readdirSync(scene.training.runs).filter((name) => name !== basename(scene.run));
  if (left.length > 0) throw new Error(`${how}: left behind: ${left.join(", ")}`);
  return `${how}, ${found.whole !== null ? "the run found" : found.interrupted !== null ? "a checkpoint found" : "before the first"}`;
}

/** Gives the last epoch whose checkpoint was safe. */
async function killedAtCall({ training, calls }: Scene, random: Random): Promise<number> {
  let kept = 0;
  const { disk, killed } = killedAt(1 + random.below(calls.length), random.chance(0.5));
  const onKept = (epoch: number) => {
    kept = epoch;
  };
  await Promise.race([killed, trainAndSave(training, disk, { onKept })]);
  return kept;
}

async function killedInEpoch({ training, steps }: Scene, random: Random): Promise<number> {
  let [kept, left] = [0, random.below(steps)];
  const { disk } = killedAt(Number.POSITIVE_INFINITY, false);
  const onStep = () => {
    if (left-- === 0) throw new Error("killed");
  };
  const onKept = (epoch: number) => {
    kept = epoch;
  };
  await trainAndSave(training, disk, { onStep, onKept }).catch((error: unknown) => {
    if (!(error instanceof Error) || error.message !== "killed") throw error;
  });
  return kept;
}

async function killedProcess({ path }: Scene, random: Random): Promise<number> {
  const child = spawn(process.execPath, [CHILD, path], { stdio: ["ignore", "pipe", "inherit"] });
  let [text, isReached] = ["", false];
  const [line, wait] = [random.below(EPOCHS + 1), random.below(40)];
  child.stdout.on("data", (data) => {
    text += String(data);
    if (isReached || !text.includes(line === 0 ? "begin" : `kept ${line}\n`)) return;
    isReached = true;
    setTimeout(() => child.kill("SIGKILL"), wait);
  });
  await new Promise((resolve) => child.once("close", resolve));
  return [...text.matchAll(/kept (\d+)\n/g)].reduce((most, [, epoch]) => Math.max(most, Number(epoch)), 0);
}
