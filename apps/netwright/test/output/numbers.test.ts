import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { brief, bytes, duration, exact, plain, short, shortDuration } from "../../src/output/numbers.ts";

test("numbers have four digits", () => {
  expect([0, 0.12345, 12.345, 1234.5, 123456, 1.2345e-7, -0.5, 1e12].map((x) => brief(x))).toEqual([
    "0.000",
    "0.1235",
    "12.35",
    "1235",
    "123456",
    "1.235e-7",
    "-0.5000",
    "1.000e+12",
  ]);
  expect(brief(null)).toBe("-");
  expect(brief(Number.NaN)).toBe("NaN");
  expect([540, 2.5, 0, 100].map((x) => plain(x))).toEqual(["540", "2.5", "0", "100"]);
});

test("durations, sizes and short counts", () => {
  expect([7, 999, 9_940, 9_960, 41_234, 999_600, 12_345_678, 67e9].map(short)).toEqual([
    "7",
    "999",
    "9.9k",
    "10k",
    "41k",
    "1.0M",
    "12M",
    "67G",
  ]);
  expect([0.04, 9.94, 9.96, 59.6, 185, 7620].map(duration)).toEqual([
    "0.0 s",
    "9.9 s",
    "10 s",
    "1 min 00 s",
    "3 min 05 s",
    "2 h 07 min",
  ]);
  expect([12, 185, 7620].map(shortDuration)).toEqual(["12s", "3m05s", "2h07m"]);
  expect([12, 2048, 3 * 2 ** 20, 5e9].map(bytes)).toEqual(["12 B", "2.0 KiB", "3.0 MiB", "4.7 GiB"]);
});

test("numbers of 32 bits have the digits that they have, and others all of theirs", () => {
  const of = (x: number) => exact(Math.fround(x));
  expect([0.1, 1 / 3, 65.5, 1e-7, 16_777_217, 3.4e38, 0].map(of)).toEqual([
    "0.1",
    "0.33333334",
    "65.5",
    "1e-7",
    "16777216",
    String(Math.fround(3.4e38)),
    "0",
  ]);
  expect([65.51317079791326, 0.1, 123_456_792].map(exact)).toEqual(["65.51317079791326", "0.1", "123456792"]);
  expect(["NaN", "Infinity"].map((x) => exact(Number(x)))).toEqual(["NaN", "Infinity"]);
  fc.assert(
    fc.property(fc.float(), (x) => Math.fround(Number(exact(x))) === x || Number.isNaN(x) || x === 0),
  );
  fc.assert(fc.property(fc.double(), (x) => Math.fround(x) === x || exact(x) === String(x)));
});
