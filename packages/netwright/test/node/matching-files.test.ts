// Patterns of a stranger: what they may go through, and what of it is opened.

import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "@jest/globals";
import { isTableThere, nodeFiles, openTable } from "netwright";
import { matchingFiles } from "../../src/node/matching-files.ts";

const top = mkdtempSync(join(tmpdir(), "netwright-patterns-"));
afterAll(() => rmSync(top, { recursive: true, force: true }));

const folder = join(top, "models");
for (const path of ["models/data", "models/links", "elsewhere"])
  mkdirSync(join(top, path), { recursive: true });
for (const path of ["models/data/a.csv", "models/data/b.csv", "elsewhere/c.csv"])
  writeFileSync(join(top, path), "i,x\n1,2\n");

const from = join(folder, "model.net");
const table = (pattern: string, folders: readonly string[] = [folder]) =>
  nodeFiles(folders).table(pattern, from);
const OUTSIDE = "it is outside of the folders from which files are opened";

test("files below a folder are opened, others where it is allowed", () => {
  expect(table("data/*.csv")).toMatchObject({ ok: true });
  for (const pattern of ["../elsewhere/*.csv", "/*/*", "../*/c.csv"])
    expect(table(pattern)).toMatchObject({ ok: false, reason: OUTSIDE });
  expect(table("../elsewhere/*.csv", [folder, join(top, "elsewhere")])).toMatchObject({ ok: true });
  // That somebody has named it on a command line is enough.
  expect(openTable(join(top, "elsewhere/*.csv"))).toMatchObject({ ok: true });
  expect(table("nowhere/*.csv")).toMatchObject({ ok: false, reason: "no file fits its name" });
  expect(isTableThere(join(folder, "data/*"), [folder])).toBe(true);
  expect(isTableThere(join(folder, "data/*.txt"), [folder])).toBe(false);
});

const links = process.platform === "win32" ? test.skip : test;

links("links do not lead outside, and circles come to an end", () => {
  symlinkSync("../../elsewhere/c.csv", join(folder, "links/c.csv"));
  symlinkSync("../../elsewhere", join(folder, "links/d"));
  for (const pattern of ["links/*.csv", "links/*/*.csv"])
    expect(table(pattern)).toMatchObject({
      ok: false,
      reason: "it is a link to what is outside of the folders from which files are opened",
    });
  for (let i = 0; i < 40; i++) symlinkSync(".", join(top, "elsewhere", `round${i}`));
  expect(() => matchingFiles(join(top, "elsewhere/*/*/*/*/*"))).toThrow(
    "its pattern fits more than 10,000 folders",
  );
});

links("what cannot be looked at is no error of ours", () => {
  expect(table("data/*/x")).toMatchObject({ ok: false, reason: "no file fits its name" });
  symlinkSync("itself", join(folder, "data/itself"));
  execFileSync("mkfifo", [join(folder, "data/pipe")]);
  expect(table("data/it*")).toMatchObject({ ok: false, reason: expect.stringContaining("ELOOP") });
  expect(table("data/pi*")).toMatchObject({ ok: false, reason: "no file fits its name" });
  expect(table("data/*\0")).toMatchObject({ ok: false });
});
