// Arrow IPC and Feather.

import { expect, test } from "@jest/globals";
import { columnFromArray, tableFromColumns, tableToIPC } from "@uwdata/flechette";
import { bytesOf, columnsOf, complaintsOf, read, resultOf } from "./support.ts";

const { NaN: NONE } = Number;

test("the types are read as those of Parquet", async () => {
  const [arrow, parquet] = [await read("types.arrow"), await read("types.parquet")];
  const { runs, span, ...same } = arrow.columns;
  expect(same).toEqual(parquet.columns);
  expect(runs).toEqual([1.5, 1.5, NONE]);
  expect(span).toEqual([1, -1, NONE]);
  expect(arrow.warnings.map(({ code, column }) => [code, column])).toEqual([
    ["NW0673", "i64"],
    ["NW0673", "u64"],
    ["NW0673", "exact"],
    ["NW0672", "raw"],
    ["NW0672", "list"],
    ["NW0672", "struct"],
    ["NW0672", "map"],
    ["NW0672", "list_view"],
  ]);
});

test.each(["codec-lz4.arrow", "codec-zstd.arrow"])("%s", async (name) => {
  const rows = Array.from({ length: 9000 }, (_, i) => i);
  expect((await read(name)).columns).toEqual({ i: rows, x: rows.map((i) => (i % 100) / 7) });
});

test("a dictionary that is replaced in a stream", async () => {
  expect((await read("replaced.arrows")).columns).toEqual({ w: ["a", "b", "z", "x"] });
});

test("as polars and pandas write it", async () => {
  expect((await read("polars.arrow")).columns).toEqual({ x: [1.5, NONE], w: ["a", ""] });
  expect((await read("small.feather")).columns["code"]).toEqual(["007", "008", "007", "010", "011"]);
});

test("one column may have no name, and two may not", async () => {
  const written = (...names: readonly string[]) =>
    tableToIPC(tableFromColumns(names.map((name) => [name, columnFromArray([1, 2])])), { format: "file" }) ??
    new Uint8Array(0);
  expect((await read("t.arrow", written("", "x"))).columns).toEqual({ "": [1, 2], x: [1, 2] });
  expect(await complaintsOf("t.arrow", written("", "x", "", "x"))).toEqual([
    expect.stringMatching(/^NW0623 Columns 1 and 3 of `t.arrow` have no name\. .*name them/),
    expect.stringMatching(/^NW0622 Columns 2 and 4 of `t.arrow` are both called `x`\./),
  ]);
});

test("Feather of version 1 is named", async () => {
  expect((await complaintsOf("old.feather"))[0]).toContain("a Feather file of version 1");
});

test("what is cut short is a problem and no exception", async () => {
  for (const name of ["polars.arrow", "codec-lz4.arrow"]) {
    const bytes = bytesOf(name);
    for (let length = 10; length < bytes.length; length += Math.ceil(bytes.length / 40)) {
      expect((await complaintsOf(name, bytes.slice(0, length)))[0]).toMatch(/^NW06/);
    }
  }
});

test.each(["polars.arrow", "replaced.arrows", "small.feather", "types.arrow"])(
  "%s, in which any number is another, is read or refused, and soon",
  async (name) => {
    const bytes = bytesOf(name);
    const begin = performance.now();
    for (let at = 0; at + 4 <= bytes.length; at += 4) {
      // What it says of itself stands at both ends.
      if (at > 2000 && at < bytes.length - 4000) continue;
      for (const number of [0x7fffffff, 2 ** 20, -at]) {
        const damaged = Uint8Array.from(bytes);
        new DataView(damaged.buffer).setInt32(at, number, true);
        for (const complaint of await complaintsOf(name, damaged)) expect(complaint).toMatch(/^NW06/);
      }
    }
    // One that is believed takes longer alone.
    expect(performance.now() - begin).toBeLessThan(60_000);
  },
  90_000,
);

test("a number of rows that is another one in the table and in a column is refused", async () => {
  const bytes = bytesOf("small.feather");
  const { table } = await read("small.feather");
  const rows = BigInt(table.rows);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  // Wherever 64 bits may say how many rows: of the table, of the fields of its batch.
  const places = Array.from({ length: (bytes.length >> 3) - 1 }, (_, i) => 8 * i).filter(
    (at) => view.getBigInt64(at, true) === rows,
  );
  expect(places.length).toBeGreaterThan(2);
  let refused = 0;
  for (const at of places) {
    for (const other of [rows - 1n, rows + 1n]) {
      const changed = bytes.slice();
      new DataView(changed.buffer).setBigInt64(at, other, true);
      const result = await resultOf("t.feather", changed);
      if ("problems" in result) refused++;
      else
        for (const values of Object.values(columnsOf(result.table))) expect(values).toHaveLength(table.rows);
    }
  }
  expect(refused).toBeGreaterThan(2);
});
