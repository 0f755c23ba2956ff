// A table whose less important columns go below each row: whatever the width, every value is there.

import { expect, test } from "@jest/globals";
import picocolors from "picocolors";
import { type FittingColumn, fittingTable } from "../../src/output/fitting-table.ts";

interface Row {
  readonly name: string;
  readonly values: readonly string[];
}

const colours = picocolors.createColors(false);
const columns: readonly FittingColumn<Row>[] = [
  { title: "kernel", cell: ({ name }) => name },
  {
    title: "operations",
    cell: ({ values }) => values[0] ?? "",
    drop: 3,
    below: ({ values }) => values[0] ?? "",
  },
  { title: "tile", cell: ({ values }) => values[1] ?? "", drop: 2 },
  { title: "threads", cell: ({ values }) => values[2] ?? "", drop: 1 },
  { title: "FLOPs", cell: ({ values }) => values[3] ?? "" },
];
const rows: readonly Row[] = [
  { name: "1 product", values: ["dot_general, add", "2x16", "2", "1.0M"] },
  { name: "2 copy", values: ["copy", "", "1", "0"] },
];

test("what has no room as a column is told below its row, with its title where it does not say itself what it is", () => {
  expect(fittingTable(columns, rows, { colours, width: 30 })).toBe(
    "kernel     threads  FLOPs\n1 product  2        1.0M\n    dot_general, add\n    tile 2x16\n2 copy     1        0\n    copy\n",
  );
  expect(fittingTable(columns, rows, { colours, width: 20 })).toBe(
    "kernel     FLOPs\n1 product  1.0M\n    dot_general, add\n    tile 2x16\n    threads 2\n2 copy     0\n    copy; threads 1\n",
  );
});

test.each([10, 16, 20, 30, 40, 60, 100])("no value is lost in %i columns", (width) => {
  const text = fittingTable(columns, rows, { colours, width }).replace(/\s+/g, " ");
  for (const { name, values } of rows)
    for (const value of [name, ...values.filter((one) => one !== "")]) expect(text).toContain(value);
});
