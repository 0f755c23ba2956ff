// What commands open: a table that they are given may have any size, and is a file; what a `.net` file uses is a small
// file of its own folder, of the current one, or of one that is allowed. Nothing waits for ever.

import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { cli } from "../support/cli.ts";
import { toFormat1 } from "../support/format-1.ts";
import { SMALL, smallCsv, smallProject, temporaryFolder } from "../support/project.ts";
import { trainedRun } from "../support/trained-run.ts";

const posix = process.platform === "win32" ? describe.skip : describe;
const SECRET = "token_5f2c";
const BLOCKS = "netwright 1\nblock hidden(units) { dense(units, relu) }\n";

function using(path: string): string {
  return `netwright 1\nuse ${JSON.stringify(path)}\nmodel {\n  input(8)\n  dense(1)\n}\n`;
}

posix("a table that is no file is refused by every command that takes one", () => {
  const { folder, net, runs, write } = smallProject();
  const pipe = join(folder, "pipe.csv");
  const device = join(folder, "zero.csv");
  execFileSync("mkfifo", [pipe]);
  symlinkSync("/dev/zero", device);
  let run = "";
  beforeAll(async () => {
    run = await trainedRun({ net, runs });
  });

  test.each([
    ["data head", (table: string) => ["data", "head", table]],
    ["init", (table: string) => ["init", table]],
    ["evaluate", (table: string, run: string) => ["evaluate", run, "--data", table]],
    ["predict", (table: string, run: string) => ["predict", run, "--input", table]],
    ["check", (table: string) => ["check", write("other.net", SMALL.replace("small.csv", table))]],
    ["train", (table: string) => ["train", write("other.net", SMALL.replace("small.csv", table))]],
  ])("%s", async (_, argv) => {
    const piped = await cli(argv(pipe, run));
    expect(piped.code).toBe(1);
    expect(piped.stderr).toContain(
      "cannot be read: it is a pipe, and these are read with `-` from standard input alone",
    );
    const endless = await cli(argv(device, run));
    expect(endless.code).toBe(1);
    expect(endless.stderr).toContain("cannot be read: it is a device");
  });

  test("one that no memory would hold is refused before it is read, with the number", async () => {
    const huge = write("huge.csv", "a,b,y\n1,2,3\n");
    truncateSync(huge, 2 ** 43);
    for (const argv of [
      ["data", "head", huge],
      ["init", huge],
      ["check", write("huge.net", SMALL.replace("small.csv", huge))],
    ]) {
      const played = await cli(argv);
      expect(played.code).toBe(1);
      expect(played.stderr).toMatch(
        /NW0610 [\s\S]*it has 8800 GB,\s+its\s+columns\s+take\s+about\s+as\s+much\s+memory,\s+and\s+there\s+are\s+[\d.]+\s+GB/,
      );
    }
  });

  test("from standard input it is read", async () => {
    expect((await cli(["data", "head", "-"], { stdin: smallCsv() })).stdout).toContain(
      "standard input: 60 rows",
    );
  });
});

posix("`use`", () => {
  const top = temporaryFolder();
  const folder = join(top, "models");
  mkdirSync(folder);
  mkdirSync(join(top, "shared"));
  writeFileSync(join(top, "shared/blocks.net"), BLOCKS);
  writeFileSync(join(top, "secret.net"), `netwright 1\n${SECRET} = 1\n`);
  writeFileSync(join(folder, "notes.txt"), `${SECRET}\n`);
  writeFileSync(join(folder, "blocks.net"), BLOCKS);
  symlinkSync("../secret.net", join(folder, "link.net"));
  symlinkSync("blocks.net", join(folder, "alias.net"));
  execFileSync("mkfifo", [join(folder, "pipe.net")]);
  const net = (path: string) => {
    const file = join(folder, "model.net");
    writeFileSync(file, using(path));
    return file;
  };

  test.each([
    ["pipe.net", "it is a pipe"],
    ["/dev/zero", "it is outside of the folders"],
    ["/etc/passwd", "it is outside of the folders"],
    ["link.net", "it is a link to what is outside"],
    ["../secret.net", "it is outside of the folders"],
    ["notes.txt", "it is no `.net` file"],
    ["none.net", "there is no such file"],
  ])("%s is refused at its place", async (path, reason) => {
    for (const command of ["check", "explain", "ir", "train"]) {
      const { code, stderr, stdout } = await cli([command, net(path)]);
      expect(code).toBe(1);
      expect(stderr).toContain("model.net:2:5  error NW0213");
      expect(stderr).toContain(reason);
      expect(stderr + stdout).not.toContain(SECRET);
    }
  });

  test("files of the folder are used, also through a link in it; of another where it is allowed", async () => {
    for (const path of ["blocks.net", "alias.net"]) expect((await cli(["explain", net(path)])).code).toBe(0);
    const elsewhere = net("../shared/blocks.net");
    expect((await cli(["explain", elsewhere])).code).toBe(1);
    for (const command of ["explain", "ir"]) {
      expect((await cli([command, elsewhere, "--allow", join(top, "shared")])).code).toBe(0);
    }
    expect((await cli(["diff", elsewhere, elsewhere, "--allow", join(top, "shared")])).code).toBe(0);
    // The current folder is the user's own choice.
    const home = process.cwd();
    process.chdir(top);
    try {
      expect((await cli(["explain", "models/model.net"])).code).toBe(0);
    } finally {
      process.chdir(home);
    }
  });

  test("the run that training begins with is opened elsewhere, and what is beside it is not used", async () => {
    const run = await trainedRun(smallProject());
    const beside = join(run, "..", "blocks.net");
    writeFileSync(beside, BLOCKS);
    const { runs, write } = smallProject();
    const common = ["--backend", "reference", "--epochs", "1", "--out", runs, "--from", run];
    const plain = await cli(["train", write("plain.net", SMALL), ...common]);
    expect(plain.code).toBe(0);
    expect(plain.stderr + plain.stdout).toContain("Beginning with the weights");
    for (const more of [[], ["--seeds", "2"]]) {
      const text = SMALL.replace("netwright 1", `netwright 1\nuse ${JSON.stringify(beside)}`);
      const using = await cli(["train", write("using.net", text), ...common, ...more]);
      expect([using.code, using.stderr]).toEqual([1, expect.stringContaining("error NW0213")]);
    }
    expect((await cli(["train", write("plain.net", SMALL), ...common, "--seeds", "2"])).code).toBe(0);
  });

  test("a run opens no text but its own", async () => {
    const { net: file, runs } = smallProject();
    const common = ["--backend", "reference", "--format", "json"];
    const trained = await cli(["train", file, ...common, "--out", runs], {
      interrupt: { at: /epoch +3\/10/, after: [0] },
    });
    expect(trained.code).toBe(130);
    const run = join(runs, readdirSync(runs)[0] ?? "");
    const text = SMALL.replace("netwright 1", 'netwright 1\nuse "secret.net"');
    toFormat1(run, {
      metadata: (all) => ({
        ...all,
        "netwright.sources": JSON.stringify([{ path: join(top, "stranger.net"), text }]),
      }),
    });
    for (const argv of [
      ["train", "--resume", run],
      ["evaluate", run],
    ]) {
      const { code, stderr, stdout } = await cli(argv);
      expect(code).toBe(1);
      expect(stderr).toContain("the run does not hold it");
      expect(stderr + stdout).not.toContain(SECRET);
    }
  });

  test("a device or a folder in the place of the file itself is refused", async () => {
    expect((await cli(["check", "/dev/zero"])).stderr).toContain("it is a device");
    expect((await cli(["check", folder])).stderr).toContain("it is a directory");
  });
});
