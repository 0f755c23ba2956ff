// Images that are made of columns of numbers.

import { describe, expect, test } from "@jest/globals";
import { type Args, splitNames } from "@netwright/definitions";
import {
  dataDefinitions,
  encodeInput,
  feedsOf,
  inputsOf,
  prepare,
  readEncoders,
  writeEncoders,
} from "../../src/index.ts";
import { storage } from "../disk.ts";
import { described, named, opened, planOf, prepared, problemsOf, table } from "../support.ts";

const image = (args: Args = {}) => ({
  image: described("image", { height: 2, width: 2, columns: "p*", ...args }),
});
// The columns stand in another order than the pixels, and one beside them.
const data = table("p10,p2,y,p1,age,p3\n4,2,1,1,7,3\n40,20,2,10,8,30\n0,0,3,0,9,255\n0,0,4,0,6,0\n");
const plain = { scale: "none" };

describe("an image of columns", () => {
  const { encoders, splits } = prepared(data, { ...plain, columns: image() });

  test("is an input of its own beside the plain numbers, its pixels in the order of the numbers in their names", () => {
    expect(inputsOf(encoders.features).map(({ name, type }) => [name, type])).toEqual([
      ["x", { kind: "number", shape: [1] }],
      ["image", { kind: "number", shape: [2, 2, 1] }],
    ]);
    expect(splits.train.x).toEqual(Float32Array.of(7, 8, 9, 6));
    const pixels = [1, 2, 3, 4, /**/ 10, 20, 30, 40, /**/ 0, 0, 255, 0, /**/ 0, 0, 0, 0];
    expect(splits.train.others).toEqual([
      { name: "image", width: 4, data: Float32Array.from(pixels, (x) => x / 255) },
    ]);
  });

  test("says nothing of pixels that are blank in all rows, and keeps nothing of their values", () => {
    const result = prepare(table("p1,p2,p3,p4,y\n0,0,1,0,1\n0,0,2,0,2\n"), planOf({ columns: image() }));
    expect(result).toMatchObject({ warnings: [] });
    const [, first] = encoders.fitted.features;
    expect(first).toEqual({
      kind: "number",
      name: "p1",
      encoder: "rescaling",
      params: { by: 255, centre: 0 },
      missing: { policy: "error", fill: null },
      contract: { unit: null, min: 0, max: 255 },
      image: { name: "image", shape: [2, 2, 1] },
    });
  });

  test("is found in new rows by the names of its columns, and is what it was when it is read back", () => {
    const record = { p1: 51, p2: 102, p3: 153, p10: 204, age: 3 };
    const read = readEncoders(writeEncoders(encoders.fitted));
    if ("problems" in read) throw new Error(JSON.stringify(read.problems));
    expect(read.encoders).toEqual(encoders.fitted);
    expect(read.encoders.version).toBe(6);
    const again = opened(read.encoders);
    const expected = { others: [{ name: "image", data: Float32Array.of(0.2, 0.4, 0.6, 0.8) }] };
    for (const one of [encoders, again]) expect(encodeInput(one, [record])).toMatchObject(expected);
    expect(encodeInput(encoders, [{ ...record, p2: 256 }])).toMatchObject({
      problems: [{ code: "NW0633", column: "p2" }],
    });
  });
});

test("channels stand side by side in a pixel, by one pattern or by one for each", () => {
  const colours = table("y,b1,b2,g1,g2,r1,r2\n1,3,6,2,5,1,4\n2,0,0,0,0,0,0\n");
  const columns = {
    image: described("image", { height: 1, width: 2, channels: 3, columns: ["r*", "g*", "b*"], max: 6 }),
  };
  const [input] = prepared(colours, { columns }).splits.train.others ?? [];
  expect(input?.data.slice(0, 6)).toEqual(Float32Array.from([1, 2, 3, 4, 5, 6], (x) => x / 6));
  const named = table("y,c1x1x1,c1x1x2,c1x2x1,c1x2x2\n1,1,2,3,4\n2,0,0,0,0\n");
  const one = { image: described("image", { height: 1, width: 2, channels: 2, columns: "c*x*x*", max: 4 }) };
  const [other] = prepared(named, { columns: one }).splits.train.others ?? [];
  expect(other?.data.slice(0, 4)).toEqual(Float32Array.of(0.25, 0.5, 0.75, 1));
});

test("pixels are centred, or left as they are, where the file says so", () => {
  const of = (scale: string) =>
    prepared(data, { columns: image({ scale }) }).splits.train.others?.[0]?.data.slice(8, 12);
  expect(of("centred")).toEqual(Float32Array.of(-1, -1, 1, -1));
  expect(of("none")).toEqual(Float32Array.of(0, 0, 255, 0));
});

test("missing pixels have the rule of the image, or that of the section", () => {
  const gaps = table("p1,p2,p3,p4,y\n,0,1,0,1\n0,0,2,0,2\n");
  const missing = named("missing", "constant", { value: 51 });
  const [input] = prepared(gaps, { columns: image({ missing }) }).splits.train.others ?? [];
  expect(input?.data[0]).toBe(Math.fround(0.2));
  expect(prepared(gaps, { columns: image(), missing: "drop" }).splits.train.rows).toBe(1);
  const marked = { name: "mean", args: { indicator: true } };
  expect(problemsOf(prepare(gaps, { ...planOf({ columns: image() }), missing: marked }))).toMatchObject([
    { code: "NW0648", notes: ["Likewise in 3 other pixels of `image`.", expect.any(String)] },
  ]);
});

test("a listed feature is the image, and not its pixels", () => {
  const { encoders } = prepared(data, { features: ["image"], columns: image() });
  expect(inputsOf(encoders.features).map(({ name }) => name)).toEqual(["image"]);
  expect(encoders.features.map(({ fitted }) => fitted.name)).toEqual(["p1", "p2", "p3", "p10"]);
});

describe("mistakes", () => {
  const found = (columns: ReturnType<typeof image>, more = {}) =>
    problemsOf(prepare(data, planOf({ columns, ...more })));

  test("columns that are more or fewer than the pixels, or none", () => {
    expect(found(image({ width: 3 }))).toMatchObject([
      {
        code: "NW0640",
        setting: "columns.image",
        message: 'The image `image` needs 6 columns, 2 x 3 x 1, and 4 columns of `data.csv` fit "p*".',
        notes: ["They go from `p1` to `p10`.", expect.any(String)],
      },
    ]);
    expect(found(image({ columns: "q*" }))).toMatchObject([
      { code: "NW0640", notes: [expect.stringContaining("`p10`, `p2`"), expect.any(String)] },
    ]);
    // The target is no pixel, whatever it is called.
    const target = table("p1,p2,p3,p4\n1,2,3,4\n1,2,3,5\n");
    expect(problemsOf(prepare(target, planOf({ target: ["p4"], columns: image() })))).toMatchObject([
      { code: "NW0640" },
    ]);
  });

  test("a name that the table has", () => {
    const columns = { age: image().image };
    expect(problemsOf(prepare(data, planOf({ columns })))).toMatchObject([
      { code: "NW0640", message: expect.stringContaining("has a column `age`") },
    ]);
  });

  test("a pixel that is something else as well", () => {
    expect(found(image(), { features: ["p1", "image"] })).toMatchObject([{ code: "NW0641" }]);
    const twice = { ...image(), other: image().image };
    expect(found(twice)).toMatchObject([{ code: "NW0641", column: "other" }]);
  });

  test("many pixels that are wrong alike are told of once", () => {
    expect(found(image({ max: 9 }))).toMatchObject([
      {
        code: "NW0633",
        column: "p1",
        setting: "columns.image",
        notes: ["Likewise in 3 other pixels of `image`."],
      },
    ]);
  });

  test("saved pixels that are no image", () => {
    const { fitted } = prepared(data, { columns: image() }).encoders;
    const torn = { ...fitted, features: fitted.features.filter(({ name }) => name !== "p2") };
    expect(readEncoders(writeEncoders(torn))).toMatchObject({
      problems: [{ code: "NW0660", message: expect.stringContaining("the pixels of `image` are no image") }],
    });
    const flat = JSON.parse(writeEncoders(fitted));
    flat.features[1].image.shape = [4];
    expect(readEncoders(JSON.stringify(flat))).toMatchObject({ problems: [{ code: "NW0660" }] });
  });
});

test("encoded rows on a disk are those in memory", () => {
  const rows = Array.from({ length: 500 }, (_, i) => [i % 5, (i * 7) % 256, (i * 11) % 256, i % 3, i % 256]);
  const text = `y,p1,p2,p3,p4\n${rows.map((row) => row.join(",")).join("\n")}\n`;
  const plan = planOf({ columns: image(), split: { train: 0.8, validation: 0.1, test: 0.1, seed: 0 } });
  const [here, there] = [null, storage(1)].map((disk) => prepare(table(text), plan, dataDefinitions, disk));
  if (!here || !there || "problems" in here || "problems" in there) throw new Error("not prepared");
  for (const name of splitNames) {
    const [mine, stored] = [here.prepared.splits[name], there.prepared.splits[name]];
    expect(stored.store).toBeDefined();
    expect(feedsOf(stored, 0, stored.rows)).toEqual(feedsOf(mine, 0, mine.rows));
  }
});
