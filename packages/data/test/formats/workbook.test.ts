// Workbooks, as XlsxWriter, openpyxl and pandas write them.

import { expect, test } from "@jest/globals";
import { bytesOf, complaintsOf, read } from "./support.ts";

test("cells: dates, times, shares, formulas, errors, merged ones, text", async () => {
  const { columns, warnings } = await read("cells.xlsx");
  expect(columns).toEqual({
    day: ["2024-01-01", "2024-01-02", "2024-01-03", "2024-01-04"],
    moment: ["2024-01-01T12:30:00", "2024-01-02T12:30:00", "2024-01-03T12:30:00", "2024-01-04T12:30:00"],
    clock: ["09:15:00", "10:15:00", "11:15:00", "12:15:00"],
    share: [0.125, 0.25, 0.375, 0.5],
    sum: [0.25, 0.5, 0.75, 1],
    empty: [3, Number.NaN, 4, Number.NaN],
    code: ["007", "007", "007", "007"],
    group: ["g1", "g1", "g2", "g2"],
    text: Array.from({ length: 4 }, () => 'a "b", c d'),
  });
  expect(warnings).toEqual([]);
});

test("another sheet by its name; one that there is not is told", async () => {
  expect((await read("cells.xlsx", undefined, { sheet: "second" })).columns).toEqual({ a: [1], b: [2] });
  expect((await complaintsOf("cells.xlsx", undefined, { sheet: "secnd" }))[0]).toBe(
    "NW0670 `cells.xlsx` has no sheet `secnd`. Did you mean `second`? Its sheets are `first` and `second`.",
  );
  const { columns } = await read("cells.xlsx", undefined, { sheet: "of the training", anySheet: true });
  expect(Object.keys(columns)).toHaveLength(9);
});

test("the calendar of 1904, below a title", async () => {
  const { columns, table } = await read("1904.xlsx");
  expect(columns).toEqual({ day: ["2024-01-02", "2024-01-03"], n: [1, 2], m: [0, 5] });
  // Rows of the sheet.
  expect([...(table.lines ?? [])]).toEqual([3, 4]);
});

test("formulas that nobody has computed are missing, and told", async () => {
  const { columns, warnings } = await read("uncached.xlsx");
  expect(columns).toEqual({ a: [1, 2], b: [Number.NaN, Number.NaN] });
  expect(warnings[0]).toMatchObject({
    code: "NW0673",
    message: "2 cells of `uncached.xlsx` are formulas without a value.",
  });
});

test("one that is cut short is a problem", async () => {
  const bytes = bytesOf("cells.xlsx");
  expect((await complaintsOf("t.xlsx", bytes.slice(0, 3000)))[0]).toMatch(/^NW0670 `t.xlsx` is damaged/);
});

test("a workbook in a text is refused, and not read for ever", async () => {
  const text = String.fromCharCode(...bytesOf("small.xlsx"));
  expect(await complaintsOf("small.xlsx", text)).toEqual([
    "NW0670 `small.xlsx` was read as text, which leaves nothing of a workbook. Give its bytes.",
  ]);
});
