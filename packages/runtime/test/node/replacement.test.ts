// A replacement that is killed at each of its calls, or at which each of them fails: the old run or the new one is read
// afterwards, and the next command leaves nothing hidden behind.

import { mkdir, mkdtemp, readdir, readFile, rename, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeAll, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { bundleToFiles, filesToBundle, mayReplace, type RunFiles } from "@netwright/runtime";
import { type Boot, readRun, removeRun, THIS_DISK, writeRun, writeRunUnless } from "@netwright/runtime/node";
import { failingAt, killedAt, nextDisk } from "../../../../tools/torture/src/support/broken-disk.ts";
import { smallBundle } from "../fixtures/small-bundle.ts";

// Some hundreds of saves, which a busy disk takes its time for.
jest.setTimeout(60_000);

let root = "";
let [old, fresh]: RunFiles[] = [];
beforeAll(async () => {
  const [before, after] = [await smallBundle(3), await smallBundle()];
  old = bundleToFiles(before.bundle, before.variables);
  fresh = bundleToFiles(after.bundle, after.variables);
});
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "netwright-replacement-"));
});
afterEach(() => rm(root, { recursive: true, force: true }));

const run = () => join(root, "run");
const files = () => ({ old: old ?? new Map(), fresh: fresh ?? new Map() });

/** The status of the run that a command finds, or the codes of what it says. */
async function found(): Promise<string> {
  const read = await readRun(run(), nextDisk);
  return read.ok ? read.value.record.status : read.problems.map(({ code }) => code).join();
}

async function callsOf(hasOld: boolean): Promise<readonly string[]> {
  if (hasOld) await writeRun(run(), files().old, nextDisk);
  const { disk, calls } = killedAt(Number.POSITIVE_INFINITY, false);
  expect((await writeRun(run(), files().fresh, disk)).ok).toBe(true);
  await rm(run(), { recursive: true });
  return calls;
}

describe.each([
  ["over another run", true],
  ["where none was", false],
])("killed at a call, %s", (_, hasOld) => {
  test.each([false, true])("after it: %s", async (after) => {
    const calls = await callsOf(hasOld);
    expect(calls.length).toBeGreaterThan(20);
    const outcomes = new Set<string>();
    for (let number = 1; number <= calls.length; number++) {
      if (hasOld) await writeRun(run(), files().old, nextDisk);
      const { disk, killed } = killedAt(number, after);
      void writeRun(run(), files().fresh, disk);
      await killed;
      const name = `${calls[number - 1]}, call ${number}`;
      const outcome = await found();
      outcomes.add(outcome);
      expect([name, outcome]).toEqual([
        name,
        expect.stringMatching(hasOld ? /^(interrupted|completed)$/ : /^(NW0820|completed)$/),
      ]);
      // It has swept what lay beside.
      expect([name, (await readdir(root)).filter((entry) => entry.startsWith("."))]).toEqual([name, []]);
      expect([name, await found()]).toEqual([name, outcome]);
      await rm(run(), { recursive: true, force: true });
    }
    expect([...outcomes].sort()).toEqual(hasOld ? ["completed", "interrupted"] : ["NW0820", "completed"]);
  });
});

describe.each(["ENOSPC", "EIO", "EACCES", "EROFS"])("a call fails with %s", (code) => {
  test.each([true, false])("with another run there: %s", async (hasOld) => {
    const calls = await callsOf(hasOld);
    for (let number = 1; number <= calls.length; number++) {
      if (hasOld) await writeRun(run(), files().old, nextDisk);
      const { disk } = failingAt(number, code);
      const written = await writeRun(run(), files().fresh, disk);
      const name = `${calls[number - 1]}, call ${number}`;
      const outcome = await found();
      if (written.ok) expect([name, outcome]).toEqual([name, "completed"]);
      else {
        const [problem] = written.problems;
        expect(problem?.message).toContain(run());
        // Either nothing has changed, or the message says that it has.
        const isThere = problem?.message.includes("does not confirm") === true;
        expect([name, outcome]).toEqual([name, isThere ? "completed" : hasOld ? "interrupted" : "NW0820"]);
      }
      await rm(root, { recursive: true, force: true });
      await mkdir(root);
    }
  });
});

describe("what lies beside a run", () => {
  /** As a process leaves it that was killed between the two moves. */
  async function strand(name: string) {
    await writeRun(run(), files().old, nextDisk);
    const folder = join(root, name);
    await mkdir(folder);
    await rename(run(), join(folder, "old"));
    return folder;
  }

  test("of a process that lives is read and not touched", async () => {
    const folder = await strand(`.run.new-${process.pid}.abcdef-AbCd12`);
    expect(await found()).toBe("interrupted");
    await writeRun(join(root, "other"), files().old, nextDisk);
    expect(await readdir(folder)).toEqual(["old"]);
  });

  test.each([".run.new-1073741824.fedcba-AbCd12", ".run.new-AbCd12"])(
    "of a process that nobody can ask about is read, and put in order after a day: %s",
    async (name) => {
      const folder = await strand(name);
      expect(await found()).toBe("interrupted");
      expect(await readdir(root)).toEqual([name]);
      const before = new Date(Date.now() - 25 * 60 * 60 * 1000);
      await utimes(folder, before, before);
      expect(await found()).toBe("interrupted");
      expect(await readdir(root)).toEqual(["run"]);
    },
  );

  test("is left alone where the name means something else, or the place is taken by something else", async () => {
    const folder = await strand(".run.new-1073741824.abcdef-AbCd12");
    await mkdir(run());
    await writeFile(join(run(), "thesis.tex"), "all my work");
    await mkdir(join(root, ".mine.new-1073741824.abcdef-AbCd12"));
    await writeFile(join(root, ".mine.new-1073741824.abcdef-AbCd12", "notes"), "mine");
    // Saving any run of the folder looks after all that lies in it.
    await writeRun(join(root, "other"), files().old, nextDisk);
    expect(await readdir(folder)).toEqual(["old"]);
    expect(await readFile(join(run(), "thesis.tex"), "utf8")).toBe("all my work");
    expect(await readdir(join(root, ".mine.new-1073741824.abcdef-AbCd12"))).toEqual(["notes"]);
  });
});

describe("folders of others that are named alike", () => {
  const aDayAgo = new Date(Date.now() - 25 * 60 * 60 * 1000);

  test.each([
    [".vimrc.new-backup", "old/precious.txt"],
    [".vimrc.gone-backup", "run/precious.txt"],
    [".run.new-1073741824.abcdef-AbCd12", "old/precious.txt"],
    [".run.new-AbCd12", "whole/notes/record.json"],
    // Of a release that gave no owner, with something of a person's in it.
    [".run.new-AbCd12", "old/record.json", "old/precious.txt"],
    // A file where a run would have a folder.
    [".run.new-AbCd12", "old"],
  ])("stay as they are: %s with %s", async (name, ...inside) => {
    const folder = join(root, name);
    for (const file of inside) {
      await mkdir(join(folder, file, ".."), { recursive: true });
      await writeFile(join(folder, file), "all my work");
    }
    await utimes(folder, aDayAgo, aDayAgo);
    for (const mine of ["run", "vimrc"]) await readRun(join(root, mine), nextDisk);
    await writeRun(join(root, "other"), files().old, nextDisk);
    for (const file of inside) expect(await readFile(join(folder, file), "utf8")).toBe("all my work");
  });

  test.each([".vimrc.new-backup", ".vimrc.new-backup/old"])("stay where they are empty: %s", async (path) => {
    await mkdir(join(root, path), { recursive: true });
    await utimes(join(root, ".vimrc.new-backup"), aDayAgo, aDayAgo);
    await readRun(join(root, "vimrc"), nextDisk);
    expect(await readdir(root)).toEqual([".vimrc.new-backup"]);
  });
});

describe("a whole run beside the one that it was to replace", () => {
  const name = ".run.new-1073741824.abcdef-AbCd12";

  /** As a process leaves it that was killed before the first move. */
  async function strandWhole(savedAt: Date) {
    await writeRun(run(), files().fresh, nextDisk);
    await mkdir(join(root, name));
    await rename(run(), join(root, name, "whole"));
    await utimes(join(root, name, "whole", "record.json"), savedAt, savedAt);
    await writeRun(join(root, "beside"), files().old, { ...nextDisk, readdir: async () => [] });
    await rename(join(root, "beside"), run());
  }

  test("takes the place where it is newer", async () => {
    await strandWhole(new Date(Date.now() + 1000));
    expect(await found()).toBe("completed");
    expect(await readdir(root)).toEqual(["run"]);
  });

  test("is removed where it is older", async () => {
    await strandWhole(new Date(Date.now() - 60_000));
    expect(await found()).toBe("interrupted");
    expect(await readdir(root)).toEqual(["run"]);
  });

  test("stays where a person has put something into the place", async () => {
    await strandWhole(new Date(Date.now() + 1000));
    await writeFile(join(run(), "thesis.tex"), "all my work");
    await found();
    expect(await readFile(join(run(), "thesis.tex"), "utf8")).toBe("all my work");
    expect((await readdir(root)).sort()).toEqual([name, "run"]);
  });
});

test("what an earlier process with the number of this one left is put in order", async () => {
  const name = `.run.new-${process.pid}.abcdef-AbCd12`;
  await writeRun(run(), files().old, nextDisk);
  await mkdir(join(root, name));
  await rename(run(), join(root, name, "old"));
  const before = new Date(Date.now() - process.uptime() * 1000 - 5000);
  await utimes(join(root, name), before, before);
  expect(await found()).toBe("interrupted");
  expect(await readdir(root)).toEqual(["run"]);
});

test.each([".DS_Store", "desktop.ini", "Thumbs.db", "._record.json", "._.DS_Store"])(
  "what a system puts into the folder of a run is in nobody's way: %s",
  async (name) => {
    await writeRun(run(), files().old, nextDisk);
    await writeFile(join(run(), name), "how it is shown");
    expect(await writeRun(run(), files().fresh, nextDisk)).toMatchObject({ ok: true });
    expect(await found()).toBe("completed");
    await writeFile(join(run(), name), "how it is shown");
    await removeRun(run(), nextDisk);
    expect(await readdir(root)).toEqual([]);
  },
);

test("where neither run can take the place, it is said where both are", async () => {
  await writeRun(run(), files().old, nextDisk);
  const refused = async (from: string, to: string) => {
    if (to === run()) throw Object.assign(new Error("EIO: rename"), { code: "EIO", syscall: "rename" });
    await rename(from, to);
  };
  const written = await writeRun(run(), files().fresh, { ...nextDisk, rename: refused });
  const [hidden = ""] = (await readdir(root)).filter((entry) => entry.startsWith("."));
  const notes = written.ok ? [] : written.problems.flatMap((problem) => problem.notes ?? []);
  expect(notes.join("\n")).toContain(join(root, hidden));
  expect(notes.join("\n")).not.toContain("unchanged");
  const later = { ...nextDisk, lives: () => false };
  await readRun(run(), later);
  expect(await readdir(root)).toEqual(["run"]);
  expect(await found()).toBe("completed");
});

test("many that save the same run at a time all succeed, and one of them is there", async () => {
  const written = await Promise.all(Array.from({ length: 8 }, () => writeRun(run(), files().fresh)));
  expect(written.map(({ ok }) => ok)).toEqual(Array.from({ length: 8 }, () => true));
  expect(await found()).toBe("completed");
  expect(await readdir(root)).toEqual(["run"]);
});

test("whoever reads while others write always reads one run", async () => {
  await writeRun(run(), files().old, nextDisk);
  let isDone = false;
  const writing = (async () => {
    for (let i = 0; i < 40; i++) await writeRun(run(), i % 2 === 0 ? files().fresh : files().old);
    isDone = true;
  })();
  const outcomes = new Set<string>();
  while (!isDone) outcomes.add(await found());
  await writing;
  expect([...outcomes].sort()).toEqual(["completed", "interrupted"]);
});

describe("what is there and is worth more", () => {
  test("goes back once it is compared, and nothing is left of the other", async () => {
    await writeRun(run(), files().old, nextDisk);
    const seen: string[] = [];
    const written = await writeRunUnless(run(), files().fresh, async (path) => {
      const read = await readRun(path);
      seen.push(read.ok ? read.value.record.status : "none", String((await readdir(root)).includes("run")));
      return true;
    });
    expect(written).toEqual({ ok: true, value: null });
    // It is not in its place while it is compared, so nobody replaces it then.
    expect(seen).toEqual(["interrupted", "false"]);
    expect(await found()).toBe("interrupted");
    expect(await readdir(root)).toEqual(["run"]);
  });

  test("is kept where it cannot be compared", async () => {
    await writeRun(run(), files().old, nextDisk);
    const fails = () => Promise.reject(new Error("it cannot be read"));
    expect(await writeRunUnless(run(), files().fresh, fails)).toEqual({ ok: true, value: null });
    expect(await found()).toBe("interrupted");
  });

  test("stands beside what another process has put there meanwhile", async () => {
    await writeRun(run(), files().old, nextDisk);
    const written = await writeRunUnless(run(), files().fresh, async () => {
      await writeRun(run(), files().fresh);
      return true;
    });
    expect(written).toEqual({ ok: true, value: null });
    expect((await readdir(root)).sort()).toEqual(["run", "run-2"]);
    const beside = await readRun(join(root, "run-2"));
    expect([await found(), beside.ok && beside.value.record.status]).toEqual(["completed", "interrupted"]);
  });
});

describe("of two runs of one training the better one is found, whatever ends the process that compares them", () => {
  /** As a command decides it. */
  function keeps(files: RunFiles) {
    const fresh = filesToBundle(files);
    return async (path: string) => {
      const there = await readRun(path, nextDisk);
      return !there.ok || !fresh.ok || !mayReplace(fresh.value, there.value);
    };
  }

  const pairs = [
    ["an interrupted one over a whole one", () => [files().fresh, files().old], ["completed"]],
    ["a whole one over an interrupted one", () => [files().old, files().fresh], ["completed", "interrupted"]],
  ] as const;

  test.each(pairs)("killed inside the comparison: %s", async (_, of, _outcomes) => {
    const [there, put] = of();
    await writeRun(run(), there ?? new Map(), nextDisk);
    const { disk } = killedAt(Number.POSITIVE_INFINITY, false);
    const asked = new Promise<void>((resolve) => {
      void writeRunUnless(run(), put ?? new Map(), () => new Promise(() => resolve()), disk);
    });
    await asked;
    // The process is gone, and the run that it had moved away is where the next command looks for it.
    expect(await found()).toBe("completed");
    expect(await readdir(root)).toEqual(["run"]);
  });

  test.each(pairs)("killed at each call: %s", async (_, of, outcomes) => {
    const [there = new Map(), put = new Map()] = of();
    const counting = killedAt(Number.POSITIVE_INFINITY, false);
    await writeRun(run(), there, nextDisk);
    await writeRunUnless(run(), put, keeps(put), counting.disk);
    const seen = new Set<string>();
    for (const after of [false, true]) {
      for (let number = 1; number <= counting.calls.length; number++) {
        await rm(run(), { recursive: true, force: true });
        await writeRun(run(), there, nextDisk);
        const { disk, killed } = killedAt(number, after);
        void writeRunUnless(run(), put, keeps(put), disk);
        await killed;
        seen.add(await found());
        expect([number, await readdir(root)]).toEqual([number, ["run"]]);
      }
    }
    expect([...seen].sort()).toEqual(outcomes);
  });

  test("killed while one is compared that another process has put there meanwhile", async () => {
    await writeRun(run(), files().old, nextDisk);
    const { disk } = killedAt(Number.POSITIVE_INFINITY, false);
    let isPut = false;
    const rename: typeof disk.rename = async (from, to) => {
      if (to === run() && !isPut) {
        isPut = true;
        await writeRun(run(), files().fresh, { ...nextDisk, readdir: async () => [] });
      }
      await disk.rename(from, to);
    };
    let asked = 0;
    await new Promise<void>((resolve) => {
      const isKept = () => (++asked === 1 ? Promise.resolve(false) : new Promise<boolean>(() => resolve()));
      void writeRunUnless(run(), files().old, isKept, { ...disk, rename });
    });
    expect(asked).toBe(2);
    expect(await found()).toBe("completed");
    expect(await readdir(root)).toEqual(["run"]);
  });

  test("left by a release that had one name for all", async () => {
    const folder = join(root, ".run.new-1073741824.abcdef-AbCd12");
    await mkdir(folder);
    for (const [name, files_] of [
      ["old", files().fresh],
      ["whole", files().old],
    ] as const) {
      await writeRun(run(), files_, { ...nextDisk, readdir: async () => [] });
      await rename(run(), join(folder, name));
    }
    expect(await found()).toBe("completed");
    expect(await readdir(root)).toEqual(["run"]);
  });

  test("of two trainings both are found", async () => {
    const { bundle, variables } = await smallBundle();
    const { record } = bundle;
    const hash = { ...record.hash, run: "ff" };
    const other = bundleToFiles({ ...bundle, record: { ...record, hash } }, variables);
    await writeRun(run(), files().old, nextDisk);
    const { disk } = killedAt(Number.POSITIVE_INFINITY, false);
    await new Promise<void>((resolve) => {
      void writeRunUnless(run(), other, () => new Promise(() => resolve()), disk);
    });
    expect(await found()).toBe("interrupted");
    expect((await readdir(root)).sort()).toEqual(["run", "run-2"]);
    const beside = await readRun(join(root, "run-2"));
    expect(beside.ok && beside.value.record.status).toBe("completed");
  });
});

describe("a folder that a process of a machine of this name has left", () => {
  const bootOf = (id: string, atMs = 0): Boot => ({ id, atMs });
  const now = Date.now();
  test.each([
    ["of the same start, and the process is gone", bootOf("111111"), bootOf("111111"), false, true],
    ["of the same start, and the process lives", bootOf("111111"), bootOf("111111"), true, false],
    ["of another machine of that name", bootOf("222222"), bootOf("111111", now - 60_000), false, false],
    ["of an earlier start of this machine", bootOf("222222"), bootOf("111111", now + 60_000), true, true],
    ["of an older release", undefined, bootOf("111111"), false, true],
  ])("%s: it is removed or left", async (_, theirs, ours, lives, isRemoved) => {
    const of = (boot: Boot | undefined) => ({
      pid: 77,
      machine: "abcdef",
      ...(boot === undefined ? {} : { boot }),
    });
    let made = () => {};
    const killed = new Promise<void>((resolve) => {
      made = resolve;
    });
    const open: typeof THIS_DISK.open = () => {
      made();
      return new Promise(() => {});
    };
    void writeRun(run(), files().fresh, { ...THIS_DISK, owner: () => of(theirs), open });
    await killed;
    expect(await readdir(root)).toHaveLength(1);
    await readRun(run(), { ...THIS_DISK, owner: () => of(ours), lives: () => lives });
    expect(await readdir(root)).toHaveLength(isRemoved ? 0 : 1);
  });
});

describe("removing a run", () => {
  test("killed at each call: the run is there or nothing is, and nothing comes back", async () => {
    const { disk, calls } = killedAt(Number.POSITIVE_INFINITY, false);
    await writeRun(run(), files().old, nextDisk);
    await removeRun(run(), disk);
    expect(await readdir(root)).toEqual([]);
    for (let number = 1; number <= calls.length; number++) {
      await writeRun(run(), files().old, nextDisk);
      const killing = killedAt(number, true);
      void removeRun(run(), killing.disk);
      await killing.killed;
      expect([number, await found()]).toEqual([number, expect.stringMatching(/^(interrupted|NW0820)$/)]);
      expect((await readdir(root)).filter((entry) => entry.startsWith("."))).toEqual([]);
    }
  });

  test("what is no run stays", async () => {
    await mkdir(run());
    await writeFile(join(run(), "thesis.tex"), "all my work");
    await removeRun(run());
    expect(await readFile(join(run(), "thesis.tex"), "utf8")).toBe("all my work");
  });
});
