// A record that is written again and again: at whatever call of the disk a process is killed, or the disk fails, the record
// read is the old one or the new one.

import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { type Disk, readRecord, THIS_DISK, writeRecord, writeRecordUnless } from "../../src/node/index.ts";

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
    owner: () => ({ pid: 4_000_000, machine: "abcdef" }),
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

describe("several processes that write one record, each only where it has come further", () => {
  const put = (path: string, count: number, host: Partial<Disk> = {}) =>
    writeRecordUnless(path, String(count), (there) => Number(there) > count, host);

  test("the furthest is there in the end, and nothing beside it", async () => {
    const place = join(folder, "many");
    const path = join(place, "study.json");
    const counts = Array.from({ length: 30 }, (_, i) => (i * 7) % 30);
    const written = await Promise.all(counts.map((count) => put(path, count)));
    expect(written.filter(({ ok }) => !ok)).toEqual([]);
    expect(await text(path)).toBe("29");
    expect(readdirSync(place)).toEqual(["study.json"]);
  });

  test.each(["on this machine", "on another"])(
    "one that was stopped between comparing and moving looks again: %s",
    async (where) => {
      const path = join(folder, `${where}.json`);
      await put(path, 1);
      let isStopped = false;
      const rename: Disk["rename"] = async (from, to) => {
        if (!isStopped) {
          isStopped = true;
          await put(path, 3);
        }
        await THIS_DISK.rename(from, to);
      };
      const owner = where === "on another" ? () => ({ pid: 77, machine: "abcdef" }) : THIS_DISK.owner;
      expect(await put(path, 2, { rename, owner })).toEqual({ ok: true, value: null });
      expect(await text(path)).toBe("3");
      expect(readdirSync(folder).filter((name) => name.endsWith(".new"))).toEqual([]);
    },
  );

  test("what is kept stays, bit for bit, and what cannot be read is not replaced", async () => {
    const path = join(folder, "kept.json");
    await put(path, 5);
    expect(await put(path, 4)).toEqual({ ok: true, value: null });
    expect(await text(path)).toBe("5");
    const readFile = () => Promise.reject(Object.assign(new Error("EIO: read"), { code: "EIO" }));
    expect(await put(path, 6, { readFile })).toMatchObject({ ok: false, problems: [{ code: "NW0833" }] });
    expect(await text(path)).toBe("5");
  });
});

test("a record that is in its place though the disk does not confirm it is not said to be missing", async () => {
  const path = join(folder, "unconfirmed.json");
  await writeRecord(path, "before");
  const open: Disk["open"] = async (place, flags) => {
    if (flags === "r") throw Object.assign(new Error("EIO: fsync"), { code: "EIO" });
    return THIS_DISK.open(place, flags);
  };
  const written = await writeRecord(path, "after", { open });
  expect(written).toMatchObject({
    ok: false,
    problems: [
      { code: "NW0833", message: `\`${path}\` is written, but the disk does not confirm it: EIO: fsync.` },
    ],
  });
  expect(await text(path)).toBe("after");
});
