// What is known of a column only behind the start of a file, by which it is first read; and that the ways in which a table
// comes give one table.

import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  allWords,
  type ByteSource,
  type ReadSettings,
  readCsv,
  summarize,
  type Table,
} from "../../src/index.ts";
import { dialects, headless } from "../dialect-samples.ts";
import { problemsOf, table, valuesOf } from "../support.ts";

/** More rows than the start of a file holds. */
const MANY = 5000;
const rows = (line: (row: number) => string) =>
  Array.from({ length: MANY }, (_, row) => line(row)).join("\n");

function inParts(text: string, size: number): ByteSource {
  const bytes = new TextEncoder().encode(text);
  return {
    size: null,
    *parts() {
      for (let start = 0; start < bytes.length; start += size) yield bytes.slice(start, start + size);
    },
  };
}

/** All of a table that does not depend on how much memory was taken. */
function told(result: ReturnType<typeof readCsv>) {
  if ("problems" in result) return result;
  const { columns, lines, texts, ...rest } = result.table;
  return {
    ...rest,
    lines: [...(lines ?? [])],
    texts: texts?.map(allWords),
    columns: columns.map((column) => [column.kind, column.name, column.gaps, ...valuesOf(column)]),
  };
}

describe("text far below the start of a file", () => {
  test("makes a column one of words, with every number as it was written", () => {
    const { columns } = table(`a,b\n${rows((row) => `${row}.50,${row}`)}\nlate,1\n`);
    const [a, b] = columns;
    expect([a?.kind, b?.kind]).toEqual(["text", "number"]);
    expect(valuesOf(a).slice(0, 2)).toEqual(["0.50", "1.50"]);
    expect(valuesOf(a).at(-1)).toBe("late");
  });

  test("but none in a header that is repeated there", () => {
    const { columns, reading, rows: count } = table(`a,b\n${rows((row) => `${row},1`)}\na,b\n7,8\n`);
    expect(count).toBe(MANY + 1);
    expect(reading?.repeatedHeaders).toEqual([MANY + 2]);
    expect(columns.map(({ kind }) => kind)).toEqual(["number", "number"]);
    expect(valuesOf(columns[0]).at(-1)).toBe(7);
  });

  test("nor in the line below it, as of tables in Markdown that were put behind one another", () => {
    const one = "| a | b |\n|--:|---|\n";
    const two = `${one}| 1 | x |\n| 2 | y |\n${one}| 3 | z |\n`;
    for (const [text, count] of [
      [two, 3],
      [`${one}${rows((row) => `| ${row} | x |`)}\n${one}| 7 | y |\n`, MANY + 1],
    ] as const) {
      const read = table(text);
      expect(read.rows).toBe(count);
      expect(read.reading?.repeatedHeaders).toHaveLength(1);
      expect(read.columns.map(({ kind, gaps }) => [kind, gaps])).toEqual([
        ["number", 0],
        ["text", 0],
      ]);
    }
    // Elsewhere it is a row.
    expect(table(`${one}| 1 | x |\n|---|---|\n| 3 | z |\n`).rows).toBe(3);
  });

  test("nor in comments", () => {
    const { columns, reading, lines } = table(`a,b\n${rows((row) => `${row},1`)}\n# checked\n7,8\n`);
    expect(reading?.comments).toBe(1);
    expect(columns.map(({ kind }) => kind)).toEqual(["number", "number"]);
    expect(lines?.at(-1)).toBe(MANY + 3);
  });

  test("separators of thousands there are found as at the start", () => {
    const { columns, reading } = table(`a;b\n${rows((row) => `${row % 900},5;1`)}\n1.234.567,5;1\n`);
    expect(reading?.grouped).toEqual(["a"]);
    expect(valuesOf(columns[0]).at(-1)).toBe(1_234_567.5);
  });

  test("words for missing values leave it one of numbers", () => {
    const result = readCsv(`a,b\n${rows((row) => `${row},1`)}\n n/a ,1\nunknown,1\n-999,1\n−5,1\n`, {
      name: "t.csv",
      missingWords: ["unknown", "-999.0"],
    });
    const [a] = "table" in result ? result.table.columns : [];
    expect(a).toMatchObject({ kind: "number", gaps: 3 });
    expect(valuesOf(a).slice(-4)).toEqual([Number.NaN, Number.NaN, Number.NaN, -5]);
  });
});

describe("rows of another width far below", () => {
  test("are counted and named", () => {
    const text = `a,b\n${rows((row) => `${row},1`)}\n1,2,3\n${rows(() => "4,5")}\n6\n`;
    expect(problemsOf(readCsv(text, { name: "t.csv" }))).toMatchObject([
      {
        code: "NW0624",
        row: MANY + 1,
        line: MANY + 2,
        notes: [expect.any(String), expect.stringContaining(`line ${2 * MANY + 3}.`)],
      },
    ]);
  });

  test("are none where only nothing stands in the additional columns", () => {
    const { columns, rows: count } = table(`a,b\n${rows((row) => `${row},1`)}\n7,8,,\n`);
    expect([count, columns.length]).toEqual([MANY + 1, 2]);
    expect(valuesOf(columns[0]).at(-1)).toBe(7);
  });

  test("names in front of all rows", () => {
    const { columns, rowNames } = table(`a b\n${rows((row) => `r${row} ${row}.5 2`)}\n`);
    expect(columns.map(({ name, kind }) => [name, kind])).toEqual([
      ["a", "number"],
      ["b", "number"],
    ]);
    expect(rowNames?.at(-1)).toBe(`r${MANY - 1}`);
  });
});

describe("a byte 0, or a quote that is not closed, far below", () => {
  test.each([
    ["in a value", "1,\0", "NW0626"],
    ["in quotes", '1,"\0"', "NW0626"],
    ["behind a broken quote", '1,"x"y\n1,\0', "NW0626"],
    ["a broken quote", '1,"x"y\n1,2', "NW0625"],
    ["a quote that is never closed", '1,"x\n1,2', "NW0625"],
  ])("%s", (_, line, code) => {
    const [problem] = problemsOf(readCsv(`a,b\n${rows((row) => `${row},1`)}\n${line}\n`, { name: "t.csv" }));
    expect(problem?.code).toBe(code);
    if (code === "NW0625") expect(problem?.line).toBe(MANY + 2);
  });
});

describe("text, bytes and parts of any size give one table", () => {
  const samples = [...Object.entries(dialects), ...Object.entries(headless)];
  test.each(samples)("%s", (_, [text]) => {
    const expected = told(readCsv(text, { name: "t.csv", keepText: true }));
    for (const size of [1, 2, 3, 7, 64]) {
      expect(told(readCsv(inParts(text, size), { name: "t.csv", keepText: true }))).toEqual(expected);
    }
    expect(told(readCsv(new TextEncoder().encode(text), { name: "t.csv", keepText: true }))).toEqual(
      expected,
    );
  });

  const cell = fc.constantFrom(
    "1",
    "2.5",
    "-3e4",
    "x",
    "",
    " 7 ",
    '"a,b"',
    '"q""q"',
    "NA",
    "#1",
    "1,5",
    '"l\nm"',
    "ü",
  );
  const settings = fc.constantFrom<ReadSettings>(
    {},
    { decimal: "," },
    { header: false },
    { missingWords: ["2.5"] },
  );

  test("of random cells", () => {
    const line = fc.array(cell, { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 8 }),
        fc.integer({ min: 1, max: 9 }),
        settings,
        (lines, size, how) => {
          const text = `a,b,c\n${lines.map((cells) => cells.join()).join("\r\n")}`;
          const expected = told(readCsv(text, { name: "t.csv", ...how }));
          expect(told(readCsv(inParts(text, size), { name: "t.csv", ...how }))).toEqual(expected);
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe("a cell of a hundred thousand characters takes no time", () => {
  const long = 100_000;
  test.each([
    ["digits and a letter", `${"9".repeat(long)}x`],
    ["decimals and a letter", `1.${"3".repeat(long)}x`],
    ["an exponent and a letter", `1e${"9".repeat(long)}x`],
    ["thousands and a letter", `"1${",234".repeat(long / 4)}x"`],
    ["thousands with blanks", `1${" 234".repeat(long / 4)}x`],
    ["points", ".".repeat(long)],
    ["blanks between letters", `a${" ".repeat(long)}b`],
    ["a number and its unit", `${"9".repeat(long)} kg`],
    ["quotes", `"${'""'.repeat(long / 2)}"`],
    ["signs", "-".repeat(long)],
  ])("%s", (_, text) => {
    const start = performance.now();
    const found: Table = table(`a,b\n1,2\n3,${text}\n5,6\n`);
    summarize(found);
    expect(performance.now() - start).toBeLessThan(3000);
  });
});
