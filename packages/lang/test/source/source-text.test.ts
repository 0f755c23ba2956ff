import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { lineBounds, lineOf, positionAt, sourceText } from "../../src/index.ts";

test("LF, CRLF and CR end lines, and the byte order mark is no part of the text", () => {
  const source = sourceText("a.net", "\ufeffa\nb\r\nc\rd");
  expect(source.text).toBe("a\nb\r\nc\rd");
  expect(source.lineStarts).toEqual([0, 2, 5, 7]);
  expect([0, 1, 2, 3, 4, 5, 6, 7, 8].map((offset) => lineOf(source, offset))).toEqual([
    1, 1, 2, 2, 2, 3, 3, 4, 4,
  ]);
  expect(lineBounds(source, 2)).toEqual({ start: 2, end: 3 });
});

test("columns count code points from 1", () => {
  const source = sourceText("a.net", "x\n😀é y");
  expect(positionAt(source, 6)).toEqual({ line: 2, column: 4 });
});

test("every offset lies on the line that holds it", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom("a", "\n", "\r", "😀") }), fc.nat(40), (text, offset) => {
      const source = sourceText("a.net", text);
      const at = Math.min(offset, text.length);
      const { line, column } = positionAt(source, at);
      const start = source.lineStarts[line - 1] ?? -1;
      expect(start).toBeLessThanOrEqual(at);
      expect(source.lineStarts[line] ?? text.length + 1).toBeGreaterThan(at);
      expect(column).toBeLessThanOrEqual(at - start + 1);
    }),
  );
});
