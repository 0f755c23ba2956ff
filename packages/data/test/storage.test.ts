// Columns and encoded rows on a disk are those in memory, to the bit.

import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  dataDefinitions,
  feedsOf,
  prepare,
  readCsv,
  rowsOf,
  type Storage,
  type Table,
} from "../src/index.ts";
import { duplicateGroups } from "../src/table/duplicate-rows.ts";
import { someRows } from "../src/table/some-rows.ts";
import { storage } from "./disk.ts";
import { category, column, planOf, valuesOf } from "./support.ts";

function read(text: string, disk?: Storage): Table {
  const result = readCsv(text, {
    name: "t.csv",
    missingWords: ["-9"],
    ...(disk === undefined ? {} : { storage: disk }),
  });
  if ("problems" in result) throw new Error(JSON.stringify(result.problems));
  return result.table;
}

function contents({ columns, rows, lines }: Table) {
  const own = columns.map((column) => [column.name, column.kind, column.gaps, valuesOf(column)]);
  return {
    own,
    rows,
    lines,
    missing: columns.map((column) => (column.kind === "number" ? [...column.missing] : [])),
  };
}

const cell = fc.oneof(
  fc.constantFrom("", "NA", "-9", "a", " b ", "1", "1.0"),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
);

test("a table is read the same; repeated headers, late words and missing values too", () => {
  const row = fc.tuple(
    fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
    cell,
    fc.constantFrom("x", "y", ""),
  );
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 30 }), fc.boolean(), (rows, repeated) => {
      const lines = rows.map((one) => one.join(","));
      if (repeated) lines.splice(lines.length >> 1, 0, "n,m,w");
      const text = `n,m,w\n${lines.join("\n")}\n`;
      const [here, there] = [read(text), read(text, storage())];
      expect(contents(there)).toEqual(contents(here));
      const all = Int32Array.from({ length: here.rows }, (_, i) => i);
      expect(duplicateGroups(there, all)).toEqual(duplicateGroups(here, all));
      const some = all.filter((row) => row % 3 > 0);
      const taken = ({ columns }: Table) => columns.map((column) => valuesOf(someRows(column, some)));
      expect(taken(there)).toEqual(taken(here));
    }),
    { numRuns: 100, seed: 11 },
  );
});

describe("more rows than a piece", () => {
  const text = `n,m,w,y\n${Array.from({ length: 9_000 }, (_, i) => `${i / 3},${i % 7 === 0 ? "" : i % 11},w${i % 5},${i}`).join("\n")}\n`;
  const plan = planOf({
    target: ["y"],
    columns: { m: { ...column, missing: "mean" }, w: category() },
    split: { train: 0.7, validation: 0.2, test: 0.1, seed: 4 },
  });

  test("encoded rows are the same, from the disk", () => {
    const disk = storage();
    const [here, there] = [prepare(read(text), plan), prepare(read(text, disk), plan, dataDefinitions, disk)];
    if ("problems" in here || "problems" in there) throw new Error(JSON.stringify([here, there]));
    expect(disk.stored()).toBeGreaterThan(200_000);
    expect(there.prepared.encoders.fitted).toEqual(here.prepared.encoders.fitted);
    for (const name of ["train", "validation", "test"] as const) {
      const [split, stored] = [here.prepared.splits[name], there.prepared.splits[name]];
      expect(stored.store).toBeDefined();
      expect(rowsOf(stored).fields).toEqual(rowsOf(split).fields);
      // Element by element, a matcher takes seconds.
      const bits = (one: typeof split) =>
        [...Object.values(feedsOf(one, 0, one.rows)), one.target, one.rowNumbers].map((array) =>
          Buffer.from(array.buffer, array.byteOffset, array.byteLength).toString("base64"),
        );
      expect(bits(stored)).toEqual(bits(split));
    }
  });

  test("what takes less than its share stays in memory", () => {
    const disk = storage(2 ** 30);
    const result = prepare(read(text, disk), plan, dataDefinitions, disk);
    if ("problems" in result) throw new Error(JSON.stringify(result.problems));
    expect(disk.stored()).toBe(0);
    expect(result.prepared.splits.train.store).toBeUndefined();
  });
});

test("columns of very many words lie on the disk as the numbers of their words", () => {
  const rows = Array.from(
    { length: 3_000 },
    (_, i) => `w${(i * 7) % 900},${i % 11},v${(i * 11) % 900},${i % 5}`,
  );
  const text = `one,a,two,y\n${rows.join("\n")}\n`;
  const columns = { one: category(), two: category() };
  const disk = storage();
  const [here, there] = [null, disk].map((where) => {
    const result = prepare(read(text), planOf({ columns }), dataDefinitions, where);
    if ("problems" in result) throw new Error(JSON.stringify(result.problems));
    return result.prepared.splits.train;
  });
  if (here === undefined || there === undefined) throw new Error("there is no split");
  expect(feedsOf(there, 500, 200)).toEqual(feedsOf(here, 500, 200));
  const order = Uint32Array.of(2_999, 0, 17);
  const gathered = [here, there].map((split) => {
    const x = new Float32Array(3 * 1_801);
    rowsOf(split).gather(order, 0, 3, new Map([["x", x]]));
    return x;
  });
  expect(gathered[0]).toEqual(gathered[1]);
  // Of 1,800 numbers that the words of a row become, none lies there.
  expect(disk.stored()).toBeLessThan(3_000 * 100);
});

test("numbers that are too large are told with all their rows, as from memory", () => {
  const rows = Array.from({ length: 30_000 }, (_, row) => `${row % 500 === 0 ? 1e300 : row % 7},${row % 5}`);
  const text = `a,y\n${rows.join("\n")}\n`;
  const plan = planOf({ scale: "none" });
  const told = (disk?: Storage) => {
    const result = prepare(read(text, disk), plan, dataDefinitions, disk ?? null);
    return "problems" in result ? result.problems : [];
  };
  const found = told();
  expect(found).toContainEqual(expect.objectContaining({ code: "NW0635" }));
  expect(told(storage())).toEqual(found);
});

test("of columns on the disk no row is taken back many times, where their encoded rows are in memory", () => {
  const rows = Array.from(
    { length: 60_000 },
    (_, row) => `${row % 7},${(row * 11) % 97},w${row % 5},${row % 3}`,
  );
  const text = `a,b,w,y\n${rows.join("\n")}\n`;
  const columns = { w: category() };
  const [here, disk] = [prepare(read(text), planOf({ columns })), storage()];
  const there = prepare(read(text, disk), planOf({ columns }), dataDefinitions, storage(1e9));
  if ("problems" in here || "problems" in there) throw new Error(JSON.stringify([here, there]));
  expect(there.prepared.splits.train.store).toBeUndefined();
  expect(
    Buffer.from(there.prepared.splits.train.x.buffer).equals(
      Buffer.from(here.prepared.splits.train.x.buffer),
    ),
  ).toBe(true);
  expect(disk.taken()).toBeGreaterThan(disk.stored());
  expect(disk.taken()).toBeLessThan(12 * disk.stored());
});
