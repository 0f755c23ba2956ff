import { execFileSync, spawn } from "node:child_process";
import {
  chmodSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join, relative } from "node:path";
import { text } from "node:stream/consumers";
import { describe, expect, test } from "@jest/globals";
import type { MoveSyncHost } from "@netwright/runtime/node";
import { writeOutput, writeOutputs } from "../../src/project/write-output.ts";
import { temporaryFolder } from "../support/project.ts";

const NEVER = { force: false, inputs: [] };
const FORCE = { force: true, inputs: [] };

function withFile(name = "old.txt"): { folder: string; old: string } {
  const folder = temporaryFolder();
  const old = join(folder, name);
  writeFileSync(old, "old");
  return { folder, old };
}

describe("what is there", () => {
  test("stays without force, by any of its names, and is replaced with it", () => {
    const { folder, old } = withFile();
    const link = join(folder, "link.txt");
    symlinkSync("old.txt", link);
    for (const path of [old, link, join(folder, ".", "x", "..", "old.txt"), relative(process.cwd(), old)]) {
      expect(writeOutput(path, "new", NEVER)).toMatchObject({
        code: "NW0902",
        message: expect.stringContaining("exists already and is left as it is"),
        notes: [expect.stringContaining("--force")],
      });
      expect(readFileSync(old, "utf8")).toBe("old");
    }
    expect(writeOutput(link, "new", FORCE)).toBeNull();
    expect(readFileSync(old, "utf8")).toBe("new");
    expect(readdirSync(folder).sort()).toEqual(["link.txt", "old.txt"]);
  });

  test("leaves its mode to what replaces it", () => {
    const { old } = withFile();
    chmodSync(old, 0o640);
    expect(writeOutput(old, "new", FORCE)).toBeNull();
    expect(statSync(old).mode & 0o777).toBe(0o640);
  });

  test("a link that leads nowhere is no place to write to, nor is a folder", () => {
    const folder = temporaryFolder();
    const link = join(folder, "link.txt");
    symlinkSync("nowhere.txt", link);
    for (const rule of [NEVER, FORCE]) {
      expect(writeOutput(link, "new", rule)?.message).toContain("a link that leads nowhere");
      expect(writeOutput(folder, "new", rule)?.message).toContain("it is a directory");
    }
    expect(readdirSync(folder)).toEqual(["link.txt"]);
  });
});

describe("an input", () => {
  test("is never replaced: itself, through links of both kinds, in other spellings, as an open descriptor", () => {
    const { folder, old } = withFile();
    const [soft, hard, chain] = ["soft", "hard", "chain"].map((name) => join(folder, name));
    symlinkSync(old, soft ?? "");
    linkSync(old, hard ?? "");
    symlinkSync("soft", chain ?? "");
    const names = [old, soft, hard, chain, `${folder}/./old.txt`, `${folder}//old.txt`].map(String);
    for (const output of names) {
      for (const input of names) {
        expect(writeOutput(output, "new", { force: true, inputs: [input] })).toMatchObject({
          code: "NW0902",
          message: expect.stringContaining("is what this command reads"),
        });
      }
    }
    expect(readFileSync(old, "utf8")).toBe("old");
    expect(readdirSync(folder)).toHaveLength(4);
  });

  test("is never replaced where a pattern names it; what no pattern fits is", () => {
    const { folder } = withFile("a.csv");
    writeFileSync(join(folder, "b.txt"), "old");
    mkdirSync(join(folder, "deep"));
    writeFileSync(join(folder, "deep", "c.csv"), "old");
    symlinkSync("deep/c.csv", join(folder, "link.txt"));
    const inputs = [join(folder, "*.csv"), join(folder, "d*", "?.csv")];
    for (const name of ["a.csv", "deep/c.csv", "link.txt"]) {
      expect(writeOutput(join(folder, name), "new", { force: true, inputs })?.message).toContain(
        "is what this command reads",
      );
    }
    expect(writeOutput(join(folder, "b.txt"), "new", { force: true, inputs })).toBeNull();
    expect(readFileSync(join(folder, "a.csv"), "utf8")).toBe("old");
  });

  test("that does not exist is no obstacle", () => {
    const folder = temporaryFolder();
    const inputs = [join(folder, "none"), "-"];
    expect(writeOutput(join(folder, "new"), "new", { force: false, inputs })).toBeNull();
  });
});

describe("all or nothing", () => {
  test("one file that is there keeps all of them from being written", () => {
    const { folder, old } = withFile("b");
    const files = ["a", "b", "c"].map((name) => ({ path: join(folder, name), content: name }));
    expect(writeOutputs(files, NEVER)).toHaveLength(1);
    expect(readdirSync(folder)).toEqual(["b"]);
    expect(readFileSync(old, "utf8")).toBe("old");
  });

  test("a place that cannot be written leaves none of the others, and no part of itself", () => {
    const folder = temporaryFolder();
    const files = ["a", "none/b", "c"].map((name) => ({ path: join(folder, name), content: name }));
    expect(writeOutputs(files, NEVER)[0]?.message).toContain("there is no directory");
    expect(readdirSync(folder)).toEqual([]);
  });

  test("what fails when it is moved takes back what was moved before", () => {
    const folder = temporaryFolder();
    const path = join(folder, "same");
    const files = [
      { path, content: "1" },
      { path, content: "2" },
    ];
    expect(writeOutputs(files, NEVER)[0]?.message).toContain("exists already");
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe("several files that are replaced", () => {
  /** Moves as many files as it is told to, and no others. */
  function failingAfter(moves: number, then = Number.POSITIVE_INFINITY): MoveSyncHost {
    let done = 0;
    const rename = (from: string, to: string) => {
      done++;
      if (done > moves && done <= moves + then)
        throw Object.assign(new Error("EIO"), { code: "EIO", syscall: "rename" });
      renameSync(from, to);
    };
    return { platform: "linux", rename, wait: () => {} };
  }

  function threeFiles() {
    const folder = temporaryFolder();
    for (const name of ["a", "b"]) writeFileSync(join(folder, name), `old ${name}`);
    const files = ["a", "new", "b"].map((name) => ({ path: join(folder, name), content: `new ${name}` }));
    const held = () => readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), "utf8")]);
    return { folder, files, held };
  }

  test("are, and nothing is left of what they were", () => {
    const { files, held } = threeFiles();
    expect(writeOutputs(files, FORCE)).toEqual([]);
    expect(held().sort()).toEqual([
      ["a", "new a"],
      ["b", "new b"],
      ["new", "new new"],
    ]);
  });

  test.each([0, 1, 2])("are as they were where one of them fails, after %d", (moves) => {
    const { files, held, folder } = threeFiles();
    linkSync(join(folder, "a"), join(folder, "twin"));
    expect(writeOutputs(files, FORCE, failingAfter(moves, 1))).toMatchObject([{ code: "NW0902" }]);
    expect(held().sort()).toEqual([
      ["a", "old a"],
      ["b", "old b"],
      ["twin", "old a"],
    ]);
    expect(statSync(join(folder, "a")).nlink).toBe(2);
  });

  test("one that cannot be put back lies beside the new one, and is named", () => {
    const { files, folder } = threeFiles();
    const [, told] = writeOutputs(files, FORCE, failingAfter(2));
    expect(told?.message).toContain("cannot be put back");
    const left = /`(.*)`/.exec(told?.notes[0] ?? "")?.[1] ?? "";
    expect(readFileSync(left, "utf8")).toBe("old a");
    expect(readdirSync(folder)).toHaveLength(3);
  });
});

describe("devices and pipes", () => {
  test("are written to as they are", async () => {
    expect(writeOutput("/dev/null", "new", NEVER)).toBeNull();
    const pipe = join(temporaryFolder(), "pipe");
    execFileSync("mkfifo", [pipe]);
    const reader = spawn("cat", [pipe]);
    expect(writeOutput(pipe, "through", NEVER)).toBeNull();
    expect(await text(reader.stdout)).toBe("through");
    expect(statSync(pipe).isFIFO()).toBe(true);
  });
});

test("a folder above that is no folder is said", () => {
  const { old } = withFile();
  expect(writeOutput(join(old, "x"), "new", NEVER)?.message).toContain("is not a directory");
});

describe("on Windows, while another program has the file open", () => {
  /** Refuses the first moves as Windows does. */
  function windows(refused: number, code: string) {
    const waits: number[] = [];
    let attempts = 0;
    const host: MoveSyncHost = {
      platform: "win32",
      rename: (from, to) => {
        attempts++;
        if (attempts <= refused) throw Object.assign(new Error(code), { code, syscall: "rename" });
        renameSync(from, to);
      },
      wait: (ms) => {
        waits.push(ms);
      },
    };
    return { host, waits };
  }

  test.each(["EPERM", "EACCES", "EBUSY"])("%s for a moment: it is waited for", (code) => {
    const { folder, old } = withFile();
    const { host, waits } = windows(2, code);
    expect(writeOutputs([{ path: old, content: "new" }], FORCE, host)).toEqual([]);
    expect(readFileSync(old, "utf8")).toBe("new");
    expect(waits).toHaveLength(2);
    expect(readdirSync(folder)).toEqual(["old.txt"]);
  });

  test("for long: the message says so, and the file is as it was", () => {
    const { folder, old } = withFile();
    const { host } = windows(100, "EBUSY");
    expect(writeOutputs([{ path: old, content: "new" }], FORCE, host)).toMatchObject([
      {
        code: "NW0902",
        message: expect.stringContaining("another program has it open"),
        notes: ["Close it there, or name another file with `--output`."],
      },
    ]);
    expect(readFileSync(old, "utf8")).toBe("old");
    expect(readdirSync(folder)).toEqual(["old.txt"]);
  });
});
