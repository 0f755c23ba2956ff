// Drafts by recipe: each is sound whatever the target is, and which is taken follows from the table.

import { describe, expect, jest, test } from "@jest/globals";
import { readCsv } from "@netwright/data";
import { analyze, format } from "@netwright/lang";
import { catalog, type DraftOptions, draftNet, recipeNames, train } from "netwright";

// On a machine with other things to do.
jest.setTimeout(60_000);

type Cell = (row: number) => string | number;

function csvOf(rows: number, columns: Readonly<Record<string, Cell>>): string {
  const lines = Array.from({ length: rows }, (_, row) =>
    Object.values(columns)
      .map((cell) => cell(row))
      .join(","),
  );
  return `${[Object.keys(columns).join(","), ...lines].join("\n")}\n`;
}

function drafted(csv: string, options: Partial<DraftOptions> = {}) {
  const read = readCsv(csv, { name: "table.csv" });
  if ("problems" in read) throw new Error(JSON.stringify(read.problems));
  const draft = draftNet(read.table, { source: "table.csv", name: "table", ...options });
  if (!draft.ok) throw new Error(draft.problem);
  const columns = () => read.table.columns.map(({ name }) => name);
  const host = { readFile: () => undefined, columns };
  const { diagnostics } = analyze({ file: "draft.net", text: draft.text }, { catalog, host });
  expect(diagnostics).toEqual([]);
  expect(format(draft.text).text).toBe(draft.text);
  return draft;
}

const features = {
  a: (row: number) => (row * 7) % 31,
  b: (row: number) => (row % 9 === 0 ? "" : (row * 13) % 17),
  colour: (row: number) => ["red", "green", "blue"][row % 3] ?? "",
};
const targets: Readonly<Record<string, Cell>> = {
  Price: (row) => (row * row) % 101,
  claims: (row) => row % 12,
  species: (row) => ["ant", "bee", "fly"][(row * 5) % 3] ?? "",
  sold: (row) => ["yes", "no"][row % 2] ?? "",
  tags: (row) => ["x|y", "y", "z|x"][row % 3] ?? "",
};

describe.each(recipeNames)("%s", (recipe) => {
  test.each(Object.entries(targets))("%s", (name, cell) => {
    const draft = drafted(csvOf(160, { ...features, [name]: cell }), { recipe, target: name });
    expect(draft.recipe).toBe(recipe);
    expect(draft.text.split("\n").length).toBeLessThan(43);
    expect(draft.text.includes('use "netwright/tabular"')).toBe(recipe !== "plain");
  });

  test("trains", async () => {
    const csv = csvOf(60, { ...features, Price: targets["Price"] ?? (() => 0) });
    const model = await train(drafted(csv, { recipe }).text, { data: csv, epochs: 2 });
    expect(model.metrics.test?.["rmse"]).toBeGreaterThan(0);
    await model.dispose();
  });
});

test("real_mlp is as its authors tuned it for numbers, and for classes", () => {
  const of = (target: string) =>
    drafted(csvOf(200, { ...features, [target]: targets[target] ?? (() => 0) }), {
      target,
      recipe: "real_mlp",
    }).text;
  expect(of("Price")).toMatch(
    /Price: number\(scale: zscore, clamp: true\)[\s\S]*act: mish[\s\S]*loss: mse[\s\S]*log_cosine\(0\.2\)/,
  );
  const classes = of("species");
  expect(classes).toMatch(/act: selu[\s\S]*log_cosine\(0\.04\)/);
  expect(classes).not.toContain("clamp");
});

test("the table says which is taken", () => {
  const recipeOf = (rows: number, columns = features, target = "Price") =>
    drafted(csvOf(rows, { ...columns, [target]: targets[target] ?? (() => 0) }), { target }).recipe;
  expect([60, 99, 100, 1999, 2000].map((rows) => recipeOf(rows))).toEqual([
    "plain",
    "plain",
    "deep_ensemble",
    "deep_ensemble",
    "real_mlp_ensemble",
  ]);
  expect(["claims", "species", "sold", "tags"].map((target) => recipeOf(300, features, target))).toEqual([
    "deep_ensemble",
    "tabm",
    "tabm",
    "tabm",
  ]);
  const wide = Object.fromEntries(
    Array.from({ length: 401 }, (_, i) => [`c${i}`, (row: number) => (row * i) % 91]),
  );
  expect(recipeOf(150, { ...features, ...wide })).toBe("plain");
});

describe("a column that says the split", () => {
  const part = (words: readonly string[]) => (row: number) =>
    words[row % 10 < 7 ? 0 : row % 10 === 7 ? 1 : 2] ?? "";

  test("is the split, and neither a feature nor the target", async () => {
    const csv = csvOf(200, {
      ...features,
      Price: targets["Price"] ?? (() => 0),
      fold: part(["train", "validation", "test"]),
    });
    const draft = drafted(csv, { recipe: "plain" });
    expect(draft.target).toBe("Price");
    expect(draft.features).toEqual(["a", "b", "colour"]);
    expect(draft.text).toContain(
      'split: by_column(fold, train: ["train"], validation: ["validation"], test: ["test"])',
    );
    expect(draft.text).toContain("features: all");
    const { metrics } = await train(draft.text, { data: csv, epochs: 1 });
    expect(metrics.test).toBeDefined();
  });

  test("has words of the three parts in any case, and no others", () => {
    const splitOf = (words: readonly string[]) => {
      const { text } = drafted(
        csvOf(200, { ...features, "the part": part(words), Price: targets["Price"] ?? (() => 0) }),
      );
      return /split: .*/.exec(text)?.[0];
    };
    expect(splitOf(["TRAIN", "Val", "Test"])).toBe(
      'split: by_column("the part", train: ["TRAIN"], validation: ["Val"], test: ["Test"])',
    );
    expect(splitOf(["train", "other", "test"])).toMatch(/^split: \{/);
    expect(splitOf(["train", "test", "test"])).toMatch(/^split: \{/);
  });
});
