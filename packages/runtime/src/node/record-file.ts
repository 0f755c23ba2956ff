// One file that is written again and again, as a study goes on: whoever looks finds what was written last, whole, whatever
// ends the process.

import { basename, dirname, join } from "node:path";
import { fail, type Outcome, problem, succeed } from "../problem/problem.ts";
import { type Disk, THIS_DISK } from "./disk.ts";
import { makeDirectories, syncDirectory, writeDurably } from "./durable.ts";
import { isAbsent, readProblem, writeProblem } from "./file-errors.ts";
import { move } from "./move.ts";

/** Problems: NW0830 to NW0833. `host` are calls of another disk, for tests. */
export async function writeRecord(
  path: string,
  text: string,
  host: Partial<Disk> = {},
): Promise<Outcome<string>> {
  const disk: Disk = { ...THIS_DISK, ...host };
  // Of this process alone; what a killed one has left under the same number goes.
  const fresh = `${path}.${disk.owner.pid}.new`;
  try {
    await makeDirectories(dirname(path), disk);
    await removeOthers(path, disk);
    await writeDurably(fresh, new TextEncoder().encode(text), disk);
    await move(fresh, path, disk);
    await syncDirectory(dirname(path), disk);
    return succeed(path);
  } catch (error) {
    await disk.rm(fresh, { recursive: true, force: true }).catch(() => {});
    return fail(writeProblem(error, dirname(path)));
  }
}

/** What killed processes have left, and what this one has under a number that came again. */
async function removeOthers(path: string, disk: Disk): Promise<void> {
  const folder = dirname(path);
  for (const name of await disk.readdir(folder)) {
    const [, pid] = /\.(\d+)\.new$/.exec(name) ?? [];
    if (pid === undefined || name !== `${basename(path)}.${pid}.new`) continue;
    const found = await disk.stat(join(folder, name)).catch(() => null);
    const isOurs = Number(pid) === disk.owner.pid;
    if (isOurs || found === null || !disk.lives(Number(pid), found.mtimeMs))
      await disk.rm(join(folder, name), { recursive: true, force: true });
  }
}

const LARGEST = 2 ** 28;

/** Problems: NW0820 where nothing is at the path, NW0834. */
export async function readRecord(path: string, host: Partial<Disk> = {}): Promise<Outcome<string>> {
  const disk: Disk = { ...THIS_DISK, ...host };
  try {
    return succeed(new TextDecoder().decode(await disk.readFile(path, LARGEST)));
  } catch (error) {
    if (isAbsent(error)) return fail(problem("NW0820", `There is no \`${path}\`.`));
    return fail(readProblem(error, path));
  }
}
