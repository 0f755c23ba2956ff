// The ways in which tables are written: each is found, said in one line, and read as the same table; `header` agrees.

import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { header, type ReadSettings, readCsv, sniffKind, summarize } from "../../src/index.ts";
import { dialects, headless, plain } from "../dialect-samples.ts";
import { problemsOf, table, valuesOf } from "../support.ts";

function read(text: string, settings: ReadSettings = {}) {
  const result = readCsv(text, { name: "t.csv", ...settings });
  if ("problems" in result) throw new Error(JSON.stringify(result.problems));
  const { columns } = result.table;
  return {
    columns: columns.map((column) => [column.name, ...valuesOf(column)]),
    lines: [...(result.table.lines ?? [])],
    note: summarize(result.table).reading,
  };
}

describe("is found", () => {
  test.each(Object.entries(dialects))("%s", (_, [text, note]) => {
    expect(read(text)).toMatchObject({ columns: plain, note });
    expect(header(text)).toEqual(["x", "y", "label"]);
  });

  test.each(Object.entries(headless))("no header, %s", (_, [text, note]) => {
    const names = ["column1", "column2", "column3"];
    expect(read(text)).toMatchObject({
      columns: plain.map(([, ...values], i) => [names[i], ...values]),
      note,
    });
    expect(header(text)).toEqual(names);
  });

  test("rows keep the lines of the file", () => {
    expect(read(dialects["comments"]?.[0] ?? "").lines).toEqual([5, 6, 8]);
    expect(read(dialects["sep="]?.[0] ?? "").lines).toEqual([3, 4, 5]);
  });
});

describe("a header is missing only where the first row is one of values", () => {
  test.each([
    ["years above the values", "Country,1990,1991,1992\nChad,5.1,6,7\nPeru,1,2,3\n", false],
    ["the numbers that a data frame gives", "0,1,2,3\n5.1,3.5,1.4,0.2\n4.9,3,1.4,0.2\n", false],
    ["the same behind a nameless column", ",0,1\n0,5,7\n1,6,8\n", false],
    ["wavelengths", "y,1100,1102,1104\n3,0.1,0.2,0.3\n4,0.2,0.1,0.5\n", false],
    ["words above words", "name,city\nBob,Rome\nEve,Oslo\n", false],
    ["a name above each column", "x,y\n1,2\n3,4\n", false],
    ["numbers", "6,148,72\n1,85,66\n8,183,64\n", true],
    ["rows that count in every row", "1,2,3\n4,5,6\n7,8,9\n", true],
    ["a class that comes again", "5,3,setosa\n4,3,setosa\n6,2,virginica\n", true],
    ["measured numbers that count by chance", "1.0,2.0,3.0\n4.0,5.0,6.5\n", true],
    [
      "blanks, and a tab before a quoted name",
      '18.0   8   3504.  70\t"a malibu"\n15.0   8   3693.  70\t"a skylark"\n18.0   8   ?  70\t"a satellite"\n',
      true,
    ],
    ["one column of numbers", "5.5\n3\n4\n", true],
    ["a missing value", "5,?,1.5\n3,4,2\n1,5,2.5\n", true],
    ["thousands", "1,234;5,678\n2,345;6,789\n", true],
    ["thousands with apostrophes", "1'234.5;5\n2'345.5;6\n3;7\n", true],
    ["decimal commas in quotes between commas", '"1,5","2,5"\n"3,25","4,5"\n"1,75","0,5"\n', true],
    ["two equal numbers beside words that differ", "7,7,a\n1,2,b\n5,1,c\n", true],
  ])("%s: %p", (_, text, missing) => {
    expect(header(text)[0] === "column1").toBe(missing);
    expect(table(text).columns[0]?.name === "column1").toBe(missing);
  });
});

describe("what may mean two things is read in the plain way", () => {
  test.each([
    ["one column of words", "name\nNew York\nLos Angeles\n", [["name", "New York", "Los Angeles"]]],
    ["one column of grouped numbers", "n\n1 234\n5 678\n", [["n", "1 234", "5 678"]]],
    [
      "three digits behind each comma",
      "a;b\n1,234;2\n5,678;3\n",
      [
        ["a", "1,234", "5,678"],
        ["b", 2, 3],
      ],
    ],
    [
      "three digits behind each point",
      "a;b\n1.234;2\n5.678;3\n",
      [
        ["a", 1.234, 5.678],
        ["b", 2, 3],
      ],
    ],
    [
      "lists in quotes",
      'a,b\n"1,2",2\n"3,4",3\n',
      [
        ["a", "1,2", "3,4"],
        ["b", 2, 3],
      ],
    ],
    [
      "both signs",
      "a;b\n1,5;2.5\n2,5;3.5\n",
      [
        ["a", "1,5", "2,5"],
        ["b", 2.5, 3.5],
      ],
    ],
    [
      "tags with bars",
      "id,tags\n1,a|b\n2,c|d\n",
      [
        ["id", 1, 2],
        ["tags", "a|b", "c|d"],
      ],
    ],
    [
      "a name that begins with #",
      "#id,x\n1,2\n3,4\n",
      [
        ["#id", 1, 3],
        ["x", 2, 4],
      ],
    ],
    [
      "apostrophes",
      "name,x\nO'Brien,1\n'tis,2\n",
      [
        ["name", "O'Brien", "'tis"],
        ["x", 1, 2],
      ],
    ],
    [
      "times",
      "date time,x\n2020-01-01 10:00,5\n2020-01-02 11:00,6\n",
      [
        ["date time", "2020-01-01 10:00", "2020-01-02 11:00"],
        ["x", 5, 6],
      ],
    ],
    [
      "quotation marks within words",
      'a,b\n5" pipe,1\n7" pipe,2\n',
      [
        ["a", '5" pipe', '7" pipe'],
        ["b", 1, 2],
      ],
    ],
  ])("%s", (_, text, columns) => {
    expect(read(text).columns).toEqual(columns);
    expect(header(text)).toEqual(columns.map(([name]) => name));
  });
});

describe("what is stated holds", () => {
  const cases: readonly (readonly [string, string, ReadSettings, unknown])[] = [
    [
      "a separator",
      "a;b,c\n1;2,5\n",
      { separator: ",", decimal: "." },
      [
        ["a;b", "1;2"],
        ["c", 5],
      ],
    ],
    [
      "blanks",
      "a b\n1 x\n2 y\n",
      { separator: " " },
      [
        ["a", 1, 2],
        ["b", "x", "y"],
      ],
    ],
    [
      "a decimal comma",
      'a,b\n"1,234",2\n"5,678",3\n',
      { decimal: "," },
      [
        ["a", 1.234, 5.678],
        ["b", 2, 3],
      ],
    ],
    [
      "a decimal point",
      "a;b\n1,5;2\n",
      { decimal: "." },
      [
        ["a", "1,5"],
        ["b", 2],
      ],
    ],
    [
      "thousands",
      'a,b\n"1,234",2\n"5,678",3\n',
      { thousands: "," },
      [
        ["a", 1234, 5678],
        ["b", 2, 3],
      ],
    ],
    [
      "points between thousands, which are no decimal points then",
      "a;b;c\n1.234;1.5;2,5\n5.678;2.5;3,5\n",
      { thousands: "." },
      [
        ["a", 1234, 5678],
        ["b", "1.5", "2.5"],
        ["c", 2.5, 3.5],
      ],
    ],
    [
      "commas between thousands, which are no decimal commas then",
      "a;b\n1,234;1,5\n5,678;2,5\n",
      { thousands: "," },
      [
        ["a", 1234, 5678],
        ["b", "1,5", "2,5"],
      ],
    ],
    [
      "blanks between thousands",
      "a;b\n1 234;2\n5;3\n",
      { thousands: " " },
      [
        ["a", 1234, 5],
        ["b", 2, 3],
      ],
    ],
    [
      "no header",
      "a,b\nc,d\n",
      { header: false },
      [
        ["column1", "a", "c"],
        ["column2", "b", "d"],
      ],
    ],
    [
      "a header of numbers",
      "5,7.5\n1,2\n",
      { header: true },
      [
        ["5", 1],
        ["7.5", 2],
      ],
    ],
    [
      "lines to skip",
      "x,y\nm,s\na,b\n1,2\n",
      { skip: 2 },
      [
        ["a", 1],
        ["b", 2],
      ],
    ],
    [
      "no line to skip",
      "# a,b\n1,2\n",
      { skip: 0 },
      [
        ["# a", 1],
        ["b", 2],
      ],
    ],
  ];
  test.each(cases)("%s", (_, text, settings, columns) => {
    expect(read(text, settings).columns).toEqual(columns);
    expect(header(text, settings)).toEqual(read(text, settings).columns.map(([name]) => name));
  });

  test("more lines to skip than there are", () => {
    expect(problemsOf(readCsv("a,b\n1,2\n", { name: "t.csv", skip: 5 }))).toMatchObject([
      { code: "NW0620", setting: "skip", message: "`t.csv` holds nothing below its first 5 lines." },
    ]);
  });
});

describe("a table that was written in a dialect is read as it was", () => {
  const name = fc.stringMatching(/^[a-z][a-z0-9]{0,6}$/);
  const word = fc
    .stringMatching(/^[a-z]{1,5}( [a-z]{1,5})?$/)
    .filter((text) => !/^(?:na|nan|nat|nil|null|none|inf|infinity|missing)$/.test(text));
  const rowsOf = (width: number) =>
    fc.array(
      fc.tuple(fc.array(fc.integer({ min: -9999, max: 9999 }), { minLength: width, maxLength: width }), word),
      { minLength: 2, maxLength: 12 },
    );
  const made = fc.integer({ min: 1, max: 4 }).chain((width) =>
    fc.record({
      names: fc.uniqueArray(name, { minLength: width + 1, maxLength: width + 1 }),
      rows: rowsOf(width),
      separator: fc.constantFrom(",", ";", "\t", "|", "   "),
      decimal: fc.constantFrom(".", ","),
      quote: fc.constantFrom('"', "'"),
      title: fc.constantFrom(
        "",
        "# a comment, with a comma\n",
        "sep\n",
        "A title; of more words than there are columns\n",
      ),
      end: fc.constantFrom("\n", "\r\n"),
    }),
  );

  test("in all combinations", () => {
    fc.assert(
      fc.property(made, ({ names, rows, separator, decimal, quote, title, end }) => {
        const comma = decimal === "," && separator !== ",";
        // A hundredth behind each number proves the decimal sign.
        const number = (x: number) => `${x}.25`.replace(".", comma ? "," : ".");
        const value = (x: number) => Number(`${x}.25`);
        const quoted = (text: string) => `${quote}${text}${quote}`;
        const withTitle = names.length > 2 ? title : "";
        const lines = [
          names.map(quoted).join(separator),
          ...rows.map(([numbers, text]) => [...numbers.map(number), quoted(text)].join(separator)),
        ];
        const text = (withTitle + lines.join("\n")).replaceAll("\n", end);
        const columns = names.map((column, i) => [
          column,
          ...rows.map(([numbers, text]) => (i < numbers.length ? value(numbers[i] ?? 0) : text)),
        ]);
        expect(read(text).columns).toEqual(columns);
        expect(header(text)).toEqual(names);
      }),
      { numRuns: 300, seed: 5 },
    );
  });
});

describe("what is no table in text is named", () => {
  const signs: readonly (readonly [string, string])[] = [
    ["PK\u0003\u0004\u0014\0[Content_Types].xml", "workbook"],
    ["PK\u0003\u0004\u0014\0table.csv", "zip"],
    ["\ufffd\ufffd\u0011\ufffd\0\0", "older Excel"],
    ["\u001f\ufffd\u0008\0", "gzip"],
    ["PAR1\u0015", "Parquet"],
    ["%PDF-1.7\n", "PDF"],
    ["GIF89a\u0010\0\u0010\0", "GIF"],
    ["RIFF\u0024\ufffd\0\0WEBPVP8 ", "WebP"],
    ["II*\0\u0008\0\0\0", "TIFF"],
    ["BM6\ufffd\0\0\0\0\0\u0036", "BMP"],
    ["\0\0\0\u0018ftypheic\0\0\0\0", "HEIC"],
    ["SQLite format 3\0", "SQLite"],
    ["version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n", "Git LFS"],
    ["<!DOCTYPE html>\n<html><body>404</body></html>", "HTML"],
    ['\n<html lang="en">', "HTML"],
    ['<?xml version="1.0"?>\n<rows/>', "XML"],
    ['{"a": 1, "b": 2}\n{"a": 3, "b": 4}\n', "JSON"],
    ['[\n  {"a": 1}\n]', "JSON"],
    ["\ufeff[[1,2],[3,4]]", "JSON"],
    ["[1,2]\n[3,4]\n", "JSON"],
    ['["a", 1.5, null]\n["b", 2, 3]\n', "JSON"],
    ["[1, 2, 3]", "JSON"],
    ["<!-- saved from a page -->\n<HTML>", "HTML"],
    ["<title>404 Not Found</title>", "HTML"],
    ['<rows>\n  <row a="1"/>\n</rows>', "XML"],
    ['<svg xmlns="http://www.w3.org/2000/svg"/>', "XML"],
    ["% a table of Weka\n\n@relation iris\n@data\n1,2\n", "ARFF"],
    ["# a model\nnetwright 1\n\ndata d {\n", "`.net` file"],
    ["model { dense(1) }\n", "`.net` file"],
  ];
  test.each(signs)("%j: %s", (text, what) => {
    const [problem, ...others] = problemsOf(readCsv(text, { name: "t.csv" }));
    expect(others).toEqual([]);
    expect(problem).toMatchObject({
      code: "NW0627",
      setting: "source",
      message: expect.stringContaining(what),
    });
    // Of what a reader of another format takes, it tells.
    if (sniffKind(text)?.format === undefined) expect(header(text)).toEqual([]);
  });

  test.each([
    "[x],[y]\n1,2\n",
    "{a},b\n1,2\n",
    "model,data\n1,2\n",
    "data\n1\n2\n",
    "<5,>3\n1,2\n",
    "<a>,<b>\n1,2\n",
    "<NA>,x\n1,2\n",
    "x\n<NA>\n<NA>\n",
    "[1],[2]\n1,2\n",
    "PK,AR\n1,2\n",
  ])("%j is a table", (text) => expect(table(text).rows).toBeGreaterThan(0));
});

test("no text takes longer for each of its characters", () => {
  const long = 50_000;
  for (const text of [
    "\n".repeat(long),
    " ".repeat(long),
    "#\n".repeat(long),
    `${"# \n".repeat(long)}a,b\n1,2\n`,
    "'".repeat(long),
    '"'.repeat(long),
    ",".repeat(long),
    "a b ".repeat(long),
    `${"1,111,".repeat(long)}x`,
    `a\n${"1".repeat(long)}x\n`,
    "%\n \n".repeat(long),
  ]) {
    readCsv(text, { name: "t.csv" });
    header(text);
  }
}, 10_000);
