// Saves over another run that are killed: runs of one training that came differently far, and of another one.

import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Disk } from "@netwright/runtime/node";
import { runName } from "netwright";
import type { Harness } from "../harness.ts";
import type { Random } from "../random.ts";
import { killedAt, nextDisk } from "../support/broken-disk.ts";
import { notLost, put, type Subject, severalRuns } from "../support/several-runs.ts";
import { workplace } from "../support/workplace.ts";
import { tryCases } from "../try-cases.ts";

export const replacements: Harness = {
  name: "replacements",
  about: {
    promised:
      "A save over another run that is killed, comparisons included, loses nothing of what was there or of what another process saved meanwhile: of each training the run that came furthest is found, and nothing hidden stays.",
    tried:
      "Killed at a call of the disk, before or after it, of a save as the command does it, over a run that came less far, further or to its end, or of another training; half of the time another process has saved one there when it was about to be moved away. Then saved again.",
  },
  run: async (task) => {
    const { path, remove } = workplace();
    try {
      const subjects = await severalRuns(path);
      return await tryCases(task, (random) => killOver(join(path, "runs"), subjects, random));
    } finally {
      remove();
    }
  },
};

/** A save over another run is killed, and done again; another process may have saved one when it was about to move that. */
async function killOver(
  runs: string,
  subjects: readonly [Subject, ...Subject[]],
  random: Random,
): Promise<string> {
  const [there, fresh, other] = [random.pick(subjects), random.pick(subjects), random.pick(subjects)];
  const isMet = random.chance(0.5);
  const named = join(runs, random.chance(0.5) ? "run" : runName(fresh.run.bundle.record));
  const save = async (broken: Disk) => {
    rmSync(runs, { recursive: true, force: true });
    mkdirSync(runs);
    await put(named, there, nextDisk);
    let isPut = !isMet;
    const rename: Disk["rename"] = async (from, to) => {
      if (from === named && !isPut) {
        isPut = true;
        // It takes the save that is under way for one of a process that lives.
        await put(named, other, { ...nextDisk, lives: () => true });
      }
      await broken.rename(from, to);
    };
    const saved = put(named, fresh, { ...broken, rename });
    return { saved, was: () => (isMet && isPut ? [there, other] : [there]) };
  };
  const counting = killedAt(Number.POSITIVE_INFINITY, false);
  await (await save(counting.disk)).saved;
  const { disk, killed } = killedAt(1 + random.below(counting.calls.length), random.chance(0.5));
  const { saved, was } = await save(disk);
  await Promise.race([killed, saved]);
  await notLost(runs, named, was(), nextDisk);
  const written = await put(named, fresh, nextDisk);
  if (!written.ok) throw new Error(written.problems.map(({ message }) => message).join(" "));
  await notLost(runs, named, [...was(), fresh], nextDisk);
  return isMet ? "all three found" : "both found";
}
