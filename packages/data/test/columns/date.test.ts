// Columns of dates: how they are read, what becomes of them, and how both are saved.

import { describe, expect, test } from "@jest/globals";
import { cosine, sine } from "@netwright/ir/numerics";
import { columnTypes, encodeInput, prepare, readEncoders, writeEncoders } from "../../src/index.ts";
import { described, named, opened, planOf, prepared, problemsOf, table, type Written } from "../support.ts";

const dates = (args = {}) => ({ day: described("date", args) });
const csv = (cells: readonly string[]) =>
  table(`day,y\n${cells.map((cell, i) => `${cell},${i}`).join("\n")}\n`);
const xOf = (cells: readonly string[], args = {}, changes: Written = {}) => [
  ...prepared(csv(cells), { columns: dates(args), scale: "none", ...changes }).splits.train.x,
];
const onCircle = (turn: number) => {
  const angle = Math.fround(2 * Math.PI * turn);
  return [sine(angle), cosine(angle)];
};
const refused = (cells: readonly string[], args = {}) =>
  problemsOf(prepare(csv(cells), planOf({ columns: dates(args) })));

describe("what becomes of a date", () => {
  const cells = ["2024-01-31", "2024-02-01T12:00", "2024-02-03"];

  test("days since the first of the training rows", () => {
    expect(xOf(cells, { parts: ["elapsed"] })).toEqual([0, 1.5, 3]);
  });

  test("points on a circle for what comes round, with the bits of every machine", () => {
    expect(xOf(cells, { parts: ["month"] })).toEqual([
      ...onCircle(0),
      ...onCircle(1 / 12),
      ...onCircle(1 / 12),
    ]);
    expect(xOf(cells.slice(1, 2), { parts: ["hour", "weekday"] })).toEqual([
      ...onCircle(0.5),
      ...onCircle(3 / 7),
    ]);
  });

  test("numbers where they are asked for, in the order of the file", () => {
    const args = { parts: ["day", "year", "month"], cyclic: false };
    expect(xOf(cells, args)).toEqual([31, 2024, 1, 1, 2024, 2, 3, 2024, 2]);
  });

  test("elapsed days, month, day and weekday where the file says nothing", () => {
    const [first] = [xOf(cells).slice(0, 7)];
    expect(first).toEqual([0, ...onCircle(0), ...onCircle(30 / 31), ...onCircle(2 / 7)]);
  });

  test("scaled by the section's scale, or by its own", () => {
    const args = { parts: ["elapsed", "month"] };
    expect(xOf(cells, args, { scale: "minmax" }).filter((_, i) => i % 3 === 0)).toEqual([0, 0.5, 1]);
    const own = { ...args, scale: named("encoder", "minmax") };
    expect(xOf(cells, own).filter((_, i) => i % 3 === 0)).toEqual([0, 0.5, 1]);
  });
});

describe("a scale that makes no one number of any number", () => {
  test.each([
    ["of its own", { scale: named("encoder", "one_hot") }, {}],
    ["of the section", {}, { scale: "log1p" }],
    ["within its own", { scale: named("encoder", "calendar") }, {}],
  ])("%s is an error", (_, args, changes) => {
    const plan = planOf({ columns: { ...dates(args), y: described("number") }, ...changes });
    const problems = problemsOf(prepare(csv(["2024-01-31", "2024-02-01"]), plan));
    expect(problems).toMatchObject([{ code: "NW0648", setting: "columns.day", column: "day" }]);
    expect(problems[0]?.notes.join(" ")).toContain("date(scale: zscore)");
  });
});

test("seconds of a column of numbers are dates, too, and what is none is an error", () => {
  const scale = named("encoder", "calendar", {
    parts: ["year"],
    cyclic: true,
    scale: named("encoder", "none"),
  });
  const columns = { day: described("number", { scale }) };
  expect(xOf(["0", "1e9"], {}, { columns })).toEqual([1970, 2001]);
  const problems = problemsOf(prepare(csv(["0", "1e12"]), planOf({ columns })));
  expect(problems).toMatchObject([{ code: "NW0634", row: 2 }]);
});

describe("the order of day and month", () => {
  test("is found in the table where it shows, and kept with the model", () => {
    const { encoders, splits } = prepared(csv(["01/02/2024", "31/01/2024"]), {
      columns: dates({ parts: ["month"], cyclic: false }),
      scale: "none",
    });
    expect([...splits.train.x]).toEqual([2, 1]);
    expect(encoders.fitted.features[0]).toMatchObject({
      reading: { type: "date", params: { format: "day_month_year" } },
    });
    expect(encodeInput(encoders, [{ day: "03/04/2024" }])).toMatchObject({ x: Float32Array.of(4) });
  });

  test("is asked for where it does not, at the first such date", () => {
    expect(refused(["2024-01-31", "03/04/2024", "05/06/2024"])).toMatchObject([
      {
        code: "NW0654",
        row: 2,
        line: 3,
        column: "day",
        setting: "columns.day",
        message:
          "In row 2 (line 3) of `data.csv`, column `day` is `03/04/2024`, which may be 3 April 2024 or 4 March 2024.",
      },
    ]);
    const args = { parts: ["month"], cyclic: false, format: "month_day_year" };
    expect(xOf(["03/04/2024", "05/06/2024"], args)).toEqual([3, 5]);
  });

  test("that the file states holds against the table", () => {
    expect(refused(["31/01/2024", "01/02/2024"], { format: "month_day_year" })).toMatchObject([
      { code: "NW0653", row: 1, message: expect.stringContaining("there is no month 31") },
    ]);
  });
});

test("each kind of mistake is told once, with its first place", () => {
  expect(refused(["2024-02-30", "soon", "2024-04-31", "01/02/2024"])).toMatchObject([
    { code: "NW0653", row: 1, notes: [expect.stringContaining("2 other rows"), expect.anything()] },
    { code: "NW0654", row: 4 },
  ]);
});

describe("bounds", () => {
  const args = { min: "2024-01-01", max: "2024-12-31" };

  test("are dates, and so is what is outside", () => {
    expect(refused(["2024-05-31", "2042-05-31"], args)).toMatchObject([
      {
        code: "NW0633",
        row: 2,
        message:
          "In row 2 (line 3) of `data.csv`, column `day` is 2042-05-31, above the maximum of 2024-12-31T23:59:59.999 that the model states.",
      },
    ]);
    const inside = ["2024-01-01", "2024-12-31", "2024-12-31T23:59:59"];
    expect(xOf(inside, { ...args, parts: ["elapsed"] }).slice(0, 2)).toEqual([0, 365]);
    expect(refused(["2024-05-31T12:01", "2024-05-31"], { max: "2024-05-31T12:00" })).toMatchObject([
      { code: "NW0633", row: 1 },
    ]);
  });

  test.each([
    [{ min: "2024-13-01" }, "min"],
    [{ max: "03/04/2024" }, "max"],
    [{ min: "2024-02-01", max: "2024-01-01" }, "max"],
    [{ parts: [] }, "parts"],
    [{ parts: ["month", "month"] }, "parts"],
  ])("%j contradicts itself", (wrong, parameter) => {
    expect(columnTypes.get("date")?.conflict(described("date", wrong).args)).toMatchObject({ parameter });
  });
});

test("missing dates are filled in as numbers are, and told as dates", () => {
  const args = { parts: ["elapsed"], missing: named("missing", "median") };
  const { encoders, splits } = prepared(csv(["2024-01-01", "", "NaT", "2024-01-03"]), {
    columns: dates(args),
    scale: "none",
  });
  expect([...splits.train.x]).toEqual([0, 1, 1, 2]);
  expect(encoders.features[0]?.fitted.missing.fill).toBe(Date.UTC(2024, 0, 2) / 1000);
  const wrong = { missing: named("missing", "constant", { value: 1e30 }) };
  expect(refused(["2024-01-01", ""], wrong)).toMatchObject([{ code: "NW0633" }]);
});

test("a target is no date: what a network gives is none", () => {
  const result = prepare(csv(["2024-01-01", "2024-01-03"]), planOf({ target: ["day"], columns: dates() }));
  expect(problemsOf(result)).toMatchObject([{ code: "NW0648", column: "day" }]);
});

describe("a saved model", () => {
  const { encoders } = prepared(csv(["2024-01-01", "2024-01-11", "2024-03-05T06:00"]), { columns: dates() });
  const text = writeEncoders(encoders.fitted);

  test("reads and encodes dates in the same way, from cells and from programs", () => {
    const read = readEncoders(text);
    if ("problems" in read) throw new Error(JSON.stringify(read.problems));
    expect(read.encoders).toEqual(encoders.fitted);
    const again = opened(read.encoders);
    const noon = new Date(Date.UTC(2024, 1, 2, 12));
    const result = encodeInput(again, [{ day: noon }, { day: "2024-02-02 14:00+02:00" }, { day: 20240202 }]);
    if ("problems" in result) throw new Error(JSON.stringify(result.problems));
    expect(result.x.slice(0, 7)).toEqual(result.x.slice(7, 14));
    expect(result.x[14]).toBeLessThan(result.x[0] ?? 0);
    expect(problemsOf(encodeInput(again, [{ day: "2024-02-30" }]))).toMatchObject([{ code: "NW0653" }]);
  });

  test("says of a date far from those of training which it is", () => {
    const result = encodeInput(encoders, [{ day: "2031-01-01" }]);
    expect(result).toMatchObject({
      warnings: [
        {
          code: "NW0657",
          message:
            "In row 1 of `input`, column `day` is 2031-01-01, far outside of the range seen in training, 2024-01-01 to 2024-03-05T06:00:00.",
        },
      ],
    });
  });

  test.each([
    ["a part that there is not", '"elapsed","month"', '"elapsed","moon"'],
    ["a part twice", '"elapsed","month"', '"month","month"'],
    ["no first date", /"first":\d+/, '"first":"x"'],
    ["a scale too few", /"scales":\[.*?\]/, '"scales":[]'],
    ["a scale of words", '"encoder":"zscore","params":{"mean', '"encoder":"one_hot","params":{"mean'],
    ["a scale within a scale", '"encoder":"zscore","params":{"mean', '"encoder":"calendar","params":{"mean'],
    ["an order that there is not", '"format":null', '"format":"year_last"'],
  ])("with %s is damaged", (_, from, to) => {
    const damaged = text.replace(from, to);
    expect(damaged).not.toBe(text);
    expect(problemsOf(readEncoders(damaged))).toMatchObject([{ code: "NW0660" }]);
  });

  test("with a scale of a user's own waits for the catalog", () => {
    const own = text.replace('"encoder":"zscore","params":{"mean', '"encoder":"mine","params":{"mean');
    expect("encoders" in readEncoders(own)).toBe(true);
  });
});
