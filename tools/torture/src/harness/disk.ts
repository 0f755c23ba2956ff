// Saves on a disk that fails once: each call of a save as the command does it, with each error.

import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Harness } from "../harness.ts";
import { failingAt, killedAt, nextDisk } from "../support/broken-disk.ts";
import { hiddenIn, notLost, put, type Subject, severalRuns } from "../support/several-runs.ts";
import { workplace } from "../support/workplace.ts";
import { tryCases } from "../try-cases.ts";

const CODES = ["ENOSPC", "EIO", "EACCES", "EROFS"] as const;

export const disk: Harness = {
  name: "disk",
  about: {
    promised:
      "Where a save fails, the run that was there before is whole, and the message says where and why; where it succeeds in spite of an error, both are found, as far as one is not a part of the other. Nothing else stays.",
    tried:
      "Every call of a save, over each of several runs and where none was, fails once with each of four errors: runs that came less far, further or to their end, and one of another training.",
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

/** A save, and how many calls it has. */
interface Save {
  readonly there: Subject | null;
  readonly fresh: Subject;
  readonly calls: number;
}

interface Scene {
  readonly runs: string;
  readonly saves: readonly Save[];
  /** Of all saves. */
  readonly calls: number;
}

async function prepare(path: string): Promise<Scene> {
  const subjects = await severalRuns(path);
  const runs = join(path, "runs");
  const saves: Save[] = [];
  for (const there of [...subjects, null]) {
    for (const fresh of subjects) {
      await begin(runs, there);
      const counting = killedAt(Number.POSITIVE_INFINITY, false);
      await put(join(runs, "run"), fresh, counting.disk);
      saves.push({ there, fresh, calls: counting.calls.length });
    }
  }
  return { runs, saves, calls: saves.reduce((sum, { calls }) => sum + calls, 0) };
}

/** Far from call to call, so that a few cases are of many saves; a prime, so that each comes. */
const STRIDE = 7919;

async function fail({ runs, saves, calls }: Scene, number: number): Promise<string> {
  const code = CODES[number % CODES.length] ?? "EIO";
  let call = (Math.floor(number / CODES.length) * STRIDE) % calls;
  const save = saves.find((one) => {
    if (call < one.calls) return true;
    call -= one.calls;
    return false;
  });
  if (save === undefined) throw new Error("there is no such call");
  const { there, fresh } = save;
  const run = join(runs, "run");
  await begin(runs, there);
  const failing = failingAt(1 + call, code);
  const written = await put(run, fresh, failing.disk);
  const problems = written.ok ? [] : written.problems;
  const said = problems.flatMap(({ message, notes }) => [message, ...notes]).join(" ");
  // What cannot be removed stays for the next command; anything else is said.
  const left = hiddenIn(runs).filter((name) => !said.includes(name));
  if (left.length > 0 && failing.calls[call] !== "rm") throw new Error(`left behind: ${left.join(", ")}`);
  const isThere = written.ok || said.includes("does not confirm");
  const was = [...(there === null ? [] : [there]), ...(isThere ? [fresh] : [])];
  await notLost(runs, run, was, nextDisk);
  if (written.ok) return "saved all the same";
  if (!said.includes(runs) || !said.includes(code)) throw new Error(`does not say where and why: ${said}`);
  if (isThere) return "saved, and said not to be confirmed";
  return there === null ? "refused, nothing there" : "refused, the old run whole";
}

async function begin(runs: string, there: Subject | null): Promise<void> {
  rmSync(runs, { recursive: true, force: true });
  mkdirSync(runs);
  if (there !== null) await put(join(runs, "run"), there, nextDisk);
}
