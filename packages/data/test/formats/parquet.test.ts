// Parquet, as pyarrow, pandas, polars, fastparquet and DuckDB write it.

import { describe, expect, test } from "@jest/globals";
import type { Table } from "../../src/index.ts";
import { storage } from "../disk.ts";
import { bytesOf, complaintsOf, read } from "./support.ts";

const { NaN: NONE } = Number;

test("the types: exact, or told", async () => {
  const { columns, warnings } = await read("types.parquet");
  expect(columns).toEqual({
    i8: [-128, 127, NONE],
    u32: [0, 4294967295, NONE],
    i64: [-(2 ** 63), 2 ** 53, NONE],
    u64: [2 ** 63, 1, NONE],
    f16: [1.5, -0, NONE],
    f64: [NONE, 0.1, NONE],
    flag: ["true", "false", ""],
    price: [1.23, -0.1, NONE],
    exact: [12345678901234567000, 0.1, NONE],
    text: ["x", "", ""],
    view: ["x", "a longer text than twelve", ""],
    choice: ["r", "g", ""],
    day: ["1969-12-31", "2024-02-29", ""],
    ms: ["1969-12-31T23:59:59.999", "2023-11-14T22:13:20.123", ""],
    us: ["1969-12-31T23:59:59.999999", "2023-11-14T22:13:20.123456", ""],
    ns: ["1969-12-31T23:59:59.999999999Z", "2023-11-14T22:13:20.123456789Z", ""],
    clock: ["12:30:00", "23:59:59.999999", ""],
    nothing: [NONE, NONE, NONE],
  });
  const told = warnings.map(({ code, column }) => [code, column]);
  expect(told).toEqual([
    ["NW0673", "i64"],
    ["NW0673", "u64"],
    ["NW0673", "exact"],
    ["NW0672", "raw"],
    ["NW0672", "list"],
    ["NW0672", "struct"],
    ["NW0672", "map"],
  ]);
});

test("INT96, before 1970 too", async () => {
  const { columns } = await read("types-int96.parquet");
  expect(columns["us"]).toEqual(["1969-12-31T23:59:59.999999", "2023-11-14T22:13:20.123456", ""]);
  expect(columns["ns"]?.[1]).toBe("2023-11-14T22:13:20.123456789");
});

describe("all codecs and encodings give the same, in groups of rows", () => {
  test.each([
    ...["none", "snappy", "gzip", "zstd", "brotli", "lz4"].map((codec) => `codec-${codec}.parquet`),
    "plain-v2.parquet",
  ])("%s", async (name) => {
    const { columns } = await read(name);
    const rows = Array.from({ length: 50 }, (_, i) => i);
    expect(columns).toEqual({ i: rows, x: rows.map((i) => i / 7), w: rows.map((i) => `w${i % 5}`) });
  });
});

test.each(["pages-v1.parquet", "pages-v2.parquet"])(
  "%s: many pages, missing values, dictionaries",
  async (name) => {
    const { columns } = await read(name);
    const rows = Array.from({ length: 2000 }, (_, i) => i);
    expect(columns).toEqual({
      f64: rows.map((i) => (i % 11 === 0 ? NONE : ((i * 7) % 300) / 4)),
      f32: rows.map((i) => i / 4),
      i32: rows.map((i) => (i > 500 && i < 900 ? NONE : i % 17)),
      i64: rows.map((i) => i * 2 ** 20),
      word: rows.map((i) => (i % 5 === 0 ? "" : `w${(i * i) % 130}`)),
      none: rows.map(() => NONE),
    });
  },
);

test.each(["pages-v1.parquet", "pages-v2.parquet", "duckdb.parquet"])(
  "%s: put on a disk it is what it is in memory, with values that mean none",
  async (name) => {
    const options = { missingWords: ["1.25", "7"] };
    const memory = await read(name, bytesOf(name), options);
    const { table } = await read(name, bytesOf(name), { ...options, storage: storage() });
    expect(table.columns.every(({ between }) => between !== undefined)).toBe(true);
    const all = ({ columns }: Table) =>
      columns.map((column) => ({
        name: column.name,
        gaps: column.gaps,
        values: column.kind === "number" ? column.values : column.codes,
        missing: column.kind === "number" ? column.missing : column.words,
      }));
    expect(all(table)).toEqual(all(memory.table));
  },
);

test.each(["index.parquet", "index-fast.parquet"])("%s: the index of pandas is no column", async (name) => {
  expect((await read(name)).columns).toEqual({ x: [1, 2, 3] });
});

test("an index that has a name is a column", async () => {
  expect((await read("index-named.parquet")).columns).toEqual({ x: [1, 2, 3], id: [5, 9, 6] });
});

test("only the parts that are needed are read, one column at a time", async () => {
  const bytes = bytesOf("codec-none.parquet");
  let longest = 0;
  const input = {
    size: bytes.length,
    parts: () => [bytes.subarray(0, 1000)],
    range: (start: number, end: number) => {
      longest = Math.max(longest, end - start);
      return bytes.slice(start, end);
    },
  };
  expect((await read("codec-none.parquet", input)).table.rows).toBe(50);
  expect(longest).toBeLessThan(bytes.length / 2);
});

test.each([
  ["polars.parquet", "NW0672 Column `big` of `polars.parquet` is left out: it holds 16 bytes each"],
  ["duckdb.parquet", "NW0673 Column `day` of `duckdb.parquet` has dates that no calendar has"],
  ["twice.parquet", "NW0622 Columns 1 and 2 of `twice.parquet` are both called `a`."],
  ["empty.parquet", "NW0621"],
  ["cut.parquet", "NW0670 `cut.parquet` is cut short"],
  ["holes.parquet", "NW0670 `holes.parquet` is damaged"],
])("%s", async (name, message) => {
  expect((await complaintsOf(name))[0]).toContain(message);
});

test("a run that is longer than its page is refused; one byte makes it go on for hours", async () => {
  const bytes = bytesOf("plain-v2.parquet");
  bytes[1431] = 128;
  expect((await complaintsOf("plain-v2.parquet", bytes))[0]).toContain("is damaged");
});

test("an interval is refused by name, and an encrypted footer", async () => {
  expect((await complaintsOf("duckdb.parquet")).join()).toContain("(INTERVAL)");
  const bytes = bytesOf("codec-none.parquet");
  const encrypted = bytes.slice();
  encrypted.set(new TextEncoder().encode("PARE"), bytes.length - 4);
  expect((await complaintsOf("e.parquet", encrypted))[0]).toContain("has an encrypted footer");
});

test.each(["codec-none.parquet", "pages-v1.parquet", "pages-v2.parquet"])(
  "whatever byte of %s is damaged, it is a problem or another number, and no exception",
  async (name) => {
    const bytes = bytesOf(name);
    for (let at = 4; at < bytes.length; at += Math.max(13, bytes.length >> 6)) {
      const damaged = bytes.slice();
      damaged[at] = (damaged[at] ?? 0) ^ 0x5a;
      await complaintsOf("t.parquet", damaged);
    }
  },
);

test("a footer in which any byte is another is read or refused", async () => {
  const bytes = bytesOf("empty.parquet");
  const complaints = new Set<string>();
  for (let at = 0; at < bytes.length; at++) {
    for (const byte of [0, 1, 0x15, 0x7f, (bytes[at] ?? 0) ^ 16]) {
      const damaged = Uint8Array.from(bytes);
      damaged[at] = byte;
      for (const complaint of await complaintsOf("empty.parquet", damaged)) complaints.add(complaint);
    }
  }
  for (const complaint of complaints) expect(complaint).toMatch(/^NW06/);
  expect([...complaints].some((complaint) => complaint.includes("a column of it has no name"))).toBe(true);
});

// A few bytes of a frame of zstd say how much memory it takes.
test.each([
  // A size of two gigabytes, or none and a window of that size.
  { header: [0xa0, 0, 0, 0, 0x7f] },
  { header: [0x00, 0xa7] },
])(
  "a page whose frame states gigabytes is refused before there is room for them: $header",
  async ({ header }) => {
    const damaged = Uint8Array.from(bytesOf("codec-zstd.parquet"));
    const at = damaged.findIndex(
      (byte, i) => byte === 0x28 && damaged[i + 1] === 0xb5 && damaged[i + 2] === 0x2f,
    );
    damaged.set(header, at + 4);
    const before = process.resourceUsage().maxRSS;
    expect((await complaintsOf("codec-zstd.parquet", damaged))[0]).toMatch(/is damaged: a page /);
    expect(process.resourceUsage().maxRSS - before).toBeLessThan(200_000);
  },
);
