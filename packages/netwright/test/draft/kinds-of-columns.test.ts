// Every kind of column that the language knows is described as that, checks without a diagnostic, and trains.

import { describe, expect, test } from "@jest/globals";
import { readCsv, tableFromRecords } from "@netwright/data";
import { format } from "@netwright/lang";
import { draftNet, type Task, train } from "netwright";

type Cells = (row: number) => string | number;
type Columns = Readonly<Record<string, Cells>>;

const numbers: Cells = (row) => ((row * 7) % 11) + row / 10;
const others: Cells = (row) => (row * row) % 23;
const many: Cells = (row) => (row * row) % 97;
const pick =
  (...words: readonly string[]): Cells =>
  (row) =>
    words[(row * 7 + (row >> 3)) % words.length] ?? "";

function draftOf(columns: Columns, { rows = 120, task }: { rows?: number; task?: Task } = {}) {
  const lines = Array.from({ length: rows }, (_, row) =>
    Object.values(columns)
      .map((cells) => `"${cells(row)}"`)
      .join(","),
  );
  const csv = `${[Object.keys(columns).join(","), ...lines].join("\n")}\n`;
  const read = readCsv(csv, { name: "table.csv" });
  if ("problems" in read) throw new Error(JSON.stringify(read.problems));
  const draft = draftNet(read.table, {
    source: "table.csv",
    name: "table",
    recipe: "plain",
    ...(task === undefined ? {} : { task }),
  });
  if (!draft.ok) throw new Error(draft.problem);
  return { ...draft, csv, plain: draft.text.replace(/\s+/g, " ") };
}

/** It is in canonical form, warns of nothing, and trains. */
async function soundly({ text, csv }: { readonly text: string; readonly csv: string }) {
  expect(format(text).text).toBe(text);
  const model = await train(text, { backend: "reference", data: csv, epochs: 1 });
  expect(model.warnings.filter(({ code }) => code.startsWith("NW06"))).toEqual([]);
  return model;
}

describe("features", () => {
  test.each<[string, Cells, string]>([
    ["sizes", pick("S", "M", "L"), 'x: ordinal(["S", "M", "L"]) # 3 words:'],
    ["grades in any case", pick("Good", "poor", "Fair"), 'x: ordinal(["poor", "Fair", "Good"])'],
    [
      "how often, with gaps",
      pick("never", "often", "", "always"),
      '["never", "often", "always"], missing: own_class)',
    ],
    ["ranges", pick("20-39", "<20", "40+"), 'x: ordinal(["<20", "20-39", "40+"])'],
    ["two words of an order", pick("low", "high"), "x: category # 2 words"],
    ["words of no order", pick("red", "green", "blue"), "x: category # 3 words"],
    ["lists of numbers", (row) => `[${row % 7}, ${row % 5}, 1.5]`, "x: numbers(3) # lists of 3 numbers"],
    [
      "codes with leading zeros",
      pick("01067", "1067", "80331"),
      "x: category # 3 codes, words for their leading zeros: 01067 (45), 1067 (45), 80331 (30)",
    ],
    [
      "lists of labels",
      pick("red", "red|ripe", "sweet|ripe", "sweet|red|ripe", ""),
      "x: category(encoder: multi_hot(unknown: other), missing: own_class) # lists of 3 labels: red (72), ripe (72), sweet (48), 24 empty",
    ],
    [
      "labels with semicolons",
      pick("red", "red; ripe", "sweet; ripe", "ripe"),
      'multi_hot(separator: ";", unknown: other)',
    ],
    [
      "texts",
      (row) =>
        `${pick("a large", "one small", "the other")(row)} ${pick("house", "flat")(row)} number ${row}`,
      "x: text(bag_of_words(vocabulary: 10)) # 120 different texts",
    ],
    [
      "many words, some of them rare",
      (row) => (row % 2 === 0 ? `w${row % 9}` : row % 3 === 0 ? "w1" : `rare ${row % 60}`),
      "x: category(encoder: one_hot(min_count: 5, unknown: other)) #",
    ],
    [
      "many gaps",
      (row) => (row % 4 === 0 ? "" : row),
      "x: number(min: 0, missing: median(indicator: true)) # 1 to 119, 30 empty; that it is missing is told, too",
    ],
    ["few gaps", (row) => (row % 30 === 0 ? "" : row), "x: number(min: 0) # 1 to 119, 4 empty"],
    [
      "a long tail",
      (row) => (row === 77 ? 5000 : row % 10),
      "x: number(min: 0, scale: smooth_clip) # 0 to 5000; a long tail, which is bent",
    ],
    ["-999 for what is missing", (row) => (row % 20 === 0 ? -999 : row % 10), 'missing_words: ["-999"]'],
  ])("%s", async (_, x, line) => {
    const draft = draftOf({ x, a: numbers, y: others });
    expect(draft.leftOut).toEqual([]);
    expect(draft.plain).toContain(line);
    const model = await soundly(draft);
    await model.dispose();
  });

  test("so many words that they share numbers", async () => {
    const draft = draftOf({ x: (row) => `w${row % 150}`, a: numbers, y: others }, { rows: 900 });
    expect(draft.plain).toContain("x: category(encoder: hashing(64)) # 150 words");
    await (await soundly(draft)).dispose();
  });

  test("words are rare by the rows that have a target", async () => {
    const x = (row: number) => (row % 3 === 0 ? `w${row % 8}` : `rare ${row % 180}`);
    const y = (row: number) => (row % 4 === 0 ? others(row) : "");
    const whole = draftOf({ x, a: numbers, y: others }, { rows: 400 });
    expect(whole.plain).toContain("x: category(encoder: one_hot(min_count: 5, unknown: other))");
    const draft = draftOf({ x, a: numbers, y }, { rows: 400 });
    expect(draft.plain).not.toContain("min_count");
    await (await train(draft.text, { backend: "reference", data: draft.csv, epochs: 1 })).dispose();
  });

  test("a word that training has not seen is no error", async () => {
    const draft = draftOf({ x: pick("red", "green"), a: numbers, y: others });
    const model = await soundly(draft);
    const { y } = await model.predict({ x: "violet", a: 3 });
    expect(Number.isFinite(y)).toBe(true);
    await model.dispose();
  });

  test.each<[string, Cells, string]>([
    [
      "lists with gaps",
      (row) => (row % 9 === 0 ? "" : `1;2;${row % 5}`),
      "lists of 3 numbers, 14 rows without one",
    ],
    [
      "the target in another unit",
      (row) => 3 * Number(many(row)) + 1,
      "gives `y` away: the one is the other in another unit; if it is known before the target is, add it to `features`",
    ],
    ["nearly always the same", (row) => (row === 5 ? 1 : 0), "0 in all rows but 1"],
    ["words that are each in few rows", (row) => `w${row % 55}`, "55 different words, each in few rows"],
  ])("left out: %s", (_, x, reason) => {
    expect(draftOf({ x, a: numbers, y: many }).leftOut).toEqual([{ column: "x", reason }]);
  });

  test("what gives the target away is kept where there is nothing else", () => {
    expect(draftOf({ x: (row) => 3 * Number(many(row)), y: many }).features).toEqual(["x"]);
  });

  test("texts that are numbers, in a table of another format, are described as numbers", async () => {
    const records = Array.from({ length: 60 }, (_, row) => ({
      a: String(numbers(row)),
      code: `0${row % 3}`,
      y: others(row),
    }));
    const table = tableFromRecords(records, "t");
    const asTexts = {
      ...table,
      columns: table.columns.map((column) =>
        column.name === "a" && column.kind === "number"
          ? {
              kind: "text" as const,
              name: "a",
              words: records.map(({ a }) => a),
              codes: Int32Array.from(records.keys()),
              gaps: 0,
            }
          : column,
      ),
    };
    const draft = draftNet(asTexts, { source: "t.json", name: "t", recipe: "plain" });
    expect(draft.ok && draft.text).toMatch(/a: number\(min: 0\)/);
  });
});

describe("targets", () => {
  test.each<[string, Cells, Task, readonly string[]]>([
    [
      "two words",
      pick("no", "yes"),
      "classes",
      [
        "loss: binary_cross_entropy # of two classes: the network gives the probability of yes",
        "split: stratified(",
      ],
    ],
    [
      "0 and 1",
      pick("0", "1"),
      "classes",
      [
        "loss: binary_cross_entropy",
        "# two values are taken for classes; as numbers they have: loss: mse and split: random",
      ],
    ],
    [
      "words in an order",
      pick("low", "high", "medium"),
      "classes",
      [
        'y: category(values: ["low", "medium", "high"])',
        "# loss: ordinal # if a class costs more the further it is off",
      ],
    ],
    [
      "a rare class",
      (row) => (row % 15 === 0 ? "rare" : pick("one", "two")(row)),
      "classes",
      ["# weight: balanced # if a rare class, as rare with 7% of the rows, matters as much as the others"],
    ],
    [
      "labels",
      pick("red", "red|ripe", "sweet|ripe", "ripe", ""),
      "labels",
      ["y: labels # 24 rows without a label", "loss: multi_label_cross_entropy", "test.f1(micro) > 80%"],
    ],
    [
      "few whole numbers",
      pick("1", "2", "3"),
      "numbers",
      [
        "loss: huber",
        "# loss: cross_entropy # if its 3 different whole numbers are classes",
        "# loss: poisson # if they are counts",
      ],
    ],
    ["many whole numbers", (row) => 100 + ((row * 7) % 50), "numbers", ["loss: huber"]],
  ])("%s", async (_, y, task, lines) => {
    const draft = draftOf({ a: numbers, b: others, y });
    expect(draft.task).toBe(task);
    for (const line of lines) expect(draft.plain).toContain(line);
    await (await soundly(draft)).dispose();
  });

  test("a count by its name is one, and other numbers where that is said", async () => {
    const columns = { a: numbers, b: others, n_visits: (row: number) => (row * row) % 7 };
    const draft = draftOf(columns);
    expect(draft).toMatchObject({ task: "counts", target: "n_visits", fewNumbers: 4 });
    expect(draft.plain).toContain("loss: poisson # of counts");
    await (await soundly(draft)).dispose();
    expect(draftOf(columns, { task: "numbers" })).toMatchObject({ task: "numbers", fewNumbers: null });
  });

  test("whole numbers are classes by the name, from 0 on where it is `target`", () => {
    const of = (name: string, least: number) =>
      draftOf({ a: numbers, b: others, [name]: (row: number) => least + ((row * row) % 7) }).task;
    const both = [...[0, 1, 2].map((least) => pick(`${least}`, `${least + 1}`, `${least + 2}`))];
    const target = both.map((y) => draftOf({ a: numbers, target: y }).task);
    expect([of("class", 3), of("price", 0), ...target]).toEqual([
      "classes",
      "numbers",
      "classes",
      "numbers",
      "numbers",
    ]);
  });

  test.each<[Task, Cells]>([
    ["counts", pick("red", "green")],
    ["counts", (row) => row / 2],
    ["numbers", pick("red", "green")],
    ["labels", others],
  ])("%s are refused where the target holds none", (task, y) => {
    expect(() => draftOf({ a: numbers, y }, { task })).toThrow(/`y`, a target by its name, holds/);
  });
});

describe("splits", () => {
  test("rows of the same patient stay together, and the patient is no feature", async () => {
    const draft = draftOf({ patient_id: (row) => 900 - (row >> 2), a: numbers, y: others });
    expect(draft.plain).toContain(
      "split: grouped(by: patient_id, train: 70%, validation: 15%, test: 15%, seed: 0)",
    );
    expect(draft.leftOut).toEqual([{ column: "patient_id", reason: "the split goes by it" }]);
    await (await soundly(draft)).dispose();
  });

  test("of classes, where each is in enough groups", () => {
    const patient: Cells = (row) => `p${row >> 2}`;
    const few: Cells = (row) => (row < 12 ? "ill" : "well");
    expect(draftOf({ patient, a: numbers, y: pick("ill", "well") }).text).toContain(
      "  split: grouped(by: patient,",
    );
    const text = draftOf({ patient, a: numbers, y: few }).text;
    expect(text).toMatch(
      /# If it is for rows with another patient than these: {2}split: grouped\(by: patient\)\n.*stratified/,
    );
  });

  test("a place, and a time in whose order the rows are, are told in comments", async () => {
    const day: Cells = (row) => new Date(Date.UTC(2024, 0, 1 + row)).toISOString().slice(0, 10);
    const draft = draftOf({ day, store: (row) => `s${row % 25}`, a: numbers, y: others });
    expect(draft.text).toContain(
      "# If later rows are to be predicted from earlier ones:  split: by_time(day)",
    );
    expect(draft.text).toContain(
      "# If it is for rows with another store than these:  split: grouped(by: store)",
    );
    expect(draft.text).toContain("  split: { train: 70%");
    await (await soundly(draft)).dispose();
  });

  test("a group alone is a feature after all", () => {
    expect(draftOf({ patient: (row) => `p${row >> 2}`, y: others }).features).toEqual(["patient"]);
  });
});

test("the model is narrower where words make more inputs than rows can teach", () => {
  const of = (words: number) =>
    draftOf(
      Object.fromEntries([
        ...Array.from(
          { length: words },
          (_, i) => [`w${i}`, (row: number) => `word ${((row + 1) * (i + 3)) % 41}`] as const,
        ),
        ["y", numbers],
      ]),
      { rows: 400 },
    ).text;
  expect(of(1)).toContain("param width = 64 ");
  expect(of(9)).toContain("param width = 16 ");
});
