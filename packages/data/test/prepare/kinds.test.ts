// Columns of one kind where another is asked for: encoders, policies for missing values and targets.

import { describe, expect, test } from "@jest/globals";
import { columnTypes, prepare } from "../../src/index.ts";
import { category, column, planOf, prepared, problemsOf, table, type Written } from "../support.ts";

const words = "colour,size,y\nred,1,no\ngreen,2,yes\nred,3,no\nblue,,yes\n";
const fails = (changes: Written, text = words) => problemsOf(prepare(table(text), planOf(changes)));
const codes = (changes: Written, text?: string) =>
  fails(changes, text).map(({ code, setting }) => [code, setting]);

const described = { colour: category() };
const classes: Written = { predicts: "class", missing: "median", columns: described };

test("words and numbers side by side, with a rule for gaps in numbers", () => {
  const { splits, encoders } = prepared(table(words), { ...classes, scale: "none" });
  expect(splits.train.x.slice(-4)).toEqual(Float32Array.of(1, 0, 0, 2));
  expect(encoders.features.map(({ fitted }) => fitted.missing)).toEqual([
    { policy: "error", fill: null },
    { policy: "median", fill: 2 },
  ]);
});

describe("encoders", () => {
  test("of words for numbers", () => {
    expect(codes({ ...classes, scale: "one_hot" })).toEqual([["NW0648", "scale"]]);
    const columns = { ...described, size: { ...column, scale: "ordinal" } };
    expect(fails({ ...classes, columns })).toMatchObject([
      {
        code: "NW0648",
        setting: "columns.size",
        message: "Column `size` has numbers, and the encoder `ordinal` takes words.",
      },
    ]);
  });

  test("of numbers for words", () => {
    const columns = { colour: category({ encoder: "zscore" }) };
    expect(codes({ ...classes, columns })).toEqual([["NW0648", "columns.colour"]]);
  });
});

describe("missing values of words", () => {
  test("have no mean", () => {
    const columns = { colour: category({ missing: "mean" }) };
    expect(fails({ ...classes, columns })).toMatchObject([
      { code: "NW0648", message: "Column `colour` has words, and `missing: mean` is for numbers." },
    ]);
  });

  const gaps = "colour,y\nred,1\n,2\ngreen,3\n";

  test("are errors, also where the section fills numbers in", () => {
    expect(codes({ missing: "mean", columns: described }, gaps)).toEqual([["NW0631", "columns.colour"]]);
  });

  test("are a word of their own, whether training has some or not", () => {
    const columns = { colour: category({ missing: "own_class" }) };
    const { splits, encoders } = prepared(table(gaps), { columns, scale: "none" });
    expect(splits.train.x).toEqual(Float32Array.of(0, 0, 1, 1, 0, 0, 0, 1, 0));
    expect(encoders.features[0]?.fitted).toMatchObject({
      params: { words: ["", "green", "red"] },
      missing: { policy: "own_class", fill: null },
    });
    const whole = prepared(table("colour,y\nred,1\ngreen,2\n"), { columns }).encoders;
    expect(whole.features[0]?.fitted.params).toMatchObject({ words: ["", "green", "red"] });
    const stated = { colour: category({ missing: "own_class", values: ["red", "green"] }) };
    expect(prepared(table(gaps), { columns: stated }).encoders.features[0]?.fitted.params).toMatchObject({
      words: ["red", "green", ""],
    });
    const section = prepared(table(gaps), { missing: "own_class", columns: described }).encoders;
    expect(section.features[0]?.fitted.params).toMatchObject({ words: ["", "green", "red"] });
  });

  test("are no numbers, and no class", () => {
    const numbers = { size: { ...column, missing: "own_class" } };
    expect(codes({ ...classes, columns: { ...described, ...numbers } })).toContainEqual([
      "NW0648",
      "columns.size",
    ]);
    const target = { ...described, y: category({ missing: "own_class" }) };
    expect(codes({ ...classes, columns: target })).toEqual([["NW0644", "columns.y"]]);
  });

  test("leave rows out", () => {
    const columns = { colour: category({ missing: "drop" }) };
    expect(prepared(table(gaps), { columns }).splits.train.rowNumbers).toEqual(Int32Array.of(1, 3));
    expect(prepared(table(gaps), { missing: "drop", columns: described }).splits.train.rows).toBe(2);
  });
});

describe("classes", () => {
  test("are words, also where they are whole numbers", () => {
    expect(prepared(table("colour,y\nred,1\ngreen,2\n"), classes).splits.train.y).toEqual(
      Int32Array.of(0, 1),
    );
  });

  test("are no fractions, unless the file says so", () => {
    const text = "colour,y\nred,1.5\ngreen,2\n";
    expect(codes(classes, text)).toEqual([["NW0649", "target"]]);
    const columns = { ...described, y: category() };
    expect(prepared(table(text), { ...classes, columns }).encoders.target[0]?.fitted.params).toMatchObject({
      words: ["1.5", "2"],
    });
  });
});

test("words of other splits that training has not, with two ways out", () => {
  const rows = Array.from({ length: 20 }, (_, i) => `w${i},${i}`).join("\n");
  const split = { train: 0.5, validation: 0.25, test: 0.25, seed: 0 };
  const problems = fails({ columns: { w: category() }, split }, `w,y\n${rows}\n`);
  expect(problems).toMatchObject([{ code: "NW0658", setting: "columns.w" }]);
  expect(problems[0]?.notes.at(-1)).toContain("category(values: [...])");
  const columns = { w: category({ unknown: "other" }) };
  expect(prepared(table(`w,y\n${rows}\n`), { columns, split }).splits.test.rows).toBe(5);
});

test("classes of other splits that training has not, where unknown words are no way out", () => {
  const rows = Array.from({ length: 20 }, (_, i) => `${i},w${i}`).join("\n");
  const split = { train: 0.5, validation: 0.25, test: 0.25, seed: 0 };
  const columns = { w: category({ unknown: "other" }) };
  const problems = fails(
    { features: ["y"], target: ["w"], predicts: "class", columns, split },
    `y,w\n${rows}\n`,
  );
  expect(problems).toMatchObject([{ code: "NW0658", setting: "columns.w" }]);
  expect(problems[0]?.notes.at(-1)).toContain("category(values: [...])");
  expect(problems[0]?.notes.join(" ")).not.toContain("unknown: other");
});

test("a column of one word teaches nothing", () => {
  const result = prepare(table("w,a,y\nx,1,2\nx,2,3\n"), planOf({ columns: { w: category() } }));
  expect(result).toMatchObject({ warnings: [{ code: "NW0636", column: "w" }] });
});

test("text in most rows of a column leads to words, a single one does not", () => {
  const notes = (changes: Written, text: string) => fails(changes, text)[0]?.notes.join(" ");
  const text = "colour,y\nred,1\ngreen,2\n7,3\n";
  expect(notes({}, text)).toContain("`colour` as `category`");
  expect(notes({ target: ["colour"] }, text)).toContain("`cross_entropy`");
  expect(notes({}, "colour,y\nred,1\n8,2\n7,3\n")).not.toContain("category");
});

describe("a split by classes", () => {
  const rows = Array.from({ length: 40 }, (_, i) => `${i},${i % 8 === 0 ? "rare" : "often"}`).join("\n");
  const text = `x,y\n${rows}\n`;
  const splitter = { name: "stratified", args: {} };
  const split = { train: 0.6, validation: 0.2, test: 0.2, seed: 1, splitter };

  test("gives each split its share of a rare one", () => {
    const { splits } = prepared(table(text), { predicts: "class", split });
    const rare = (name: "train" | "validation" | "test") => splits[name].y.filter((one) => one === 1).length;
    expect([rare("train"), rare("validation"), rare("test")]).toEqual([3, 1, 1]);
  });

  test("is none of numbers", () => {
    expect(codes({ split }, "x,y\n1,2\n3,4\n5,6\n7,8\n")).toEqual([["NW0648", "split"]]);
  });
});

test("a class whose rows are all equal has them in training where nothing else is", () => {
  const rows = [
    ...Array.from({ length: 20 }, () => "1,a"),
    ...Array.from({ length: 3 }, () => "2,b"),
    ...Array.from({ length: 40 }, (_, i) => `${i + 3},c`),
  ];
  for (let seed = 0; seed < 20; seed++) {
    const split = {
      train: 0.7,
      validation: 0.15,
      test: 0.15,
      seed,
      splitter: { name: "stratified", args: {} },
    };
    const { splits } = prepared(table(`x,y\n${rows.join("\n")}\n`), { predicts: "class", split });
    expect(new Set(splits.train.y)).toEqual(new Set([0, 1, 2]));
  }
});

test("a split without rows says why", () => {
  const split = {
    train: 0.7,
    validation: 0.15,
    test: 0.15,
    seed: 0,
    splitter: { name: "stratified", args: {} },
  };
  const rows = Array.from({ length: 20 }, (_, i) => `${i},w${i}`).join("\n");
  const [problem] = fails({ predicts: "class", split }, `x,y\n${rows}\n`);
  expect(problem?.message).toContain("its classes have too few rows");
});

test("no cell holds the empty word", () => {
  const problem = category({ values: ["a", ""] });
  expect(columnTypes.get("category")?.conflict(problem.args)).toMatchObject({ parameter: "values" });
});

describe("what a file fills in", () => {
  const text = "x,y\n1,2\n,4\n3,6\n";
  const filled = (args: object, scale = "zscore") => ({
    columns: {
      x: {
        name: "number",
        args: {
          unit: null,
          min: 0,
          max: 10,
          scale: { family: "encoder", name: scale, args: {}, span: { file: "", start: 0, end: 0 } },
          missing: { family: "missing", name: "constant", args, span: { file: "", start: 0, end: 0 } },
        },
      } as const,
    },
  });

  test("is held to the bounds, and to what the encoder takes", () => {
    expect(
      prepared(table(text), filled({ value: 5 }) as Written).encoders.features[0]?.fitted.missing,
    ).toEqual({
      policy: "constant",
      fill: 5,
    });
    expect(codes(filled({ value: -500 }) as Written, text)).toEqual([["NW0633", "columns.x"]]);
  });
});
