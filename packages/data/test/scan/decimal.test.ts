// Numbers from bytes are those of `Number`, bit by bit.

import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { decimalOf } from "../../src/scan/decimal.ts";

const PATTERN = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;

function read(text: string, point = "."): number {
  const bytes = new TextEncoder().encode(`7${text}7`);
  return decimalOf(bytes, 1, bytes.length - 1, point.charCodeAt(0));
}

function expectSame(text: string): void {
  expect(Object.is(read(text), PATTERN.test(text) ? Number(text) : Number.NaN)).toBe(true);
}

test.each([
  ...[
    "0",
    "-0",
    "+0.0",
    ".5",
    "5.",
    "-.5e-3",
    "1e22",
    "1e23",
    "1e-22",
    "1e-23",
    "123456789012345e-22",
    "1e400",
  ],
  ...[
    "1e-400",
    "5e-324",
    "2.4e-324",
    "2.2250738585072011e-308",
    "1.7976931348623157e308",
    "1.7976931348623159e308",
  ],
  // Halfway between two numbers, or next to it.
  ...[
    "9007199254740993",
    "9007199254740992.5",
    "9007199254740993.00000000000000001",
    "0.500000000000000166533453693773481063544750213623046875",
  ],
  ...[
    "8.41e21",
    "9.5e-23",
    "0.000000000000000000000000000000000000000000001",
    "00000000000000000000000012.5",
  ],
  ...[
    "12345678901234567890123456789012345678901234567890",
    "1e00000000000000000005",
    "1e-99999999999",
    "0e99999999999",
  ],
])("%s", expectSame);

test.each([
  "",
  "+",
  "-",
  ".",
  "e5",
  "1e",
  "1e+",
  "1.2.3",
  "--1",
  "1x",
  "0x10",
  "1_000",
  "1 ",
  "٣",
  "Infinity",
  "NaN",
  "1e5.5",
])("%j is none", (text) => expect(read(text)).toBe(Number.NaN));

describe("random ones", () => {
  const digits = fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 24 }).map((each) => each.join(""));
  const spelled = fc
    .tuple(
      fc.constantFrom("", "-", "+"),
      digits,
      fc.constantFrom("", "."),
      digits,
      fc.option(fc.integer({ min: -340, max: 330 })),
    )
    .map(
      ([sign, whole, point, rest, exponent]) =>
        `${sign}${whole}${point}${rest}${exponent === null ? "" : `e${exponent}`}`,
    );

  test("spelled in any way", () => {
    fc.assert(fc.property(spelled, expectSame), { numRuns: 3000 });
  });

  test("of all bits", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (x) => {
        expectSame(String(x));
        expectSame(x.toExponential());
        expectSame(x.toPrecision(17));
        expectSame(x.toPrecision(21));
      }),
      { numRuns: 1500 },
    );
  });
});

test("with a decimal comma a point is none", () => {
  expect(read("-1234,5e1", ",")).toBe(-12345);
  expect(read("0,1234567890123456789", ",")).toBe(Number("0.1234567890123456789"));
  expect(read("1.5", ",")).toBe(Number.NaN);
});

test("a cell of a hundred thousand digits is read at once", () => {
  const start = performance.now();
  expect(read("9".repeat(100_000))).toBe(Number.POSITIVE_INFINITY);
  expect(read(`0.${"3".repeat(100_000)}`)).toBe(1 / 3);
  expect(read(`${"9".repeat(100_000)}x`)).toBe(Number.NaN);
  expect(performance.now() - start).toBeLessThan(500);
});
