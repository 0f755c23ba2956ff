// The quick look at a file's columns agrees with the full reading.

import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { header, readCsv } from "../../src/index.ts";
import { table } from "../support.ts";

describe("header", () => {
  test.each([
    ["a,b\n1,2\n", ["a", "b"]],
    ["\ufeffa;b\r\n1;2\r\n", ["a", "b"]],
    ["\n\na\tb", ["a", "b"]],
    ["\ufeff\r\n\na;b\n1;2\n", ["a", "b"]],
    ['"a, ""x""\nz",b\n1,2', ['a, "x"\nz', "b"]],
    ["\ta\n1\t2\n", ["a"]],
    ["a\t\n1\t2\n", ["a"]],
    ["", []],
    ["\n \n", []],
    ["\u0000a\u0000,\u0000b\n", []],
    // The mark of DOS is one at the end of the file alone.
    ["a,b\u001a\n1,2\n", ["a", "b\u001a"]],
    ["a,b\n1,2\n\u001a", ["a", "b"]],
    ["a,b\u001a", ["a", "b"]],
  ])("%j", (text, names) => expect(header(text)).toEqual(names));

  test("a stated delimiter is obeyed", () =>
    expect(header("a;b,c\n", { separator: ";" })).toEqual(["a", "b,c"]));

  test("agrees with readCsv", () => {
    const name = fc.stringMatching(/^[a-z][a-z ,;"]{0,6}[a-z]$/);
    const names = fc.uniqueArray(name, { minLength: 2, maxLength: 6 });
    fc.assert(
      fc.property(
        names,
        fc.constantFrom(",", ";", "\t"),
        fc.integer({ min: 1, max: 20 }),
        (all, separator, rows) => {
          const head = all.map((n) => `"${n.replaceAll('"', '""')}"`).join(separator);
          const text = [head, ...Array(rows).fill(all.map(() => "1").join(separator))].join("\n");
          expect(header(text)).toEqual(all);
          expect(table(text).columns.map((c) => c.name)).toEqual(all);
        },
      ),
    );
  });

  test("does not read the rows", () => {
    const text = `a,b\n${"1,2\n".repeat(200_000)}`;
    const start = performance.now();
    expect(header(text)).toEqual(["a", "b"]);
    const quick = performance.now() - start;
    table(text);
    expect(quick).toBeLessThan((performance.now() - start) / 5);
  });
});

test.each(["\u2028", "\u00a0", "\u3000", "\t", " \t "])(
  "a line of the blank %j above the header is none",
  (blank) => {
    for (const rest of ["a,b\n1,2\n3,4\n", "a\n1\n2\n"]) {
      const text = `${blank}\r\n${rest}`;
      const read = readCsv(text, { name: "t.csv" });
      const own = "table" in read ? read.table.columns.map(({ name }) => name) : [];
      expect(own.length).toBeGreaterThan(0);
      expect(header(text)).toEqual(own);
    }
  },
);
