// Small files that say of themselves that they are large: they are refused before there is room for what they speak of.

import { describe, expect, test } from "@jest/globals";
import { columnFromArray, nullType, tableFromColumns, tableToIPC } from "@uwdata/flechette";
import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import { writeOds } from "hucre/ods";
import { bytesOfDeltas } from "../../src/formats/parquet/parquet-deltas.ts";
import { bytesOf, complaintsOf, read } from "./support.ts";

const SECONDS = 3;

/** Its problem, found quickly. */
async function refusal(name: string, bytes: Uint8Array): Promise<string> {
  const begun = performance.now();
  const [first = ""] = await complaintsOf(name, bytes);
  expect(performance.now() - begun).toBeLessThan(SECONDS * 1000);
  return first;
}

function npy(shape: string, descr = "<f8", values = new Float64Array(0)): Uint8Array {
  const header = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${shape}), }`.padEnd(501, " ");
  const start = strToU8(`\x93NUMPY\x01\x00\xf6\x01${header}\n`, true);
  const all = new Uint8Array(start.length + values.byteLength);
  all.set(start);
  all.set(new Uint8Array(values.buffer), start.length);
  return all;
}

test.each([
  ["0, 2000000", "<f8", "holds no value: its array has 0 rows of 2,000,000 columns"],
  ["2000000, 0", "<f8", "holds no value: its array has 2,000,000 rows of 0 columns"],
  ["0,", "<f8", "holds no value"],
  ["3000, 2000000", "<U0", "holds texts without a character (`<U0`)"],
  [`0, ${"9".repeat(400)}`, "<f8", "holds no value"],
  [`${"9".repeat(400)}, 2`, "<f8", "is cut short"],
])("an array of NumPy of shape (%s), %s", async (shape, descr, message) => {
  expect(await refusal("t.npy", npy(shape, descr))).toContain(message);
  expect(await refusal("t.npz", zipSync({ "a.npy": npy(shape, descr) }))).toContain(message);
});

test("an array with values is read", async () => {
  const { columns } = await read("t.npy", npy("2, 1", "<f8", Float64Array.of(1, 2)));
  expect(columns).toEqual({ column1: [1, 2] });
});

test("one file of an archive under many names is no more than once", async () => {
  const values = new Float64Array(4000);
  const packed = zipSync({ "a.npy": npy("4000,", "<f8", values) });
  const { table } = await read("t.npz", packed);
  expect(table.rows).toBe(4000);
  // What the directory says of its size, at its own place in the last part.
  const lie = packed.slice();
  const view = new DataView(lie.buffer);
  const entry = view.getUint32(lie.length - 6, true);
  view.setUint32(entry + 24, 2 ** 31 - 1, true);
  expect(await refusal("t.npz", lie)).toContain("is too large once it is unpacked");
});

/** The sheet of a workbook with other rows, and merged ranges. */
function workbook(rows: string, merged: readonly string[] = [], before = ""): Uint8Array {
  const files = unzipSync(bytesOf("small.xlsx"));
  const path = "xl/worksheets/sheet1.xml";
  const sheet = strFromU8(files[path] ?? new Uint8Array(0));
  const ranges = merged.map((range) => `<mergeCell ref="${range}"/>`).join("");
  const text = sheet
    .replace(/<dimension[^>]*>/, "")
    .replace(
      /<sheetData>[\s\S]*<\/sheetData>/,
      `${before}<sheetData>${rows}</sheetData><mergeCells>${ranges}</mergeCells>`,
    );
  return zipSync({ ...files, [path]: strToU8(text) });
}

const cell = (place: string, value: number) => `<c r="${place}"><v>${value}</v></c>`;
const ROWS = [
  '<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c><c r="B1" t="inlineStr"><is><t>b</t></is></c></row>',
  `<row r="2">${cell("A2", 1)}${cell("B2", 2)}</row>`,
  `<row r="3">${cell("A3", 3)}</row>`,
].join("");

describe("a sheet", () => {
  test.each(["B2:B2000000", "B2:XFD3", "B2:B9999999999"])(
    "merged in %s has the rows that there are",
    async (range) => {
      const begun = performance.now();
      const { columns } = await read("t.xlsx", workbook(ROWS, [range]));
      expect(columns).toEqual({ a: [1, 3], b: [2, 2] });
      expect(performance.now() - begun).toBeLessThan(SECONDS * 1000);
    },
  );

  test("merged again and again is damaged", async () => {
    const many = Array.from({ length: 100 }, () => "A1:B2000000");
    expect(await refusal("t.xlsx", workbook(ROWS, many))).toContain("its merged cells lie over one another");
  });

  test("with a cell far from all others", async () => {
    const far = `<row r="700">${cell("XFD700", 1)}</row>`;
    const told = await refusal("t.xlsx", workbook(ROWS + far));
    expect(told).toContain("says that it has 700 rows of 16,384 columns, in ");
    expect(told).toContain("write the rest alone");
    const near = `<row r="700">${cell("B700", 1)}</row>`;
    expect((await read("t.xlsx", workbook(ROWS + near))).table.rows).toBe(699);
  });

  test("of which columns are formatted more often than there are any", async () => {
    const whole = '<col min="1" max="16384" width="9"/>';
    const cols = (times: number) => workbook(ROWS, [], `<cols>${whole.repeat(times)}</cols>`);
    expect((await read("t.xlsx", cols(4))).table.rows).toBe(2);
    const told = await refusal("t.xlsx", cols(5000));
    expect(told).toContain("its columns are formatted again and again");
    expect(told).toContain("CSV UTF-8");
  });

  test("of which one row is longer than a text, as its cells share one", async () => {
    const files = unzipSync(workbook(`${ROWS}<row r="4">${'<c t="s"><v>0</v></c>'.repeat(7000)}</row>`));
    const shared = `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>${"x".repeat(80_000)}</t></si></sst>`;
    const bytes = zipSync({ ...files, "xl/sharedStrings.xml": strToU8(shared) });
    expect(await refusal("t.xlsx", bytes)).toContain("is too large to be read as one text");
  });
});

describe("a sheet of OpenDocument", () => {
  async function sheet(rows: string): Promise<Uint8Array> {
    const { mimetype, ...files } = unzipSync(await writeOds({ sheets: [{ name: "s", rows: [["a"]] }] }));
    const text = strFromU8(files["content.xml"] ?? new Uint8Array(0));
    const changed = text.replace(/<table:table-row[\s\S]*<\/table:table-row>/, rows);
    const kind = mimetype ?? new Uint8Array(0);
    return zipSync({ mimetype: [kind, { level: 0 }], ...files, "content.xml": strToU8(changed) });
  }
  const empty = (times: number) => `<table:table-cell table:number-columns-repeated="${times}"/>`;
  const one = (value: number, repeated = "1") =>
    `<table:table-cell office:value-type="float" office:value="${value}" table:number-columns-repeated="${repeated}"><text:p>${value}</text:p></table:table-cell>`;
  const row = (cells: string, times = 1) =>
    `<table:table-row table:number-rows-repeated="${times}">${cells}</table:table-row>`;
  const name = '<table:table-cell office:value-type="string"><text:p>a</text:p></table:table-cell>';

  test("ends with as many empty cells and rows as programs write there", async () => {
    const rows = row(name + empty(16_383)) + row(one(2) + empty(16_383), 3) + row(empty(16_384), 1_048_572);
    const { columns } = await read("t.ods", await sheet(rows));
    expect(columns).toEqual({ a: [2, 2, 2] });
  });

  test.each([
    ["a cell", row(name) + row(one(1, "16384").repeat(2000))],
    ["a cell, in a number that is none in digits", row(name) + row(one(1, "&#49;6384").repeat(2000))],
    ["a row", row(name) + row(one(1), 1_048_576).repeat(100)],
    ["an empty cell before one with a value", row(name) + row(empty(16_384).repeat(2000) + one(1))],
  ])("that repeats %s without end is refused", async (_what, rows) => {
    const told = await refusal("t.ods", await sheet(rows));
    expect(told).toContain("repeats cells until they are more than such a file can hold");
  });
});

test("a Parquet file of more rows than its bytes tell of", async () => {
  const bytes = bytesOf("small.parquet");
  const { table } = await read("small.parquet", bytes);
  const size = new DataView(bytes.buffer).getUint32(bytes.length - 8, true);
  const footer = bytes.subarray(bytes.length - 8 - size, bytes.length - 8);
  // Numbers of 64 bits in Thrift's compact form, in zigzag: wherever it says how many rows.
  const told = [...footer].flatMap((byte, i) =>
    footer[i - 1] === 0x16 && byte === 2 * table.rows ? varint(2 * 60_000_000) : [byte],
  );
  const end = new Uint8Array(8);
  new DataView(end.buffer).setUint32(0, told.length, true);
  end.set(bytes.subarray(-4), 4);
  const large = Uint8Array.from([...bytes.subarray(0, bytes.length - 8 - size), ...told, ...end]);
  expect(await refusal("t.parquet", large)).toContain("says that it has 60,000,000 rows of 4 columns, in ");
});

function varint(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))];
}

test("texts of Parquet that share what stands before them are counted before they are made", () => {
  const count = 100_000;
  // Whole numbers by their differences: in blocks of 128, each with its least difference and four widths, here of no bits.
  const growing = (first: number, more: number) => {
    const blocks = Array.from({ length: Math.ceil(count / 128) }, () => [2 * more, 0, 0, 0, 0]);
    return [...varint(128), 4, ...varint(count), 2 * first, ...blocks.flat()];
  };
  const page = Uint8Array.from([7, 7, ...growing(0, 1), ...growing(1, 0)]);
  expect(bytesOfDeltas(page, 2, count)).toBe((count * (count - 1)) / 2 + count);
  expect(page.length).toBeLessThan(8000);
  expect(() => bytesOfDeltas(page.subarray(0, 500), 2, count)).toThrow(RangeError);
});

test("an Arrow file of a column without values", async () => {
  const nothing = (rows: number) => columnFromArray(new Array<null>(rows).fill(null), nullType());
  const file = (rows: number) =>
    tableToIPC(tableFromColumns({ a: nothing(rows) }), { format: "file" }) ?? new Uint8Array(0);
  expect((await read("t.arrow", file(1000))).table.rows).toBe(1000);
  const told = await refusal("t.arrow", file(6_000_000));
  expect(told).toContain("says that it has 6,000,000 rows of 1 column");
});

test("records of which each has a name of its own", async () => {
  const records = Array.from({ length: 4000 }, (_, i) => `{"c${i}":1}`);
  const message = "nearly all without a value";
  expect(await refusal("t.jsonl", strToU8(records.join("\n")))).toContain(message);
  expect(await refusal("t.json", strToU8(`[${records.join()}]`))).toContain(message);
  const { table } = await read("t.jsonl", strToU8(records.slice(0, 500).join("\n")));
  expect(table.columns.length).toBe(500);
});
