// Saves on a disk that fails once: each call of a save, with each error.

import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { readRun, writeRun } from "@netwright/runtime/node";
import { runTraining } from "netwright";
import type { Harness } from "../harness.ts";
import { failingAt, killedAt, nextDisk } from "../support/broken-disk.ts";
import { filesOf, openSmall } from "../support/small-training.ts";
import { workplace, writeSmallModel } from "../support/workplace.ts";
import { tryCases } from "../try-cases.ts";

const CODES = ["ENOSPC", "EIO", "EACCES", "EROFS"] as const;

export const disk: Harness = {
  name: "disk",
  about: {
    promised:
      "Where a save fails, the run that was there before is whole, and the message says where and why; where it succeeds in spite of an error, the new run is whole. Nothing else stays.",
    tried: "Every call of a save, over another run and where none was, fails once with each of four errors.",
  },
  run: async (task) => {
    const { path, remove } = workplace();
    try {
      const scene = await prepare(path);
      return await tryCases(task, (_, number) => fail(scene, number));
    } finally {
      remove();
    }
  },
};

type Files = ReturnType<typeof filesOf>;

interface Scene {
  readonly runs: string;
  readonly old: Files;
  readonly fresh: Files;
  /** Calls of a save over another run, and where none was. */
  readonly calls: { readonly over: number; readonly first: number };
}

async function prepare(path: string): Promise<Scene> {
  const filesFor = async (epochs: number) => {
    writeSmallModel(path, { epochs, rows: 40, width: 4 });
    const { project, backend } = await openSmall(path);
    const trained = await runTraining(project, { backend });
    if (!trained.ok) throw new Error("the small model cannot be trained");
    return filesOf(trained.value);
  };
  const [old, fresh] = [await filesFor(1), await filesFor(2)];
  const runs = join(path, "runs");
  const callsWith = async (before: Files | null) => {
    empty(runs);
    if (before !== null) await writeRun(join(runs, "run"), before, nextDisk);
    const counting = killedAt(Number.POSITIVE_INFINITY, false);
    await writeRun(join(runs, "run"), fresh, counting.disk);
    return counting.calls.length;
  };
  return { runs, old, fresh, calls: { over: await callsWith(old), first: await callsWith(null) } };
}

async function fail({ runs, old, fresh, calls }: Scene, number: number): Promise<string> {
  const code = CODES[number % CODES.length] ?? "EIO";
  const call = Math.floor(number / CODES.length) % (calls.over + calls.first);
  const isOver = call < calls.over;
  const run = join(runs, "run");
  empty(runs);
  if (isOver) await writeRun(run, old, nextDisk);
  const { disk: failing } = failingAt(1 + (isOver ? call : call - calls.over), code);
  const written = await writeRun(run, fresh, failing);
  const read = await readRun(run, nextDisk);
  const epochs = read.ok ? read.value.record.epochs.completed : 0;
  const left = readdirSync(runs).filter((name) => name !== "run");
  if (left.length > 0) throw new Error(`left behind: ${left.join(", ")}`);
  if (written.ok) {
    if (epochs !== 2) throw new Error(`saved, and a run of ${epochs} epochs is there`);
    return "saved all the same";
  }
  const message = written.problems.map((problem) => problem.message).join(" ");
  if (!message.includes(run) || !message.includes(code))
    throw new Error(`does not say where and why: ${message}`);
  if (message.includes("does not confirm")) {
    if (epochs !== 2) throw new Error("the new run is said to be there, and is not");
    return "saved, and said not to be confirmed";
  }
  if (epochs !== (isOver ? 1 : 0)) throw new Error(`not saved, and a run of ${epochs} epochs is there`);
  return isOver ? "refused, the old run whole" : "refused, nothing there";
}

function empty(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
}
