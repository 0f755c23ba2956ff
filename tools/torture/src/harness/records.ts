// The record of a study on a disk that fails once or under a process that is killed, while others write it, too.

import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type Disk, readRecord, writeRecordUnless } from "@netwright/runtime/node";
import type { Harness } from "../harness.ts";
import type { Random } from "../random.ts";
import { failingAt, killedAt, nextDisk } from "../support/broken-disk.ts";
import { workplace } from "../support/workplace.ts";
import { tryCases } from "../try-cases.ts";

const CODES = ["ENOSPC", "EIO", "EACCES", "EROFS"] as const;
const MOST = 6;

export const records: Harness = {
  name: "records",
  about: {
    promised:
      "The record of a study is whole at every moment and never loses a run that it had, whatever ends a process that writes it and whichever of several writes last; the next write leaves nothing beside it.",
    tried:
      "A call of a write fails with one of four errors, or ends the process, before or after it; half of the time another process has written between two of its calls.",
  },
  run: async (task) => {
    const { path, remove } = workplace();
    try {
      return await tryCases(task, (random) => write(join(path, "study"), random));
    } finally {
      remove();
    }
  },
};

async function write(folder: string, random: Random): Promise<string> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  const place = join(folder, "study.json");
  const [there, mine, others] = [random.below(MOST), random.below(MOST), random.below(MOST)];
  const hasThere = random.chance(0.8);
  if (hasThere) await put(place, there, nextDisk);
  const counting = killedAt(Number.POSITIVE_INFINITY, false);
  await put(join(folder, "..", "counted", "study.json"), mine, counting.disk);
  const number = 1 + random.below(counting.calls.length + 2);
  const isKill = random.chance(0.5);
  const code = random.pick(CODES);
  const killing = killedAt(number, random.chance(0.5));
  const broken = isKill ? killing : failingAt(number, code);
  const between = random.chance(0.5) ? random.below(counting.calls.length) : null;
  let isPut = false;
  const disk = meeting(broken.disk, async () => {
    if (between === null || isPut || broken.calls.length < between) return;
    isPut = true;
    await put(place, others, nextDisk);
  });
  const written = await Promise.race([put(place, mine, disk), ...(isKill ? [killing.killed] : [])]);
  const least = Math.max(hasThere ? there : -1, isPut ? others : -1);
  const read = await readRecord(place, nextDisk);
  if (!read.ok && least >= 0) throw new Error(`there is no record of ${least} runs`);
  const found = read.ok ? Number(read.value) : -1;
  if (!Number.isSafeInteger(found)) throw new Error("the record is not whole");
  if (found < least) throw new Error(`a record of ${found} runs has replaced one of ${least}`);
  if (typeof written === "object" && written.ok && found < mine)
    throw new Error(`said to be written, and ${found} runs of ${mine} are found`);
  await put(place, MOST, nextDisk);
  const left = readdirSync(folder).filter((name) => name !== "study.json");
  if (left.length > 0) throw new Error(`left behind: ${left.join(", ")}`);
  const beside = isPut ? ", another beside" : "";
  if (typeof written !== "object") return `killed${beside}`;
  return `${written.ok ? (written.value === null ? "kept" : "written") : "refused"}${beside}`;
}

/** A record of so many runs, which replaces none of more. */
function put(place: string, count: number, disk: Partial<Disk>) {
  return writeRecordUnless(place, String(count), (there) => Number(there) > count, disk);
}

/** The disk, on which something happens before a call that looks or moves. */
function meeting(disk: Disk, happen: () => Promise<void>): Disk {
  return {
    ...disk,
    readdir: async (path) => {
      await happen();
      return disk.readdir(path);
    },
    readFile: async (path, largest, judge) => {
      await happen();
      return disk.readFile(path, largest, judge);
    },
    rename: async (from, to) => {
      await happen();
      await disk.rename(from, to);
    },
  };
}
