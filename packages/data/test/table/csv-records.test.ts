// Records of the start of a table: a text without quotation marks is divided by the engine's own functions, and must be
// what the scanner makes of it.

import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { csvRecords } from "../../src/table/csv-records.ts";

const text = fc
  .array(fc.constantFrom("a", "1", ".", ",", ";", "\t", "|", " ", "  ", "\n", "\n\n", "é", "'"), {
    maxLength: 40,
  })
  .map((parts) => parts.join(""));
const separators = fc.constantFrom(",", ";", "\t", "|", " ");

test("a quotation mark elsewhere changes nothing in the records", () => {
  fc.assert(
    fc.property(text, separators, fc.nat(5), (start, separator, firstLine) => {
      const marks = { separator, quote: '"' } as const;
      const plain = csvRecords(`${start}\nend`, marks, firstLine);
      const scanned = csvRecords(`${start}\n"end"`, marks, firstLine);
      expect(plain).toEqual(scanned);
    }),
  );
});
