// One file that is written again and again, as a study goes on: whoever looks finds what was written last, whole, whatever
// ends the process. Several processes may write it at a time, and each replaces what it has compared with its own: a writer
// takes away what others have beside the file before it looks, so that of those that look at a time only the last one can move
// its text into the place, and the others look again.

import { randomBytes } from "node:crypto";
import { basename, dirname, join } from "node:path";
import { fail, type Outcome, problem, succeed } from "../problem/problem.ts";
import { codeOf } from "../problem/thrown.ts";
import { type Disk, THIS_DISK } from "./disk.ts";
import { makeDirectories, syncDirectory, writeDurably } from "./durable.ts";
import { isAbsent, readProblem, unconfirmedRecordProblem, writeProblem } from "./file-errors.ts";
import { ownerMark } from "./machine.ts";
import { move } from "./move.ts";

/** Gives the path. Problems: NW0830 to NW0833. `host` are calls of another disk, for tests. */
export async function writeRecord(
  path: string,
  text: string,
  host: Partial<Disk> = {},
): Promise<Outcome<string>> {
  const written = await writeRecordUnless(path, text, () => false, host);
  return written.ok ? succeed(path) : written;
}

/** The same, unless `isKept` says of the text that is there, if any is, that it stays: then null is given. */
export async function writeRecordUnless(
  path: string,
  text: string,
  isKept: (there: string) => boolean,
  host: Partial<Disk> = {},
): Promise<Outcome<string | null>> {
  const disk: Disk = { ...THIS_DISK, ...host };
  const fresh = `${path}.${ownerMark(disk.owner())}-${randomBytes(3).toString("hex")}.new`;
  let isPlaced = false;
  try {
    await makeDirectories(dirname(path), disk);
    for (let attempt = 1; ; attempt++) {
      await writeDurably(fresh, new TextEncoder().encode(text), disk);
      await removeOthers(path, fresh, disk);
      const there = await textAt(path, disk);
      if (there !== null && isKept(there)) {
        await disk.rm(fresh, { recursive: true, force: true });
        return succeed(null);
      }
      try {
        await move(fresh, path, disk);
        break;
      } catch (error) {
        // Another process has taken it away, and is about to put its own there.
        if (codeOf(error) !== "ENOENT" || attempt === ATTEMPTS) throw error;
        await makeDirectories(dirname(path), disk);
        await disk.wait(attempt * Math.random() * WAIT_MS);
      }
    }
    isPlaced = true;
    await syncDirectory(dirname(path), disk);
    return succeed(path);
  } catch (error) {
    await disk.rm(fresh, { recursive: true, force: true }).catch(() => {});
    return fail(isPlaced ? unconfirmedRecordProblem(error, path) : writeProblem(error, dirname(path)));
  }
}

/** Of processes that write at a time, the one that comes last of all is done first. */
const ATTEMPTS = 50;
const WAIT_MS = 5;

/** With an owner, and as releases up to 0.1 named it: those look at nothing, and write no second time. */
const BESIDE = /^\.(\d+)(\.[0-9a-f]{6,12}-[0-9a-f]{6})?\.new$/;

/** What others are about to put there, and what killed ones have left. */
async function removeOthers(path: string, own: string, disk: Disk): Promise<void> {
  const [folder, name] = [dirname(path), basename(path)];
  for (const entry of await disk.readdir(folder)) {
    if (!entry.startsWith(name) || entry === basename(own)) continue;
    const [, pid, owner] = BESIDE.exec(entry.slice(name.length)) ?? [];
    if (pid === undefined) continue;
    const place = join(folder, entry);
    if (owner === undefined) {
      const found = await disk.stat(place).catch(() => null);
      const isOurs = Number(pid) === disk.owner().pid;
      if (!isOurs && found !== null && disk.lives(Number(pid), found.mtimeMs)) continue;
    }
    await disk.rm(place, { recursive: true, force: true });
  }
}

const LARGEST = 2 ** 28;

async function textAt(path: string, disk: Disk): Promise<string | null> {
  try {
    return new TextDecoder().decode(await disk.readFile(path, LARGEST));
  } catch (error) {
    if (isAbsent(error)) return null;
    throw error;
  }
}

/** Problems: NW0820 where nothing is at the path, NW0834. */
export async function readRecord(path: string, host: Partial<Disk> = {}): Promise<Outcome<string>> {
  const disk: Disk = { ...THIS_DISK, ...host };
  try {
    const text = await textAt(path, disk);
    return text === null ? fail(problem("NW0820", `There is no \`${path}\`.`)) : succeed(text);
  } catch (error) {
    return fail(readProblem(error, path));
  }
}
