// Runs of one training that came differently far, and one of another training; what is lost of them, if anything.

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { mayReplace, type Outcome, type RunBundle } from "@netwright/runtime";
import { type Disk, readRun } from "@netwright/runtime/node";
import { putRun, runTraining, type TrainedRun } from "netwright";
import { filesOf, openSmall } from "./small-training.ts";
import { writeSmallModel } from "./workplace.ts";

export interface Subject {
  readonly name: string;
  readonly run: TrainedRun;
}

const EPOCHS = 4;

/** Leaves the model of the last of them in the folder. */
export async function severalRuns(folder: string): Promise<readonly [Subject, ...Subject[]]> {
  const trained = async (epochs: number, last: number): Promise<TrainedRun> => {
    writeSmallModel(folder, { epochs, rows: 40, width: 4 });
    const { project, backend } = await openSmall(folder);
    const stop = new AbortController();
    const onEpoch = ({ epoch }: { readonly epoch: number }) => {
      if (epoch === last) stop.abort();
    };
    const run = await runTraining(project, { backend, signal: stop.signal, callbacks: { onEpoch } });
    if (!run.ok) throw new Error("the small model cannot be trained");
    return run.value;
  };
  return [
    { name: "a short one", run: await trained(EPOCHS, 1) },
    { name: "a longer one", run: await trained(EPOCHS, 3) },
    { name: "a whole one", run: await trained(EPOCHS, EPOCHS + 1) },
    { name: "one of another training", run: await trained(2, EPOCHS) },
  ];
}

/** As the command saves it. */
export function put(named: string, { run }: Subject, disk: Partial<Disk>): Promise<Outcome<unknown>> {
  return putRun(named, run.bundle, filesOf(run), disk);
}

/** What lies hidden in the folder. */
export function hiddenIn(folder: string): readonly string[] {
  return readdirSync(folder).filter((name) => name.startsWith("."));
}

/**
 * Looks as the next commands do. @throws Error where a run that was there is not found, in no place as much of its training, or
 * where one cannot be read
 */
export async function notLost(folder: string, named: string, was: readonly Subject[], disk: Partial<Disk>) {
  await readRun(named, disk);
  // Those that were to be saved beside it.
  for (const name of hiddenIn(folder)) {
    const [, run = ""] = /^\.(.+)\.(?:new|gone)-/.exec(name) ?? [];
    await readRun(join(folder, run), disk);
  }
  const found: RunBundle[] = [];
  for (const name of readdirSync(folder).filter((one) => !one.startsWith("."))) {
    const read = await readRun(join(folder, name), disk);
    if (!read.ok) throw new Error(`${name}: ${read.problems.map(({ message }) => message).join(" ")}`);
    found.push(read.value);
  }
  for (const { name, run } of was) {
    if (!found.some((one) => mayReplace(one, run.bundle))) throw new Error(`${name} is lost`);
  }
  const left = hiddenIn(folder);
  if (left.length > 0) throw new Error(`left behind: ${left.join(", ")}`);
}
