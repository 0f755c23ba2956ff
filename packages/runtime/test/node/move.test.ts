// Moving into place where another program has a file open, as only Windows refuses it: the platform and its errors are
// handed in, the rest is a real file system.

import { renameSync } from "node:fs";
import { mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { writeRun } from "@netwright/runtime/node";
import { type MoveHost, type MoveSyncHost, move, moveSync } from "../../src/node/move.ts";

let root = "";
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "netwright-move-"));
});
afterEach(() => rm(root, { recursive: true, force: true }));

const errorOf = (code: string) => Object.assign(new Error(`${code}: rename`), { code, syscall: "rename" });

/** Refuses the moves for which `refuses` gives a code; counts from 1. */
function hostOf(platform: NodeJS.Platform, refuses: (attempt: number, to: string) => string | null) {
  const waits: number[] = [];
  let attempts = 0;
  const check = (to: string) => {
    attempts++;
    const code = refuses(attempts, to);
    if (code !== null) throw errorOf(code);
  };
  const host: MoveHost = {
    platform,
    rename: async (from, to) => {
      check(to);
      await rename(from, to);
    },
    wait: async (ms) => waits.push(ms),
  };
  const sync: MoveSyncHost = {
    platform,
    rename: (from, to) => {
      check(to);
      renameSync(from, to);
    },
    wait: (ms) => {
      waits.push(ms);
    },
  };
  return { host, sync, waits, attempts: () => attempts };
}

const kinds = {
  "a file, waiting": (from: string, to: string, { host }: ReturnType<typeof hostOf>) => move(from, to, host),
  "a file, stopping the thread": async (from: string, to: string, { sync }: ReturnType<typeof hostOf>) =>
    moveSync(from, to, sync),
};

describe.each(Object.entries(kinds))("%s", (_, moved) => {
  const places = async () => {
    const from = join(root, "new");
    await writeFile(from, "new");
    await writeFile(join(root, "old"), "old");
    return { from, to: join(root, "old") };
  };

  test.each(["EPERM", "EACCES", "EBUSY"])("is tried again on Windows after %s", async (code) => {
    const { from, to } = await places();
    const made = hostOf("win32", (attempt) => (attempt <= 3 ? code : null));
    await moved(from, to, made);
    expect(await readFile(to, "utf8")).toBe("new");
    expect(made.waits).toEqual([10, 20, 50]);
  });

  test("is given up after two seconds, with the error of the system", async () => {
    const { from, to } = await places();
    const made = hostOf("win32", () => "EBUSY");
    await expect(moved(from, to, made)).rejects.toMatchObject({ code: "EBUSY" });
    expect(made.waits.reduce((sum, ms) => sum + ms, 0)).toBe(2000);
    expect(made.attempts()).toBe(made.waits.length + 1);
    expect(await readFile(to, "utf8")).toBe("old");
  });

  test.each([
    ["win32", "ENOSPC"],
    ["win32", "EXDEV"],
    ["linux", "EPERM"],
    ["darwin", "EACCES"],
    ["linux", "EBUSY"],
  ] as const)("is not tried again on %s after %s", async (platform, code) => {
    const { from, to } = await places();
    const made = hostOf(platform, () => code);
    await expect(moved(from, to, made)).rejects.toMatchObject({ code });
    expect(made).toMatchObject({ waits: [] });
    expect(made.attempts()).toBe(1);
  });
});

describe("a run on Windows", () => {
  const files = (text: string) => new Map([["record.json", new TextEncoder().encode(text)]]);
  const saved = async () => {
    const directory = join(root, "run");
    await writeRun(directory, files("old"));
    return directory;
  };

  test("is saved once the other program lets go", async () => {
    const directory = await saved();
    const { host, waits } = hostOf("win32", (attempt) => (attempt % 2 === 1 ? "EPERM" : null));
    expect(await writeRun(directory, files("new"), host)).toEqual({ ok: true, value: directory });
    expect(await readFile(join(directory, "record.json"), "utf8")).toBe("new");
    // The new one whole, the old one away, the new one there.
    expect(waits).toEqual([10, 10, 10]);
    expect(await readdir(root)).toEqual(["run"]);
  });

  test.each([
    ["the old run cannot be moved away", (_: number, to: string) => to.endsWith("old")],
    ["the new one cannot take its place", (attempt: number) => attempt > 1 && attempt < 11],
  ])("%s: the problem says why, and the old run is whole", async (_, held) => {
    const directory = await saved();
    const { host } = hostOf("win32", (attempt, to) => (held(attempt, to) ? "EBUSY" : null));
    const result = await writeRun(directory, files("new"), host);
    expect(result).toMatchObject({
      ok: false,
      problems: [
        {
          code: "NW0833",
          message: expect.stringContaining("another program has it, or a file in it, open"),
          notes: [expect.stringContaining("--out"), expect.stringContaining("unchanged")],
        },
      ],
    });
    expect(await readFile(join(directory, "record.json"), "utf8")).toBe("old");
    expect(await readdir(root)).toEqual(["run"]);
  });

  test("elsewhere the same code is about permissions", async () => {
    const directory = await saved();
    const { host } = hostOf("linux", () => "EPERM");
    const result = await writeRun(directory, files("new"), host);
    expect(result).toMatchObject({ ok: false, problems: [{ code: "NW0831" }] });
    expect(await readFile(join(directory, "record.json"), "utf8")).toBe("old");
  });
});
