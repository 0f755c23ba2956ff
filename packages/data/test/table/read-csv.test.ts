// Reading CSV: what is accepted, how columns are typed, and what is said about broken files.

import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { readCsv } from "../../src/index.ts";
import { problemsOf, table, valuesOf } from "../support.ts";

const read = (text: string) => problemsOf(readCsv(text, { name: "mix.csv" }));

describe("what is accepted", () => {
  test("types columns by their values", () => {
    const { columns, rows, lines } = table("Cement,Plant\n540, north \n1e2,south\n-.5,\n");
    expect(rows).toBe(3);
    expect([...(lines ?? [])]).toEqual([2, 3, 4]);
    expect(columns).toEqual([
      {
        kind: "number",
        name: "Cement",
        values: Float64Array.of(540, 100, -0.5),
        missing: new Uint8Array(3),
        gaps: 0,
      },
      { kind: "text", name: "Plant", codes: Int32Array.of(0, 1, 2), words: ["north", "south", ""], gaps: 1 },
    ]);
  });

  test("an empty cell and NaN are missing values, infinity is none", () => {
    const [a] = table("a,b\n,1\nNaN,2\n  ,3\n-Infinity,4\n").columns;
    expect(a).toEqual({
      kind: "number",
      name: "a",
      values: Float64Array.of(Number.NaN, Number.NaN, Number.NaN, Number.NEGATIVE_INFINITY),
      missing: Uint8Array.of(1, 1, 1, 0),
      gaps: 3,
    });
  });

  test.each([
    ["byte order mark", "\ufeffa,b\n1,2\n3,4\n"],
    ["byte order mark before a quote", '\ufeff"a",b\n1,2\n3,4\n'],
    ["CRLF", "a,b\r\n1,2\r\n3,4\r\n"],
    ["CR", "a,b\r1,2\r3,4\r"],
    ["mixed line ends", "a,b\r\n1,2\n3,4"],
    ["no line end at the end", "a,b\n1,2\n3,4"],
    ["semicolons", "a;b\n1;2\n3;4\n"],
    ["tabs", "a\tb\n1\t2\n3\t4\n"],
    ["quotes", '"a","b"\n"1","2"\n3,"4"\n'],
    ["spaces around", " a , b \n 1 , 2 \n3,4\n"],
    ["blank lines", "\n\na,b\n\n1,2\n\n3,4\n\n\n"],
  ])("%s", (_, text) => {
    const data = table(text);
    expect(data.columns.map((c) => [c.name, ...valuesOf(c)])).toEqual([
      ["a", 1, 3],
      ["b", 2, 4],
    ]);
  });

  test("quoted values hold separators, quotes and line ends; line numbers follow", () => {
    const data = table('name,a\n"x, ""y""\nz",1\nw,2\n');
    expect(valuesOf(data.columns[0])).toEqual(['x, "y"\nz', "w"]);
    expect([...(data.lines ?? [])]).toEqual([2, 4]);
  });

  test("semicolons win where commas are decimal", () => {
    expect(table("a;b\n1,5;2\n2,5;3\n").columns.map((c) => c.kind)).toEqual(["number", "number"]);
  });

  test("a stated delimiter is obeyed", () => {
    const result = readCsv("a;b\n1;2\n", { name: "x", separator: "," });
    expect("table" in result && result.table.columns.map((c) => c.name)).toEqual(["a;b"]);
  });

  test("in a file of one column a blank line between rows is a missing value", () => {
    const [a] = table("a\n1\n\n3\n\n").columns;
    expect(a).toMatchObject({ kind: "number", missing: Uint8Array.of(0, 1, 0) });
  });

  test("numbers read back exactly, however they are spelled", () => {
    const spelled = fc
      .double({ noDefaultInfinity: true, noNaN: true })
      // JavaScript writes -0 as 0.
      .filter((x) => !Object.is(x, -0))
      .chain((x) =>
        fc.constantFrom(String(x), x.toExponential(), ` ${x}`, `"${x}"`).map((text) => ({ x, text })),
      );
    fc.assert(
      fc.property(fc.array(spelled, { minLength: 1 }), fc.constantFrom("\n", "\r\n"), (cells, end) => {
        const data = table(`x,k${end}${cells.map(({ text }) => `${text},1`).join(end)}`);
        expect(valuesOf(data.columns[0])).toEqual(cells.map(({ x }) => x));
      }),
    );
  });

  test("text survives quoting", () => {
    const word = fc.string().map((s) => s.replace(/\r/g, "").trim());
    fc.assert(
      fc.property(fc.array(word, { minLength: 1 }), (words) => {
        const rows = words.map((w) => `"${w.replaceAll('"', '""')}",1`);
        const data = table(`word,k\nfirst word,1\n${rows.join("\n")}\n`.replaceAll("\0", ""));
        expect(valuesOf(data.columns[0])).toEqual([
          "first word",
          ...words.map((w) => w.replaceAll("\0", "").trim()),
        ]);
      }),
    );
  });
});

describe("what is refused", () => {
  test.each(["", "\n \n\n", "\ufeff", "   "])("an empty file: %j", (text) => {
    expect(read(text)).toEqual([
      {
        code: "NW0620",
        severity: "error",
        message: "`mix.csv` is empty.",
        notes: ["Expected a first row with the names of the columns, then one row for each example."],
        setting: "source",
      },
    ]);
  });

  test("a header alone", () => {
    expect(read("a,b\n\n")).toMatchObject([
      { code: "NW0621", message: "`mix.csv` has a header and no rows below it." },
    ]);
  });

  test("several faults of the header and of the rows at once", () => {
    expect(read("a,b,a,,\n1,2,3\n1,2,3,4,5\n1,2,3,4,5,6\n")).toMatchObject([
      { code: "NW0623", message: "Columns 4 and 5 of `mix.csv` have no name in the header.", line: 1 },
      { code: "NW0622", message: "Columns 1 and 3 of `mix.csv` are both called `a`.", column: "a", line: 1 },
      {
        code: "NW0624",
        message: "Row 1 (line 2) of `mix.csv` has 3 values, but the header names 5 columns.",
        notes: ["A missing value still needs its separator.", "1 more row like it: line 4."],
        row: 1,
        line: 2,
      },
    ]);
  });

  test("many ragged rows are one problem", () => {
    const [problem, ...others] = read(`a,b\n1,2\n${"1,2,3\n".repeat(1000)}`);
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ row: 2, line: 3 });
    expect(problem?.notes).toEqual([
      "A value that contains a comma must stand in quotation marks, as must one that spans lines.",
      "999 more rows like it: lines 4, 5, 6, 7, 8, ....",
    ]);
  });

  test("the line of a ragged row counts blank lines and lines inside quotes", () => {
    expect(read('a,b\n\n"1\n2",3\n\n4\n')).toMatchObject([{ code: "NW0624", row: 2, line: 6 }]);
  });

  test("a header of numbers that count, two of them equal", () => {
    const [problem] = read("1,1\na,b\n");
    expect(problem?.code).toBe("NW0622");
    expect(problem?.notes[0]).toContain("the header may be missing");
  });

  test("a row that ends too early, and is the last", () => {
    expect(read("a,b\n1,2\n3,4\nTotal: 2\n")).toMatchObject([
      { code: "NW0624", line: 4, notes: [expect.stringContaining("It is the last one")] },
    ]);
  });

  test("a quote that is never closed, and text after a closing quote", () => {
    expect(read('a,b\n1,2\n3,"4\n5,6\n')).toMatchObject([
      { code: "NW0625", line: 3, message: "Line 3 of `mix.csv` opens a quoted value that is never closed." },
    ]);
    expect(read('a,b\n1,"2"x\n')).toMatchObject([{ code: "NW0625", line: 2 }]);
  });

  test("binary data and other encodings", () => {
    expect(read("\0\u0001\0\0")).toMatchObject([{ code: "NW0626" }]);
    expect(
      read(new TextDecoder().decode(Uint8Array.of(0x4c, 0xe4, 0x2c, 0x62, 0x0a, 0x31, 0x2c, 0x32))),
    ).toMatchObject([{ code: "NW0626" }]);
  });

  test("a line of ten megabytes is named in short", () => {
    const [problem] = read("x".repeat(10_000_000));
    expect(problem).toMatchObject({ code: "NW0621" });
    expect(JSON.stringify(read(`${"x".repeat(10_000_000)},a,a\n1,2,3`)).length).toBeLessThan(1000);
  });
});
