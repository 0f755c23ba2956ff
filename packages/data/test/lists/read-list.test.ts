// Cells as lists of numbers.

import { expect, test } from "@jest/globals";
import { readList } from "../../src/lists/read-list.ts";

test.each([
  "1 2.5 -3e1",
  "1;2.5;-3e1",
  "1, 2.5, -3e1",
  "[1, 2.5, -30]",
  "(1; 2.5; -30)",
  " [1 2.5  -30] ".trim(),
])("%s", (cell) => expect(readList(cell, 3)).toEqual(Float64Array.of(1, 2.5, -30)));

test.each([
  ["1 2", "NW0655", "is a list of 2 numbers, and the model states 3"],
  ["7", "NW0655", "is a list of 1 number, and the model states 3"],
  ["[]", "NW0655", "is a list of 0 numbers, and the model states 3"],
  ["1 two 3", "NW0653", "is `1 two 3`, which has `two` where number 2 of a list is expected"],
  ["1,,3", "NW0653", "is `1,,3`, which has nothing where number 2 of a list is expected"],
  ["1,NaN,3", "NW0653", "is `1,NaN,3`, which has `NaN` where number 2 of a list is expected"],
  ["[1, [2], 3]", "NW0653", "is `[1, [2], 3]`, which has `[1` where number 1 of a list is expected"],
  [
    "1 2 1e39",
    "NW0635",
    "is `1 2 1e39`, with a number that is too large for the 32-bit numbers of the network",
  ],
  [
    "1 2 inf",
    "NW0635",
    "is `1 2 inf`, with a number that is too large for the 32-bit numbers of the network",
  ],
])("%s is none of three numbers", (cell, code, says) =>
  expect(readList(cell, 3)).toMatchObject({ code, says }),
);
