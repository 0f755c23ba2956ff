// Files of pictures as tables, in folders and alone; cells that hold pictures as inputs of a network.

import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "@jest/globals";
import {
  encodeInput,
  inputsOf,
  prepare,
  readEncoders,
  readTable,
  summarize,
  type TableFile,
  whenLoaded,
  withPictureFiles,
  writeEncoders,
} from "../../src/index.ts";
import { pixelsOf } from "../../src/pictures/pixels-of.ts";
import { described, opened, planOf, prepared, problemsOf, table } from "../support.ts";

const bytesOf = (name: string) => new Uint8Array(readFileSync(new URL(`./files/${name}`, import.meta.url)));
const file = (shortName: string, from: string): TableFile => ({
  name: `marks/${shortName}`,
  shortName,
  input: bytesOf(from),
});
const files = [file("high/a.png", "grey.png"), file("high/b.jpg", "grey.jpg"), file("low/c.png", "rgb.png")];

async function read(given: readonly TableFile[], more: Partial<Parameters<typeof readTable>[1]> = {}) {
  const options = { name: "marks/*/*", folderColumn: "mark", ...more };
  return whenLoaded(() => readTable({ files: given }, options));
}

async function marks(given = files) {
  const result = await read(given);
  if ("problems" in result) throw new Error(JSON.stringify(result.problems));
  return result.table;
}

const columns = { image: described("image", { height: 3, width: 4 }) };
const plan = planOf({ target: ["mark"], predicts: "class", columns });

describe("a pattern of pictures", () => {
  test.each(["", "hello", "a,b\n1,2\n"])(
    "with a file that is none, %j, says which, wherever it stands",
    async (text) => {
      const none = {
        name: "marks/high/b2.png",
        shortName: "high/b2.png",
        input: new TextEncoder().encode(text),
      };
      for (const place of [0, 1, 3]) {
        const given = [...files.slice(0, place), none, ...files.slice(place)];
        expect(await read(given)).toMatchObject({
          problems: [
            { code: "NW0642", message: expect.stringContaining("`marks/high/b2.png` is no picture") },
          ],
        });
      }
      expect(await whenLoaded(() => readTable(none.input, { name: none.name }))).toMatchObject({
        problems: [{ code: "NW0642" }],
      });
    },
  );

  test("names the ending for a file that is called otherwise, and for no other", async () => {
    const notesOf = async (name: string, pattern = "marks/*/*") => {
      const none = { name, input: new TextEncoder().encode("hello") };
      const result = await read([...files, none], { name: pattern });
      return "problems" in result ? result.problems.flatMap(({ notes }) => notes) : [];
    };
    expect(await notesOf("marks/high/notes.txt")).toEqual([
      'Take it out of the folder, or name an ending, as `"marks/*/*.png"`.',
    ]);
    expect(await notesOf("notes.txt", "*")).toEqual([
      'Take it out of the folder, or name an ending, as `"*.png"`.',
    ]);
    expect(await notesOf("marks/high/b2.png")).toEqual(["Save it again, or take it out of the folder."]);
  });

  test("is a row for each, with its folder", async () => {
    const { rows, columns: found } = await marks();
    expect(rows).toBe(3);
    expect(found.map(({ name }) => name)).toEqual(["image", "mark"]);
    expect(found[1]).toMatchObject({ kind: "text", words: ["high", "low"], codes: Int32Array.of(0, 0, 1) });
    const summary = summarize(await marks());
    expect(summary.head).toEqual([
      ["a PNG file of 74 bytes", "high"],
      ["a JPEG file of 373 bytes", "high"],
      ["a PNG file of 126 bytes", "low"],
    ]);
  });

  test("needs a folder for each, but where a model predicts", async () => {
    const flat = [{ ...file("a.png", "grey.png") }];
    expect(await read(flat)).toMatchObject({ problems: [{ code: "NW0643", setting: "folder_column" }] });
    expect(await read(flat, { anySheet: true })).toMatchObject({ table: { rows: 1 } });
    expect(await read(files, { folderColumn: "image" })).toMatchObject({
      problems: [{ code: "NW0622", setting: "folder_column" }],
    });
  });

  test("becomes an input of the size that is asked for", async () => {
    const given = await marks();
    const found = await whenLoaded(() => prepare(given, plan));
    if ("problems" in found) throw new Error(JSON.stringify(found.problems));
    const { encoders, splits } = found.prepared;
    expect(inputsOf(encoders.features).map(({ name, type }) => [name, type.shape])).toEqual([
      ["image", [3, 4, 1]],
    ]);
    const [input] = splits.train.others ?? [];
    const wanted = { height: 3, width: 4, channels: 1, ground: "white" } as const;
    const expected = ["grey.png", "grey.jpg", "rgb.png"].flatMap((name) => {
      const pixels = pixelsOf(bytesOf(name), wanted);
      return "says" in pixels ? [] : [...pixels].map((x) => Math.fround(x / 255));
    });
    expect([...(input?.data ?? [])]).toEqual(expected);
  });

  test("that has a broken one says which", async () => {
    const broken = { ...file("low/d.png", "rgb.png"), input: bytesOf("rgb.png").slice(0, 60) };
    const given = await marks([...files, broken]);
    const problems = problemsOf(await whenLoaded(() => prepare(given, plan)));
    expect(problems).toMatchObject([{ code: "NW0642", row: 4, setting: "columns.image" }]);
    expect(problems[0]?.message).toContain(
      "(row 1 of `marks/low/d.png`) of `marks/*/*`, column `image` is a PNG file that is damaged",
    );
  });
});

describe("cells that hold a picture", () => {
  const lists = table('picture,y\n"[0, 51, 255, 102]",1\n"0 0 0 0",2\n');
  const ofLists = { picture: described("image", { height: 2, width: 2 }) };
  beforeAll(() =>
    whenLoaded(() => pixelsOf(bytesOf("rgb.png"), { height: 2, width: 2, channels: 1, ground: "white" })),
  );

  test("may be lists of numbers", () => {
    const { encoders, splits } = prepared(lists, { columns: ofLists });
    const [input] = splits.train.others ?? [];
    expect(input?.data).toEqual(Float32Array.of(0, 0.2, 1, 0.4, 0, 0, 0, 0));
    const again = readEncoders(writeEncoders(encoders.fitted));
    if ("problems" in again) throw new Error(JSON.stringify(again.problems));
    const model = opened(again.encoders);
    expect(encodeInput(model, [{ picture: [255, 0, 0, 0] }])).toMatchObject({
      others: [{ data: Float32Array.of(1, 0, 0, 0) }],
    });
    // Bytes are pixels, or a file.
    expect(encodeInput(model, [{ picture: Uint8Array.of(0, 255, 0, 0) }])).toMatchObject({
      others: [{ data: Float32Array.of(0, 1, 0, 0) }],
    });
    expect(encodeInput(model, [{ picture: bytesOf("rgb.png") }])).toMatchObject({ others: [{ width: 4 }] });
  });

  test("that are missing can be left out, and have no class of their own", () => {
    const gap = table('picture,y\n"0 0 0 0",1\n,2\n');
    const [problem] = problemsOf(prepare(gap, planOf({ columns: ofLists })));
    expect(problem).toMatchObject({ code: "NW0631", row: 2 });
    expect(problem?.notes).toContain("Add the value, or leave out such rows with `missing: drop`.");
  });

  test("are told where a model takes a column for each pixel, also behind a cell without one", () => {
    const pixels = table("p0,p1,p2,p3,y\n0,51,255,102,1\n0,0,0,0,2\n");
    const image = described("image", { height: 2, width: 2, columns: "p*" });
    const { encoders } = prepared(pixels, { columns: { image } });
    for (const cells of [",a.PNG", "a.jpeg,"]) {
      const [first, second] = cells.split(",");
      const given = encodeInput(encoders, table(`other,picture\nx,${first}\ny,${second}\n`));
      expect(given).toMatchObject({
        problems: [
          {
            code: "NW0650",
            notes: [expect.anything(), expect.stringMatching(/^`picture` has pictures, and/)],
          },
          { code: "NW0651" },
        ],
      });
    }
  });

  test("are told under another name than that which the model has for them", () => {
    const { encoders } = prepared(lists, { columns: ofLists });
    const given = encodeInput(encoders, table("image\na.png\n"));
    const note = "a table with a column `picture` whose cells name their files.";
    expect(given).toMatchObject({
      problems: [
        { code: "NW0650", notes: [expect.anything(), expect.stringContaining(note)] },
        { code: "NW0651" },
      ],
    });
    expect(encodeInput(encoders, table("image\nx\n"))).not.toMatchObject({
      problems: [{ notes: expect.arrayContaining([expect.stringContaining(note)]) }, {}],
    });
  });

  test("are scaled as the file says", () => {
    const of = (scale: string) => {
      const one = { picture: described("image", { height: 2, width: 2, max: 510, scale }) };
      return prepared(lists, { columns: one }).splits.train.others?.[0]?.data.slice(0, 4);
    };
    expect(of("centred")).toEqual(Float32Array.of(-1, -0.8, 0, -0.6));
    expect(of("none")).toEqual(Float32Array.of(0, 51, 255, 102));
  });

  test("that somebody has scaled to 1 are warned of, and files where another `max` is stated refused", () => {
    const scaled = table('picture,y\n"0 0.2 1 0.4",1\n"0 0 0 0.5",2\n');
    const warned = (max: number, more = {}) => {
      const one = { picture: described("image", { height: 2, width: 2, max, ...more }) };
      const result = prepare(scaled, planOf({ columns: one }));
      return "problems" in result ? result.problems : result.warnings;
    };
    expect(warned(255)).toMatchObject([{ code: "NW0688", column: "picture" }]);
    expect(warned(1)).toEqual([]);
    expect(warned(255, { scale: "none" })).toEqual([]);

    const inColumns = (most: number) => {
      const pixels = table(`p0,p1,y\n0,${most},1\n0.5,0,2\n`);
      const one = { mark: described("image", { height: 1, width: 2, columns: "p*" }) };
      const result = prepare(pixels, planOf({ columns: one }));
      return "problems" in result ? result.problems : result.warnings;
    };
    expect(inColumns(1)).toMatchObject([{ code: "NW0688", column: "p0" }]);
    expect(inColumns(255)).toEqual([]);

    const { encoders } = prepared(scaled, {
      columns: { picture: described("image", { height: 2, width: 2, max: 1 }) },
    });
    const given = encodeInput(encoders, [{ picture: bytesOf("rgb.png") }]);
    expect(given).toMatchObject({ problems: [{ code: "NW0642" }] });
  });

  test.each([
    ["[0, 1, 2]", "NW0655"],
    ["[0, 1, 2, 256]", "NW0633"],
    ["nine.png", "NW0642"],
  ])("%s is none of the size", (cell, code) => {
    const given = table(`picture,y\n"${cell}",1\n"0 0 0 0",2\n`);
    expect(problemsOf(prepare(given, planOf({ columns: ofLists })))).toMatchObject([{ code, row: 1 }]);
  });
});

describe("cells that name a file", () => {
  const given = table("picture,y\na.png,1\nb.txt,2\n");
  const inPlace = (bytes: Uint8Array) =>
    withPictureFiles(given, ["picture"], (path) => ({
      ok: true,
      bytes: path === "a.png" ? bytesOf("rgb.png") : bytes,
    }));

  test("have the picture in their place", () => {
    expect(inPlace(bytesOf("grey.jpg"))).toMatchObject({ table: { rows: 2 } });
  });

  test.each(["", "some words", "0 1 2 3"])("are told where it holds %j, which is no picture", (text) => {
    expect(inPlace(new TextEncoder().encode(text))).toMatchObject({
      problems: [
        {
          code: "NW0642",
          row: 2,
          message: expect.stringContaining(
            "names the file `b.txt`, which cannot be read: it is no file of PNG or JPEG",
          ),
        },
      ],
    });
  });
});

test("pictures that are all alike are told by what they are", async () => {
  const alike = await marks([file("high/a.png", "grey.png"), file("low/b.png", "grey.png")]);
  const found = await whenLoaded(() => prepare(alike, plan));
  if ("problems" in found) throw new Error(JSON.stringify(found.problems));
  expect(found.warnings.map(({ message }) => message)).toContain(
    "Column `image` is a PNG file of 74 bytes in all 2 training rows: nothing can be learned from it.",
  );
});

test("a column of pictures that nobody describes is said to be one", async () => {
  const [problem] = problemsOf(prepare(await marks(), planOf({ target: ["mark"], predicts: "class" })));
  expect(problem).toMatchObject({ code: "NW0630", column: "image" });
  expect(problem?.message).toContain("is a PNG file of 74 bytes, and no number");
  expect(problem?.notes.at(-1)).toContain("`image` as `image(28, 28)`");
  const named = table("photo,y\na/1.jpg,1\na/2.jpg,2\n");
  expect(problemsOf(prepare(named, planOf({})))[0]?.notes.at(-1)).toContain("`photo` as `image(28, 28)`");
});
