// Runs on a real file system: all or nothing, nothing of others lost, every failure with its reason.

import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, symlink, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { bundleToFiles, type Outcome } from "@netwright/runtime";
import { readRun, THIS_DISK, writeRun } from "@netwright/runtime/node";
import { smallBundle } from "../fixtures/small-bundle.ts";
import { mountSmallDisk } from "./full-disk.ts";

let root = "";
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "netwright-run-"));
});
afterEach(() => rm(root, { recursive: true, force: true }));

const files = (text: string) => new Map([["record.json", new TextEncoder().encode(text)]]);

function problemOf(result: Outcome<unknown>) {
  if (result.ok) throw new Error("it succeeded");
  expect(result.problems).toHaveLength(1);
  return result.problems[0];
}

describe("writeRun and readRun", () => {
  test("a run comes back as it was; directories above it are made", async () => {
    const { bundle, variables } = await smallBundle(3);
    const directory = join(root, "runs", "small-1a2b");
    expect(await writeRun(directory, bundleToFiles(bundle, variables))).toEqual({
      ok: true,
      value: directory,
    });
    expect(await readRun(directory)).toEqual({ ok: true, value: bundle });
    expect(await readdir(join(root, "runs"))).toEqual(["small-1a2b"]);
  });

  test("where no folder can be made, though the one above is there, that is said", async () => {
    const missing = join(root, "runs");
    let calls = 0;
    // As below `/proc`.
    const mkdir = async (path: string) => {
      if (path !== missing || ++calls > 9) return THIS_DISK.mkdir(path);
      throw Object.assign(new Error("no such file or directory"), { code: "ENOENT" });
    };
    const problem = problemOf(await writeRun(join(missing, "small-1a2b"), files("{}"), { mkdir }));
    expect(problem?.code).toBe("NW0833");
    expect(await readdir(root)).toEqual([]);
  });

  test("a run that is there is replaced as a whole", async () => {
    const interrupted = await smallBundle(3);
    const completed = await smallBundle();
    const directory = join(root, "run");
    await writeRun(directory, bundleToFiles(interrupted.bundle, interrupted.variables));
    await writeRun(directory, bundleToFiles(completed.bundle, completed.variables));
    // The checkpoint of the first one is gone.
    expect((await readdir(directory)).sort()).toEqual(["history.jsonl", "model.safetensors", "record.json"]);
    expect(await readRun(directory)).toEqual({ ok: true, value: completed.bundle });
    expect(await readdir(root)).toEqual(["run"]);
  });

  test("an empty directory is used", async () => {
    await mkdir(join(root, "run"));
    expect((await writeRun(join(root, "run"), files("1"))).ok).toBe(true);
    expect(await readdir(root)).toEqual(["run"]);
  });

  test("a directory with anything else in it is left alone", async () => {
    await writeFile(join(root, "record.json"), "{}");
    await writeFile(join(root, "thesis.tex"), "all my work");
    const problem = problemOf(await writeRun(root, files("1")));
    expect(problem).toMatchObject({ code: "NW0832" });
    expect(problem?.message).toContain("holds `thesis.tex`, which is not a file of a run");
    expect(await readFile(join(root, "thesis.tex"), "utf8")).toBe("all my work");
    expect(await readFile(join(root, "record.json"), "utf8")).toBe("{}");
  });

  test("a link is followed and stays a link", async () => {
    await mkdir(join(root, "real"));
    await symlink(join(root, "real"), join(root, "latest"));
    await writeRun(join(root, "latest"), files("1"));
    expect(await readFile(join(root, "real", "record.json"), "utf8")).toBe("1");
    expect(
      (await readdir(root, { withFileTypes: true })).find(({ name }) => name === "latest")?.isSymbolicLink(),
    ).toBe(true);
  });

  test.each(["run", "file/run"])("a file in the way of %s", async (name) => {
    await writeFile(join(root, name.split("/")[0] ?? ""), "mine");
    if (name === "file/run") await writeFile(join(root, "file"), "mine");
    expect(problemOf(await writeRun(join(root, name), files("1")))).toMatchObject({ code: "NW0832" });
    expect(await readFile(join(root, name.split("/")[0] ?? ""), "utf8")).toBe("mine");
    expect(await readdir(root)).toHaveLength(1);
  });

  test("a full disk: the problem says so, the old run is whole, nothing is left over", async () => {
    const disk = await mountSmallDisk(root);
    if (typeof disk === "string") {
      console.info(`Skipped the check on a full disk: ${disk}`);
      return;
    }
    try {
      const directory = join(disk.path, "run");
      expect((await writeRun(directory, files("old"))).ok).toBe(true);
      const large = new Map([...files("new"), ["model.safetensors", new Uint8Array(200_000)]]);
      const problem = problemOf(await writeRun(directory, large));
      expect(problem).toMatchObject({ code: "NW0830" });
      expect(problem?.notes[0]).toBe("Free some space, or save elsewhere with `--out`.");
      expect(await readFile(join(directory, "record.json"), "utf8")).toBe("old");
      expect(await readdir(disk.path)).toEqual(["run"]);
      expect(await readdir(directory)).toEqual(["record.json"]);
    } finally {
      await disk.release();
    }
  });

  test("a directory that may not be written", async () => {
    // An administrator may write everywhere but into the kernel's own file systems.
    const administrator = process.getuid?.() === 0;
    const parent = administrator ? "/sys" : join(root, "locked");
    if (administrator && !existsSync(parent)) {
      console.info("Skipped the check of permissions: run by an administrator without /sys.");
      return;
    }
    if (!administrator) {
      await mkdir(parent);
      await chmod(parent, 0o555);
    }
    expect(problemOf(await writeRun(join(parent, "run"), files("1")))).toMatchObject({ code: "NW0831" });
  });
});

describe("readRun says what is wrong", () => {
  test("no such directory, a file, an empty directory, another directory", async () => {
    await writeFile(join(root, "file"), "");
    await mkdir(join(root, "empty"));
    for (const name of ["absent", "file", "empty", ""]) {
      expect(problemOf(await readRun(join(root, name)))).toMatchObject({ code: "NW0820" });
    }
    expect(problemOf(await readRun(join(root, "file")))?.message).toContain("it is no directory");
    await writeFile(join(root, "model.net"), "netwright 1\n");
    const untrained = problemOf(await readRun(join(root, "model.net")));
    expect(untrained?.message).toContain("it is a file that has to be trained first");
    expect(untrained?.notes[0]).toContain("`netwright train ");
    expect(problemOf(await readRun(join(root, "file", "in")))?.message).toContain("no such directory");
  });

  test("the folder around the runs names them", async () => {
    const { bundle, variables } = await smallBundle();
    for (const name of ["b", "a"]) await writeRun(join(root, "runs", name), bundleToFiles(bundle, variables));
    await mkdir(join(root, "runs", "empty"));
    const [a, b] = [join(root, "runs", "a"), join(root, "runs", "b")];
    const problem = problemOf(await readRun(join(root, "runs")));
    expect(problem).toMatchObject({ code: "NW0820", notes: [`Name one of them: \`${a}\` or \`${b}\`.`] });
  });

  test("a file that is missing or damaged", async () => {
    const { bundle, variables } = await smallBundle();
    const directory = join(root, "run");
    await writeRun(directory, bundleToFiles(bundle, variables));
    await rm(join(directory, "history.jsonl"));
    expect(problemOf(await readRun(directory))).toMatchObject({ code: "NW0821" });
    await writeFile(join(directory, "history.jsonl"), "");
    const model = await readFile(join(directory, "model.safetensors"));
    await writeFile(join(directory, "model.safetensors"), model.subarray(0, 50));
    expect(problemOf(await readRun(directory))).toMatchObject({ code: "NW0822" });
  });

  test("a file that cannot be read", async () => {
    const directory = join(root, "run");
    await mkdir(join(directory, "record.json"), { recursive: true });
    const problem = problemOf(await readRun(directory));
    expect(problem).toMatchObject({ code: "NW0834" });
    expect(problem?.message).toContain("record.json");
  });

  test.each<[string, (path: string) => unknown, string]>([
    ["a pipe", (path) => execFileSync("mkfifo", [path]), "it is a pipe."],
    ["a device without an end", (path) => symlink("/dev/zero", path), "it is a device"],
    [
      "a file of any size",
      async (path) => {
        await writeFile(path, "{");
        await truncate(path, 2 ** 40);
      },
      "it has 1,099,511,627,776 bytes, and that of a run at most",
    ],
  ])("%s in the place of a file", async (_, make, why) => {
    if (process.platform === "win32") return;
    const { bundle, variables } = await smallBundle(3);
    for (const name of bundleToFiles(bundle, variables).keys()) {
      const directory = join(root, name);
      await writeRun(directory, bundleToFiles(bundle, variables));
      await rm(join(directory, name));
      await make(join(directory, name));
      const problem = problemOf(await readRun(directory));
      expect(problem).toMatchObject({ code: "NW0834" });
      expect(problem?.message).toContain(`\`${join(directory, name)}\` could not be read: ${why}`);
    }
  });
});

describe("what there is no memory for is a problem, and no exception", () => {
  const noMemory = () => Promise.reject(new RangeError("Array buffer allocation failed"));

  test("a file to write", async () => {
    const open: typeof THIS_DISK.open = async (path, flags) => {
      const file = await THIS_DISK.open(path, flags);
      return { writeFile: noMemory, sync: () => file.sync(), close: () => file.close() };
    };
    const directory = join(root, "run");
    expect(problemOf(await writeRun(directory, files("1"), { open }))).toMatchObject({
      code: "NW0833",
      message: `\`${directory}\` could not be saved: Array buffer allocation failed.`,
    });
    expect(await readdir(root)).toEqual([]);
  });

  test.each(["model.safetensors", "record.json", "history.jsonl"])("%s to read", async (name) => {
    const { bundle, variables } = await smallBundle();
    const directory = join(root, "run");
    await writeRun(directory, bundleToFiles(bundle, variables));
    const readFile: typeof THIS_DISK.readFile = (path, largest) =>
      path.endsWith(name) ? noMemory() : THIS_DISK.readFile(path, largest);
    expect(problemOf(await readRun(directory, { readFile }))).toMatchObject({
      code: "NW0834",
      message: `\`${join(directory, name)}\` could not be read: there is not memory enough for it.`,
    });
  });
});

test("the history of a million epochs is read", async () => {
  const { bundle, variables } = await smallBundle();
  const directory = join(root, "run");
  const written = bundleToFiles(bundle, variables);
  await writeRun(directory, written);
  // About as long as one; what stands there is not what the record describes.
  await truncate(join(directory, "history.jsonl"), 113_000_000);
  const read = await readRun(directory);
  expect(read.ok ? [] : read.problems.map(({ code }) => code)).toEqual(["NW0826"]);
});

describe("a file that is as large as any may be", () => {
  /** Most bytes that the process has had in memory. */
  const most = () => process.resourceUsage().maxRSS * 1024;

  test.each([
    ["a hole", new Uint8Array(0), "NW0823"],
    [
      "a header that tells of less",
      headerOf({ a: { dtype: "F32", shape: [1], data_offsets: [0, 4] } }),
      "NW0824",
    ],
    ["a header that is longer than any", Uint8Array.of(0, 0, 0, 0, 1, 0, 0, 0), "NW0823"],
  ])("is refused by its header: %s", async (_, start, code) => {
    const { bundle, variables } = await smallBundle();
    const directory = join(root, "run");
    await writeRun(directory, bundleToFiles(bundle, variables));
    const path = join(directory, "model.safetensors");
    await writeFile(path, start);
    await truncate(path, 2 ** 31 - 1);
    const before = most();
    expect(problemOf(await readRun(directory))).toMatchObject({ code });
    expect(most() - before).toBeLessThan(2 ** 30);
  });
});

function headerOf(entries: object): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify(entries).padEnd(72));
  const bytes = new Uint8Array(8 + json.length);
  bytes[0] = json.length;
  bytes.set(json, 8);
  return bytes;
}
