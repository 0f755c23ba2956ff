// New data for a trained model: matched by name, checked, filled in and scaled as in training.

import { describe, expect, test } from "@jest/globals";
import { decodeOutput, encodeInput, encodeLabelled, tableFromRecords } from "../../src/index.ts";
import { column, opened, prepared, problemsOf, table } from "../support.ts";

const training = table("Cement,Age,y\n100,1,10\n300,3,\n,2,20\n200,,40\n");
const { encoders } = prepared(training, {
  columns: {
    Cement: { ...column, unit: "kg/m3", min: 0, missing: "mean" },
    Age: { ...column, max: 365, missing: "drop" },
    y: { ...column, missing: "drop" },
  },
  scale: "minmax",
});

function encoded(input: Parameters<typeof encodeInput>[1]) {
  const result = encodeInput(encoders, input);
  if ("problems" in result) throw new Error(JSON.stringify(result.problems));
  return result;
}

describe("encodeInput", () => {
  test("a table in another order, records, and the training file agree", () => {
    const expected = Float32Array.of(0, 0, 2, 1);
    // One training row with Cement and one without: mean 100, and no spread to divide by.
    expect(encoders.fitted.features[0]).toMatchObject({
      params: { min: 100, range: 1 },
      missing: { fill: 100 },
    });
    const other = [expect.objectContaining({ code: "NW0657", column: "Cement", row: 2 })];
    expect(encoded(table("Age,Cement\n1,100\n2,102\n"))).toEqual({ x: expected, rows: 2, warnings: other });
    expect(
      encoded([
        { Cement: 100, Age: 1 },
        { Age: "2", Cement: 102 },
      ]),
    ).toEqual({ x: expected, rows: 2, warnings: other });
  });

  test("a missing value is filled in where training learned how", () => {
    expect(
      encoded([
        { Age: 1, Cement: null },
        { Age: 2, Cement: 100 },
      ]).x,
    ).toEqual(Float32Array.of(0, 0, 0, 1));
  });

  test("a missing value is an error where rows were dropped: every row asks for a prediction", () => {
    expect(problemsOf(encodeInput(encoders, [{ Cement: 1, Age: 1 }, { Cement: 1 }]))).toMatchObject([
      { code: "NW0631", row: 2, column: "Age", message: "In row 2 of `input`, column `Age` has no value." },
    ]);
  });

  test("columns that lack, that are too many, and bad values, all at once", () => {
    const problems = problemsOf(
      encodeInput(encoders, table("cement,Age,Water\n1,400,1\n2,NaN,2\n", "new.csv")),
    );
    expect(problems).toMatchObject([
      {
        code: "NW0650",
        message: "`new.csv` has no column `Cement`, which the model predicts from.",
        notes: ["Is it the one called `cement`?", "The model takes `Cement` and `Age`, in any order."],
        column: "Cement",
      },
      {
        code: "NW0651",
        severity: "warning",
        message: "`new.csv` has 2 columns that the model does not use: `cement` and `Water`.",
      },
      { code: "NW0631", row: 2, column: "Age" },
      { code: "NW0633", row: 1, column: "Age" },
    ]);
    for (const problem of problems) expect(problem).not.toHaveProperty("setting");
  });

  test("a table of something else is one problem, not one for each column", () => {
    const [first, ...more] = problemsOf(
      encodeInput(encoders, table("cement,Ages,Water\n1,400,1\n", "new.csv")),
    );
    expect(first).toEqual({
      code: "NW0650",
      severity: "error",
      message: "`new.csv` lacks 2 columns that the model predicts from: `Cement` and `Age`.",
      notes: [
        "Is `Cement` the one called `cement`?",
        "Is `Age` the one called `Ages`?",
        "The model takes `Cement` and `Age`, in any order.",
      ],
    });
    expect(more).toMatchObject([{ code: "NW0651" }]);
  });

  test("what the model takes is said once", () => {
    const problems = problemsOf(encodeInput(encoders, [{ Water: 1 }]));
    expect(problems.map((p) => [p.column, p.notes.length])).toEqual([
      [undefined, 1],
      ["Water", 1],
    ]);
  });

  test("columns that the training table had beside those of the model are no surprise; others are", () => {
    const wide = prepared(table("id,Cement,y\n1,100,10\n2,300,3\n3,200,20\n4,250,40\n"), {
      features: ["Cement"],
      columns: {},
    });
    expect(wide.encoders.fitted.unused).toEqual(["id"]);
    const warningsOf = (csv: string) => {
      const result = encodeInput(wide.encoders, table(csv, "new.csv"));
      if ("problems" in result) throw new Error(JSON.stringify(result.problems));
      return result.warnings;
    };
    expect(warningsOf("id,Cement,y\n9,150,1\n")).toEqual([]);
    expect(warningsOf("id,Cement,Water\n9,150,1\n")).toMatchObject([{ code: "NW0651", column: "Water" }]);
  });

  test("an extra column is a warning, the target is not even that", () => {
    expect(encoded([{ Cement: 1, Age: 1, y: "?", Water: 3 }]).warnings).toMatchObject([
      {
        code: "NW0651",
        message: "`input` has 1 column that the model does not use: `Water`.",
        column: "Water",
      },
      { code: "NW0657" },
    ]);
  });

  test("NaN, null and words for missing values are one and the same", () => {
    const [first, ...others] = [null, Number.NaN, "NA", "", undefined].map((Cement) =>
      encodeInput(encoders, [{ Cement, Age: 1 }]),
    );
    for (const other of others) expect(other).toEqual(first);
  });

  describe("a value far outside of what training has seen is a warning", () => {
    const seen = prepared(table("a,b,c,y\n0,-5,7,1\n10,5,7,2\n4,,7,3\n"), {
      columns: { a: { ...column, unit: "m" }, b: { ...column, missing: "mean" } },
    }).encoders;
    const warnings = (text: string) => {
      const result = encodeInput(seen, table(text, "new.csv"));
      if ("problems" in result) throw new Error(JSON.stringify(result.problems));
      return result.warnings;
    };

    test("for each column one, with the first row, the number of others, and the range", () => {
      expect(warnings("a,b,c\n3,0,7\n15.1,-10.5,7\n-6,0,7\n900,0,7\n")).toEqual([
        {
          code: "NW0657",
          severity: "warning",
          message:
            "In row 2 (line 3) of `new.csv`, column `a` is 15.1 m, far outside of the range seen in training, 0 to 10 m.",
          notes: [
            "Likewise in 2 other rows: row 3 (line 4) and row 4 (line 5).",
            "Nothing was learned there: check the value, and do not rely on what is predicted for it.",
          ],
          row: 2,
          line: 3,
          column: "a",
        },
        expect.objectContaining({ column: "b", row: 2 }),
      ]);
    });

    test("not for half a width beyond it, nor for a missing value", () => {
      expect(warnings("a,b,c\n15,10,7\n-5,-10,7\n5,,7\n")).toEqual([]);
    });

    test("for any other value of a column that was constant", () => {
      expect(warnings("a,b,c\n1,1,7\n1,1,7.1\n")).toMatchObject([
        {
          column: "c",
          message: expect.stringMatching(/is 7\.1, and training has seen no other value than 7\.$/),
        },
      ]);
    });

    test("not by a model that was saved without the range", () => {
      const features = seen.fitted.features.map((column) => {
        const { seen: _, ...rest } = { seen: undefined, ...column };
        return rest;
      });
      const old = opened({ ...seen.fitted, features });
      expect(encodeInput(old, table("a,b,c\n900,1,7\n"))).toMatchObject({ warnings: [] });
    });

    test("in labelled rows too", () => {
      const result = encodeLabelled(seen, table("a,b,c,y\n900,1,7,1e9\n"));
      expect(result).toMatchObject({ warnings: [{ code: "NW0657", column: "a" }] });
    });
  });

  test.each([Number.POSITIVE_INFINITY, "abc", true, {}, -5, 1e300])("%p is refused", (Cement) => {
    expect(problemsOf(encodeInput(encoders, [{ Cement, Age: 1 }]))).toMatchObject([
      { row: 1, column: "Cement" },
    ]);
  });

  test("no records, no rows", () => {
    expect(encoded([])).toEqual({ x: new Float32Array(0), rows: 0, warnings: [] });
  });
});

describe("encodeLabelled", () => {
  test("leaves out what training would have left out, and says so", () => {
    const result = encodeLabelled(encoders, training);
    if ("problems" in result) throw new Error(JSON.stringify(result.problems));
    expect(result.split).toMatchObject({
      rows: 2,
      rowNumbers: Int32Array.of(1, 3),
      x: Float32Array.of(0, 0, 0, 1),
      y: Float32Array.of(0, 1),
      target: Float64Array.of(10, 20),
    });
    expect(result.warnings).toMatchObject([{ code: "NW0637" }]);
  });

  test("needs the target", () => {
    expect(problemsOf(encodeLabelled(encoders, tableFromRecords([{ Cement: 1, Age: 1 }])))).toMatchObject([
      { code: "NW0650", message: "`input` has no column `y`, which the model predicts.", column: "y" },
    ]);
  });
});

describe("decodeOutput", () => {
  test("back to the units of each target", () => {
    const two = prepared(table("a,y,z\n1,10,100\n2,30,500\n"), {
      target: ["y", "z"],
      scale: "minmax",
    }).encoders;
    expect([...decodeOutput(two, Float32Array.of(0, 0.5, 1, 2))]).toEqual([10, 300, 30, 900]);
  });

  test("a number of outputs that does not fit is our own mistake", () => {
    const two = prepared(table("a,y,z\n1,10,100\n2,30,500\n"), { target: ["y", "z"] }).encoders;
    expect(() => decodeOutput(two, new Float32Array(3))).toThrow(RangeError);
  });
});
