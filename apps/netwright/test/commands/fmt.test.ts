import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { cli, lastLine } from "../support/cli.ts";
import { temporaryFolder } from "../support/project.ts";

const LOOSE = "netwright   1\r\nmodel{ input(8)->dense( 1 ) } # last\r\n";
const FORMED = "netwright 1\nmodel { input(8) -> dense(1) }  # last\n";
const BROKEN = "netwright 1\nmodel { dense(1 }\n";

function folderOf(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = temporaryFolder();
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(folder, name, ".."), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

test("of a folder all files below it, but hidden ones and packages; each once", async () => {
  const folder = folderOf({
    "a.net": LOOSE,
    "deep/er/b.net": LOOSE,
    "c.net": FORMED,
    "d.txt": LOOSE,
    ".hidden/e.net": LOOSE,
    "node_modules/f.net": LOOSE,
  });
  symlinkSync(folder, join(folder, "circle"));
  const [a, b] = [join(folder, "a.net"), join(folder, "deep/er/b.net")];
  const played = await cli(["fmt", folder, a]);
  expect(played).toMatchObject({ code: 0, stdout: `${a}\n${b}\n`, stderr: "2 files of 3 changed\n" });
  expect([a, b].map((file) => readFileSync(file, "utf8"))).toEqual([FORMED, FORMED]);
  for (const file of ["d.txt", ".hidden/e.net", "node_modules/f.net"])
    expect(readFileSync(join(folder, file), "utf8")).toBe(LOOSE);
  expect(await cli(["fmt", folder])).toMatchObject({ code: 0, stdout: "" });
});

test("--check lists and changes nothing", async () => {
  const folder = folderOf({ "a.net": LOOSE, "b.net": FORMED });
  const a = join(folder, "a.net");
  expect(await cli(["fmt", "--check", folder])).toMatchObject({ code: 1, stdout: `${a}\n` });
  expect(readFileSync(a, "utf8")).toBe(LOOSE);
  const json = await cli(["fmt", "--check", folder, "--format", "json"]);
  expect(lastLine(json)).toMatchObject({ files: 2, changed: [a] });
  expect(await cli(["fmt", "--check", join(folder, "b.net")])).toMatchObject({ code: 0, stdout: "" });
});

test("a file that cannot be read stays as it is, and the others are done", async () => {
  const latin = Uint8Array.from([...Buffer.from(FORMED), 0x23, 0xe4, 0x0a]);
  const folder = folderOf({ "a.net": BROKEN, "b.net": LOOSE, "c.net": latin, "d.net": "# \ufffd\n" });
  const played = await cli(["fmt", folder, join(folder, "none.net")]);
  expect(played.code).toBe(1);
  expect(played.stdout).toBe(`${join(folder, "b.net")}\n`);
  expect(played.stderr).toMatch(/a\.net:2:14 .*NW0108/);
  expect(played.stderr).toMatch(/NW0613 .*c\.net` cannot be read: it is not text in UTF-8/);
  expect(played.stderr).toMatch(/NW0613 .*none\.net` cannot be read/);
  expect(readFileSync(join(folder, "a.net"), "utf8")).toBe(BROKEN);
  expect(Uint8Array.from(readFileSync(join(folder, "c.net")))).toEqual(latin);
});

test("the mode of the file and a link to it stay, and nothing is left beside them", async () => {
  const folder = folderOf({ "real.net": LOOSE });
  chmodSync(join(folder, "real.net"), 0o640);
  symlinkSync(join(folder, "real.net"), join(folder, "link.net"));
  expect(await cli(["fmt", join(folder, "link.net")])).toMatchObject({ code: 0 });
  expect(readFileSync(join(folder, "real.net"), "utf8")).toBe(FORMED);
  expect(statSync(join(folder, "real.net")).mode & 0o777).toBe(0o640);
  expect(readdirSync(folder)).toEqual(["link.net", "real.net"]);
});

test("no file below a folder is a mistake", async () => {
  const folder = folderOf({ "a.txt": "" });
  const played = await cli(["fmt", folder]);
  expect(played.code).toBe(2);
  expect(played.stderr).toContain("there is no .net file below");
});

test("standard input to standard output; what cannot be read comes back", async () => {
  expect(await cli(["fmt", "-"], { stdin: LOOSE })).toMatchObject({ code: 0, stdout: FORMED, stderr: "" });
  expect(await cli(["fmt", "-", "--check"], { stdin: LOOSE })).toMatchObject({ code: 1, stdout: "" });
  expect(await cli(["fmt", "-", "--check"], { stdin: FORMED })).toMatchObject({ code: 0, stdout: "" });
  const broken = await cli(["fmt", "-"], { stdin: BROKEN });
  expect(broken).toMatchObject({ code: 1, stdout: BROKEN });
  expect(broken.stderr).toMatch(/standard input:2:14 .*NW0108/);
  expect(await cli(["fmt", "-", "."], { stdin: LOOSE })).toMatchObject({ code: 2, stdout: "" });
});

test("what is no text comes back as it is, but not to a terminal, which would do what stands in it", async () => {
  const bytes = Uint8Array.from([0x1b, 0x5b, 0x33, 0x31, 0x6d, 0xff, 0x0a]);
  async function* stdin(): AsyncGenerator<Uint8Array> {
    yield bytes;
  }
  const piped = await cli(["fmt", "-"], { stdin: stdin() });
  expect(piped).toMatchObject({ code: 1, stdout: expect.stringContaining("\x1b[31m") });
  const told = await cli(["fmt", "-"], { stdin: stdin(), columns: 80 });
  expect(told).toMatchObject({ code: 1, stdout: "" });
  expect(told.stderr).toContain("it is not text in UTF-8");
});
