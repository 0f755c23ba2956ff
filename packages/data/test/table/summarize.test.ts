// Statistics of columns, worked out by hand.

import { expect, test } from "@jest/globals";
import { summarize } from "../../src/index.ts";
import { table } from "../support.ts";

test("numbers, text, missing and infinite values", () => {
  const data = table("a,b\n2,x\n4,\n,y\nInfinity,x\n4,x\n2,x\n");
  expect(summarize(data, 3)).toEqual({
    name: "data.csv",
    rows: 6,
    duplicateRows: 1,
    rowNames: null,
    columns: [
      { name: "a", type: "number", missing: 1, notFinite: 1, distinct: 3, min: 2, max: 4, mean: 3, std: 1 },
      {
        name: "b",
        type: "text",
        missing: 1,
        notFinite: 0,
        distinct: 2,
        min: null,
        max: null,
        mean: null,
        std: null,
      },
    ],
    head: [
      [2, "x"],
      [4, null],
      [null, "y"],
    ],
  });
});

test("a column with nothing in it has no statistics", () => {
  expect(summarize(table("a,b\n,1\n,2\n")).columns[0]).toMatchObject({
    missing: 2,
    min: null,
    mean: null,
    std: null,
  });
});
