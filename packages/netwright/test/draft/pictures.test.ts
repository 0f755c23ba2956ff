// Drafts of tables whose columns are the pixels of pictures.

import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { type ReadPictureFile, readCsv, type Table } from "@netwright/data";
import { encode } from "fast-png";
import { memoryFiles, openProject } from "netwright";
import { type DraftOptions, draftNet } from "../../src/draft/draft-net.ts";

function tableOf(text: string): Table {
  const result = readCsv(text, { name: "table.csv" });
  if ("problems" in result) throw new Error(JSON.stringify(result.problems));
  return result.table;
}

function drafted(text: string, options: Partial<DraftOptions> = {}) {
  const draft = draftNet(tableOf(text), { source: "table.csv", name: "pictures", ...options });
  if (!draft.ok) throw new Error(draft.problem);
  return draft;
}

function mistakesIn(text: string, table: string) {
  const files = memoryFiles(new Map([["table.csv", table]]));
  return openProject({ file: "table.net", text }, { files }).diagnostics;
}

const digits = readFileSync(new URL("../../../../examples/digits/digits.csv", import.meta.url), "utf8");

describe("the digits of the example", () => {
  const draft = drafted(digits);

  test("are pictures of classes, and have a convolutional network", () => {
    expect([draft.target, draft.task, draft.recipe, draft.features.length]).toEqual([
      "digit",
      "classes",
      "convolutional",
      64,
    ]);
    expect(draft.leftOut).toEqual([]);
    expect(draft.text).toContain("# Predicts digit from pictures of 8 x 8 pixels of table.csv, 1,797 rows.");
    expect(draft.text).toContain('    image: image(8, 8, columns: "p*", max: 16)  # 64 columns, p00 to p77');
    expect(draft.text).not.toContain("\n  scale:");
    expect(mistakesIn(draft.text, digits)).toEqual([]);
  });

  test("are numbers, or columns of their own, where that is asked for", () => {
    const numbers = drafted(digits, { task: "numbers" });
    expect(numbers.text).toContain("loss: huber");
    expect(mistakesIn(numbers.text, digits)).toEqual([]);
    expect(drafted(digits, { recipe: "plain" }).text).not.toContain("image(");
    expect(drafted(digits, { target: "p33" }).text).not.toContain("image(");
  });
});

/** Columns with the names and values of `brightAt`. */
function table(size: number, brightAt: (row: number, i: number) => number, beside = false): string {
  const names = Array.from({ length: size }, (_, i) => `v${i}`);
  const rows = Array.from({ length: 60 }, (_, row) =>
    [
      ...(beside ? [(row * 7.3) % 5] : []),
      ...names.map((_, i) => brightAt(row, i)),
      row % 2 === 0 ? "a" : "b",
    ].join(","),
  );
  return [[...(beside ? ["weight"] : []), ...names, "kind"].join(","), ...rows].join("\n");
}

/** A bright place that lies elsewhere in each row. */
const spot = (row: number, i: number) => {
  const [y, x] = [Math.floor(i / 8) - (row % 7), (i % 8) - ((row * 3) % 7)];
  return Math.max(0, 250 - 60 * (Math.abs(y) + Math.abs(x)));
};
const noise = (row: number, i: number) => ((row * 7919 + i * 104729 + row * i * 31) % 1009) % 251;

test.each([
  ["as many columns as no square has", table(63, spot)],
  ["a column beside them", table(64, spot, true)],
  ["columns that have nothing to do with their neighbours", table(64, noise)],
  ["numbers that no pixel has", table(64, (row, i) => 4 * spot(row, i))],
])("none: %s", (_, text) => {
  expect(drafted(text).text).not.toContain("image(");
  expect(drafted(table(64, spot)).text).toContain('image: image(8, 8, columns: "v*")');
});

describe("files that a column names", () => {
  const data = Uint8Array.from({ length: 12 * 8 }, (_, i) => i);
  const grey = encode({ width: 12, height: 8, data, depth: 8, channels: 1 });
  const rows = (f: (row: number) => string) => Array.from({ length: 30 }, (_, row) => f(row)).join("\n");
  const kind = (row: number) => (row % 2 === 0 ? "cat" : "dog");
  const read =
    (found: (path: string) => Uint8Array | undefined = () => grey): ReadPictureFile =>
    (path) => {
      const bytes = found(path);
      return bytes === undefined ? { ok: false, reason: "there is no such file" } : { ok: true, bytes };
    };
  const lineOf = (text: string, start: string) =>
    text.split("\n").find((line) => line.trim().startsWith(start));

  test("are images with a network of their own", () => {
    const draft = drafted(`id,photo,kind\n${rows((row) => `${row},photos/${row}.png,${kind(row)}`)}`, {
      picture: read(),
    });
    expect(draft).toMatchObject({
      recipe: "convolutional",
      features: ["photo"],
      from: "pictures of 8 x 12 pixels",
      leftOut: [{ column: "id", reason: "counts the rows" }],
    });
    expect(lineOf(draft.text, "photo:")).toBe("    photo: image(8, 12)  # grey; all are 8 x 12");
    expect(lineOf(draft.text, "features:")).toBe("  features: [photo]");
    expect(draft.text).not.toContain("parallel");
  });

  test("have a branch beside that of the other columns, and a quoted name where it needs one", () => {
    const draft = drafted(
      `My photo,area,breed,kind\n${rows((row) => `${row}.JPG,${row % 7},${"abc"[row % 3]},${kind(row)}`)}`,
      { picture: read() },
    );
    expect(draft.from).toBe("pictures of 8 x 12 pixels and 2 columns");
    expect(draft.text).toContain('      input("My photo")\n');
    expect(draft.text).toContain("    table { input(features) -> dense(64, relu) }\n  } -> concat\n");
    expect(lineOf(draft.text, "scale:")).toBe("  scale: zscore  # of numbers; the picture has its own");
  });

  test("may be missing in rows, which are dropped", () => {
    const cell = (row: number) => (row === 3 ? "" : row === 4 ? "NA" : `${row}.png`);
    const draft = drafted(`photo,kind\n${rows((row) => `${cell(row)},${kind(row)}`)}`, { picture: read() });
    expect(lineOf(draft.text, "photo:")).toMatch(
      /image\(8, 12, missing: drop\).*2 rows without one are not used$/,
    );
    expect(lineOf(draft.text, "missing_words:")).toContain('missing_words: ["NA"]');
  });

  test.each<[what: string, picture: ReadPictureFile, reason: RegExp]>([
    [
      "there",
      read((path) => (path === "5.png" || path === "9.png" ? undefined : grey)),
      /^names 30 files of pictures, of which 2 cannot be read, as `5\.png` in row 6 \(line 7\): there is no such file\. With these in place/,
    ],
    [
      "whole",
      read((path) => (path === "5.png" ? grey.subarray(0, 20) : grey)),
      /1 cannot be read, as `5\.png` in row 6 \(line 7\): it is a PNG file that is cut short\./,
    ],
    [
      "PNG or JPEG",
      read(() => new TextEncoder().encode("GIF89a")),
      /none of which can be read, as `0\.png` in row 1 \(line 2\): it is no file of PNG or JPEG, it is a picture \(GIF\)\./,
    ],
    [
      "files with a byte",
      read(() => new Uint8Array()),
      /none of which can be read, .*: it is no file of PNG or JPEG, it is empty\./,
    ],
  ])("leave the column out where not all are %s", (_, picture, reason) => {
    const text = `photo,area,kind\n${rows((row) => `${row}.png,${row % 7},${kind(row)}`)}`;
    const draft = drafted(text, { picture });
    expect(draft).toMatchObject({ features: ["area"], leftOut: [{ column: "photo" }] });
    expect(draft.leftOut[0]?.reason).toMatch(reason);
    // With nothing else the same stands in the refusal.
    const alone = draftNet(tableOf(`photo,kind\n${rows((row) => `${row}.png,${kind(row)}`)}`), {
      source: "table.csv",
      name: "pictures",
      picture,
    });
    expect(alone).toMatchObject({ ok: false, cause: "no-features" });
    const names = draftNet(tableOf(`photo\n${rows((row) => `${row}.png`)}`), {
      source: "table.csv",
      name: "pictures",
      picture,
    });
    expect(names).toMatchObject({ ok: false, cause: "no-features" });
  });

  test("of a second column, or beside a recipe that is asked for, are left out as such", () => {
    const text = `left,right,area,kind\n${rows((row) => `l${row}.png,r${row}.png,${row % 7},${kind(row)}`)}`;
    const { leftOut } = drafted(text, { picture: read() });
    expect(leftOut).toEqual([{ column: "right", reason: expect.stringContaining("one column of these") }]);
    expect(drafted(text, { picture: read(), recipe: "plain" }).leftOut.map(({ column }) => column)).toEqual([
      "right",
      "left",
    ]);
  });

  test("are words where one stands in all rows, most names are none of pictures, or nobody reads them", () => {
    const same = drafted(`icon,area,kind\n${rows((row) => `a.png,${row % 7},${kind(row)}`)}`, {
      picture: read(),
    });
    expect(same.leftOut).toEqual([{ column: "icon", reason: "the same in all rows" }]);
    const pages = (row: number) => ["a.html", "b.html", "c.html", "d.png", "e.png"][row % 5];
    const visited = drafted(`page,area,kind\n${rows((row) => `${pages(row)},${row % 7},${kind(row)}`)}`, {
      picture: read(),
    });
    expect(lineOf(visited.text, "page:")).toContain("category");
    const unread = drafted(`photo,area,kind\n${rows((row) => `p${row}.png,${row % 7},${kind(row)}`)}`);
    expect(unread.leftOut).toEqual([{ column: "photo", reason: "words, different in every row" }]);
  });
});
