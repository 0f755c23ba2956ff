// A record that is written again and again: at whatever call of the disk a process is killed, or the disk fails, the record
// read is the old one or the new one.

import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "@jest/globals";
import { type Disk, readRecord, THIS_DISK, writeRecord } from "../../src/node/index.ts";

const folder = mkdtempSync(join(tmpdir(), "netwright-record-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Its call of that number and all behind it fail. */
function failing(from: number, error: () => Error) {
  let calls = 0;
  const counted =
    <A extends readonly unknown[], T>(call: (...args: A) => Promise<T>) =>
    async (...args: A): Promise<T> => {
      if (++calls >= from) throw error();
      return call(...args);
    };
  const disk: Partial<Disk> = {
    mkdir: counted(THIS_DISK.mkdir),
    readdir: counted(THIS_DISK.readdir),
    rm: counted(THIS_DISK.rm),
    rename: counted(THIS_DISK.rename),
    open: counted(async (path, flags) => {
      const file = await THIS_DISK.open(path, flags);
      return {
        writeFile: counted((bytes) => file.writeFile(bytes)),
        sync: counted(() => file.sync()),
        close: () => file.close(),
      };
    }),
    owner: { pid: 4_000_000, machine: "abcdef" },
    lives: () => false,
  };
  return { disk, calls: () => calls };
}

const full = () => Object.assign(new Error("no space"), { code: "ENOSPC", syscall: "write" });
const text = async (path: string) => {
  const read = await readRecord(path);
  return read.ok ? read.value : read.problems[0]?.code;
};

test("is in its place, in folders that are made", async () => {
  const path = join(folder, "a", "b", "study.json");
  expect(await text(path)).toBe("NW0820");
  expect((await writeRecord(path, "one")).ok).toBe(true);
  expect(await text(path)).toBe("one");
  expect((await writeRecord(path, "two")).ok).toBe(true);
  expect(await text(path)).toBe("two");
  expect(readdirSync(join(folder, "a", "b"))).toEqual(["study.json"]);
});

test("is the old or the new one wherever the disk fails, and the next write cleans up", async () => {
  const path = join(folder, "study.json");
  await writeRecord(path, "before");
  const counter = failing(Number.POSITIVE_INFINITY, full);
  await writeRecord(path, "before", counter.disk);
  expect(counter.calls()).toBeGreaterThan(4);
  for (let at = 1; at <= counter.calls(); at++) {
    const written = await writeRecord(path, `after ${at}`, failing(at, full).disk);
    expect(written.ok).toBe(false);
    if (!written.ok) expect(written.problems[0]?.code).toBe("NW0830");
    expect(["before", `after ${at}`]).toContain(await text(path));
    await writeRecord(path, "before");
    expect(readdirSync(folder).filter((name) => name.startsWith("study.json"))).toEqual(["study.json"]);
  }
});

test("leaves alone what a process that lives is writing", async () => {
  const path = join(folder, "other.json");
  const beside = `${path}.${process.ppid}.new`;
  writeFileSync(beside, "");
  await writeRecord(path, "one");
  expect(readdirSync(folder)).toContain(`other.json.${process.ppid}.new`);
  await writeRecord(path, "one", { lives: () => false });
  expect(readdirSync(folder)).not.toContain(`other.json.${process.ppid}.new`);
});
