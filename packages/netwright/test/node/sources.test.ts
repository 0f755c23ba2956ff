// Tables of other formats, packed ones and several files, from the `.net` file to the trained model.

import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { allWords, whenLoaded } from "@netwright/data";
import { hashText } from "@netwright/runtime";
import { nodeFiles, openAnyProject, openTable, tableOf, train } from "netwright";
import { train as trainInPage } from "../../src/browser/index.ts";

const files = fileURLToPath(new URL("../../../data/test/formats/files/", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "netwright-sources-"));
const home = process.cwd();
beforeAll(() => process.chdir(folder));
afterAll(() => {
  process.chdir(home);
  rmSync(folder, { recursive: true, force: true });
});

function text(source: string, more = ""): string {
  return `netwright 1
data t { source: ${JSON.stringify(source)}, target: x, features: [i, w], columns { w: category } ${more} }
model { dense(2, tanh) -> dense(1) }
train { epochs: 2 }
`;
}

const ROWS = Array.from({ length: 50 }, (_, i) => ({ i, x: i / 7, w: `w${i % 5}` }));
const CSV = `i,x,w\n${ROWS.map(({ i, x, w }) => `${i},${x},${w}\n`).join("")}`;

async function weightsOf(source: string, options = {}) {
  const model = await train(text(source), options);
  const { hash } = model.record;
  await model.dispose();
  return { hash: hash.data, weights: hashText(JSON.stringify([...model.bundle.model.weights])) };
}

describe("the same rows give the same bits, whatever they are written in", () => {
  test("CSV, JSON lines, JSON, Parquet, several files, records", async () => {
    writeFileSync("t.csv", CSV);
    writeFileSync("t.jsonl", ROWS.map((row) => `${JSON.stringify(row)}\n`).join(""));
    writeFileSync("t.json", JSON.stringify(ROWS));
    copyFileSync(join(files, "codec-zstd.parquet"), "t.parquet");
    const lines = CSV.split("\n");
    writeFileSync("part2.csv", ["i,x,w", ...lines.slice(21)].join("\n"));
    writeFileSync("part1.csv", lines.slice(0, 21).join("\n"));
    const expected = await weightsOf("t.csv");
    for (const source of ["t.jsonl", "t.json", "t.parquet", "part*.csv"]) {
      expect(await weightsOf(source)).toEqual(expected);
    }
    expect(await weightsOf("nowhere", { data: ROWS })).toEqual(expected);
  });

  test("a page is handed their bytes", async () => {
    const bytes = new Uint8Array(readFileSync(join(files, "codec-zstd.parquet")));
    const model = await trainInPage(text("t.parquet"), { files: new Map([["t.parquet", bytes]]) });
    expect(model.record.hash.data).toBe((await weightsOf("t.csv")).hash);
    await model.dispose();
  });
});

describe("packed", () => {
  test.each(["small.csv", "small.csv.zst", "frames.csv.zst", "members.csv.gz"])("%s", async (name) => {
    const opened = await whenLoaded(() => openTable(join(files, name)));
    if (!opened.ok) throw new Error(opened.reason);
    const read = tableOf(opened.table, name);
    if (!read.ok) throw new Error(JSON.stringify(read.diagnostics));
    const word = read.value.columns[2];
    if (word?.kind !== "text") throw new Error("another kind of column");
    expect(allWords(word)).toEqual(["a", "b", "", "ä€😀", "a"]);
  });

  test("with a window of gigabytes, as damaged bytes may say", async () => {
    writeFileSync("wide.csv.zst", Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0x00, 0xa7, 1, 0, 0));
    const opened = await whenLoaded(() => openTable("wide.csv.zst"));
    expect(opened).toMatchObject({ ok: false, reason: expect.stringContaining("more than 128 MB") });
  });

  test("cut short", async () => {
    const opened = await whenLoaded(() => openTable(join(files, "cut.csv.zst")));
    expect(opened).toMatchObject({ ok: false, reason: "it is packed by zstd, and damaged or cut short" });
  });
});

test("a table in text is there at once", () => {
  writeFileSync("plain.csv", CSV);
  const opened = openTable("plain.csv");
  expect(opened.ok && tableOf(opened.table).ok).toBe(true);
});

async function complaints(source: string, more = ""): Promise<readonly string[]> {
  const { diagnostics } = await openAnyProject(
    { file: "t.net", text: text(source, more) },
    { files: nodeFiles() },
  );
  return diagnostics.map(({ code, message }) => `${code} ${message}`);
}

test("what is wrong is said at its place", async () => {
  copyFileSync(join(files, "codec-zstd.parquet"), "u.parquet");
  copyFileSync(join(files, "polars.parquet"), "u2.parquet");
  expect(await complaints("v*.csv")).toEqual([
    "NW0610 the data file `v*.csv` cannot be read: no file fits its name",
  ]);
  expect((await complaints("u*.parquet"))[0]).toContain(
    "NW0671 `u2.parquet` has other columns than `u.parquet`",
  );
  expect(await complaints("u.parquet", ', separator: ";", skip: 1')).toEqual([
    "NW0674 `separator` has no meaning for `u.parquet`, which is a Parquet file.",
    "NW0674 `skip` has no meaning for `u.parquet`, which is a Parquet file.",
  ]);
  writeFileSync("s.csv", CSV);
  expect(await complaints("s.csv", ', sheet: "one"')).toEqual([
    "NW0674 `sheet` has no meaning for `s.csv`, which is a table in text.",
  ]);
});

test("a sheet by its name", async () => {
  copyFileSync(join(files, "cells.xlsx"), "cells.xlsx");
  const source = `netwright 1
data t { source: "cells.xlsx", sheet: "second", target: b }
model { dense(1) }
`;
  const { diagnostics } = await openAnyProject({ file: "t.net", text: source }, { files: nodeFiles() });
  // One row is too few for a split: so it was read.
  expect(diagnostics.map(({ code }) => code)).toEqual(["NW0647"]);
});

test("a place in a table of several files names the file", async () => {
  writeFileSync("w1.csv", CSV);
  writeFileSync("w2.csv", "i,x,w\nhello,1,w1\n");
  expect((await complaints("w*.csv")).join()).toContain("line 2 of `w2.csv`");
});

test("a folder, and what is no pattern here, leads to one", async () => {
  mkdirSync("many", { recursive: true });
  const notesOf = async (source: string) => {
    const { diagnostics } = await openAnyProject(
      { file: "t.net", text: text(source) },
      { files: nodeFiles() },
    );
    return diagnostics.flatMap(({ code, notes }) => (code === "NW0610" ? notes : [])).join(" ");
  };
  expect(await notesOf("many/")).toMatch(/`"many\/\*\.csv"`.*`"many\/\*\/\*\.png"`/);
  expect(await notesOf("many/*.{csv,tsv}")).toMatch(/all else stands for itself/);
  expect(await notesOf("many/*.csv")).not.toMatch(/pattern/);
});
