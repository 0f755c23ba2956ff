// Tables on a disk: packed, in other encodings, through a pipe; what cannot be read says why, as before anything is parsed.

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, test } from "@jest/globals";
import { allWords, header } from "@netwright/data";
import { nodeFiles, openProject, openTable, tableOf } from "netwright";
import { csv, source } from "../support.ts";

const folder = mkdtempSync(join(tmpdir(), "netwright-open-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const TEXT = `Größe,Ort\n${"1.5,Köln\n2.5,Ulm\n".repeat(30_000)}`;

function written(name: string, bytes: string | Uint8Array): string {
  const file = join(folder, name);
  writeFileSync(file, bytes);
  return file;
}

function read(file: string) {
  const opened = openTable(file);
  if (!opened.ok) throw new Error(opened.reason);
  expect(header(opened.table)).toEqual(["Größe", "Ort"]);
  const { columns, rows } = ok(tableOf(opened.table, "t.csv"));
  const [size, place] = columns;
  if (size?.kind !== "number" || place?.kind !== "text") throw new Error("another kind of column");
  return { rows, sizes: size.values.reduce((sum, x) => sum + x, 0), places: allWords(place).slice(-2) };
}

function ok<T>(result: { readonly ok: true; readonly value: T } | { readonly ok: false }): T {
  if (!result.ok) throw new Error(JSON.stringify(result));
  return result.value;
}

const expected = { rows: 60_000, sizes: 120_000, places: ["Köln", "Ulm"] };

describe("one table", () => {
  const utf16 = Buffer.from(`\ufeff${TEXT}`, "utf16le");
  test.each([
    ["UTF-8", TEXT],
    ["UTF-8 with a mark", `\ufeff${TEXT}`],
    ["gzip", gzipSync(TEXT)],
    ["UTF-16", utf16],
    ["UTF-16, the high byte first", Buffer.from(utf16).swap16()],
    ["UTF-16, packed by gzip", gzipSync(utf16)],
  ])("%s", (name, bytes) => {
    expect(read(written(`${name}.csv`, bytes))).toEqual(expected);
  });

  const posix = process.platform === "win32" ? test.skip : test;
  posix("not a pipe, which nobody may ever write to, nor a device, which may have no end", () => {
    const pipe = join(folder, "pipe");
    execFileSync("mkfifo", [pipe]);
    expect(openTable(pipe)).toMatchObject({
      ok: false,
      reason: "it is a pipe, and these are read with `-` from standard input alone",
    });
    symlinkSync("/dev/zero", join(folder, "zero.csv"));
    expect(openTable(join(folder, "zero.csv"))).toMatchObject({ ok: false, reason: "it is a device" });
    expect(openTable("/dev/zero")).toMatchObject({ ok: false, reason: "it is a device" });
  });
});

describe("what cannot be read", () => {
  const packed = gzipSync(TEXT);
  test.each([
    ["no file", () => join(folder, "absent.csv"), "there is no such file"],
    ["a directory", () => folder, "it is a directory"],
    [
      "a damaged archive",
      () =>
        written(
          "damaged.gz",
          Buffer.concat([packed.subarray(0, 50), Buffer.alloc(50, 7), packed.subarray(100)]),
        ),
      "it is packed by gzip, and damaged",
    ],
    [
      "half an archive",
      () => written("cut.gz", packed.subarray(0, packed.length / 2)),
      "it is packed by gzip, and cut short",
    ],
  ])("%s", (_, file, reason) => expect(openTable(file())).toMatchObject({ ok: false, reason }));
});

describe("a file that is gone, or fails, between opening and reading", () => {
  test("is a diagnostic, as one that was never there", () => {
    const file = written("gone.csv", TEXT);
    const opened = openTable(file);
    rmSync(file);
    if (!opened.ok) throw new Error(opened.reason);
    expect(tableOf(opened.table, "gone.csv")).toMatchObject({
      ok: false,
      diagnostics: [
        { code: "NW0610", message: "the data file `gone.csv` cannot be read: there is no such file" },
      ],
    });
  });

  test("is said at `source`, when the language asks for its columns and when its rows are read", () => {
    const net = join(folder, "line.net");
    const files = nodeFiles();
    const file = written("gone-too.csv", csv);
    expect(files.table("gone-too.csv", net).ok).toBe(true);
    rmSync(file);
    const text = source.replace(/source: *"[^"]*"/, 'source: "gone-too.csv"');
    const { diagnostics } = openProject({ file: net, text }, { files });
    expect(diagnostics).toMatchObject([{ code: "NW0610", span: { file: net } }]);
  });
});
