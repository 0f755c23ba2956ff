// Records from bytes: held to Papa Parse, which works on the whole text at once, on texts that are right and wrong, in
// one part and in parts that end anywhere.

import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import Papa from "papaparse";
import { type ByteSource, byteSource } from "../../src/scan/byte-source.ts";
import { scanRecords } from "../../src/scan/scan-records.ts";
import { textsOf } from "../../src/table/csv-records.ts";

interface Read {
  readonly records: readonly (readonly string[])[];
  readonly lines: readonly number[];
  readonly faults: readonly (readonly [record: number, fault: string])[];
}

function scan(source: ByteSource, separator: string, quote = '"'): Read {
  const [records, lines, faults]: [string[][], number[], [number, string][]] = [[], [], []];
  scanRecords(source, { separator, quote }, 0, (fields) => {
    if (fields.fault !== null) faults.push([records.length, fields.fault]);
    records.push(textsOf(fields));
    lines.push(fields.line);
    return true;
  });
  return { records, lines, faults };
}

function papa(text: string, separator: string, quote = '"'): Read {
  const plain = text.replace(/\r\n?/g, "\n");
  const { data, errors } = Papa.parse<string[]>(plain, {
    delimiter: separator,
    newline: "\n",
    quoteChar: quote,
  });
  let line = 1;
  const lines = data.map((fields) => {
    const own = line;
    line += fields.join("").split("\n").length;
    return own;
  });
  const faults = new Map<number, string>();
  for (const { type, code, row = 0 } of errors) {
    if (type === "Quotes" && !faults.has(row))
      faults.set(row, code === "MissingQuotes" ? "unclosed" : "trailing");
  }
  return {
    records: data.length === 0 ? [[""]] : data,
    lines: data.length === 0 ? [1] : lines,
    faults: [...faults],
  };
}

/** The same bytes again and again in one array, as a reader of files hands them over. */
function inParts(text: string, size: number): ByteSource {
  const bytes = new TextEncoder().encode(text);
  return {
    size: bytes.length,
    *parts() {
      const buffer = new Uint8Array(size);
      for (let start = 0; start < bytes.length; start += size) {
        const part = bytes.subarray(start, start + size);
        buffer.fill(0x3f).set(part);
        yield buffer.subarray(0, part.length);
      }
    },
  };
}

const piece = fc.constantFrom(
  ...["a", "12", "é", "\u00a0", " ", '"', '""', ",", "\n", "\r\n", "\r", "\t", "'", "𝄞"],
);
const text = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(""));

describe("are those of Papa Parse", () => {
  test("whatever the text, and wherever its parts end", () => {
    fc.assert(
      fc.property(
        text,
        fc.constantFrom(",", "\t"),
        fc.constantFrom('"', "'"),
        fc.integer({ min: 1, max: 9 }),
        (...args) => {
          const [given, separator, quote, size] = args;
          const expected = papa(given, separator, quote);
          expect(scan(byteSource(given), separator, quote)).toEqual(expected);
          expect(scan(inParts(given, size), separator, quote)).toEqual(expected);
        },
      ),
      { numRuns: 1000 },
    );
  });

  test("of texts that are larger than a part", () => {
    const row = `1,"${"x".repeat(1000)}, ""y""",é\r\n`;
    const given = row.repeat(1000);
    expect(scan(byteSource(given), ",")).toEqual(papa(given, ","));
  });
});

test("blanks between values are any number of blanks and tabs", () => {
  const { records, lines } = scan(byteSource('  1 \t 2  "a  b" \n\n \t\n3 4 5\n'), " ");
  expect(records).toEqual([["1", "2", "a  b"], [""], [""], ["3", "4", "5"], [""]]);
  expect(lines).toEqual([1, 2, 3, 4, 5]);
});

test("UTF-16 with a mark in front is read as UTF-8 is", () => {
  const bytes = (big: boolean) =>
    Uint8Array.from(
      [...`\ufeffä,𝄞\n1,2`]
        .flatMap((c) => c.split(""))
        .flatMap((c) => {
          const [high, low] = [c.charCodeAt(0) >> 8, c.charCodeAt(0) & 255];
          return big ? [high, low] : [low, high];
        }),
    );
  for (const big of [false, true]) {
    expect(scan(byteSource(bytes(big)), ",").records).toEqual([
      ["ä", "𝄞"],
      ["1", "2"],
    ]);
  }
});

describe("takes a time that grows with the length alone", () => {
  const long = 400_000;
  test.each([
    ["a quote that is never closed", `a,b\n1,"${"x\n".repeat(long / 2)}`],
    ["quotes that are not closed properly", `a,b\n1,"${'x"y'.repeat(long / 3)}`],
    ["quotes that are doubled", `a,b\n1,"${'""'.repeat(long / 2)}"\n`],
    ["blanks behind a quote", `a,b\n1,"x"${" ".repeat(long)},2\n`],
    ["one line", `a,b\n${"1,".repeat(long / 2)}`],
  ])("%s", (_, given) => {
    const start = performance.now();
    scan(inParts(given, 16), ",");
    expect(performance.now() - start).toBeLessThan(4000);
  });
});
