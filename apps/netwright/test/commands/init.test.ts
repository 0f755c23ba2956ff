import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { examples } from "#examples";
import { cli, lastLine } from "../support/cli.ts";
import { smallCsv } from "../support/project.ts";

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "netwright-init-"));
  writeFileSync(join(made, "2 tables.csv"), smallCsv());
  return made;
}

test("the file trains as it is and is in canonical form", async () => {
  const data = join(folder(), "2 tables.csv");
  const file = data.replace(".csv", ".net");
  const played = await cli(["init", data]);
  expect(played).toMatchObject({ code: 0, stderr: "" });
  expect(played.stdout).toContain(`netwright train '${file}'`);
  expect(await cli(["check", file])).toMatchObject({ code: 0, stderr: "" });
  const trained = await cli([
    "train",
    file,
    "--epochs",
    "2",
    "--backend",
    "reference",
    "--out",
    join(file, "..", "runs"),
    "--quiet",
  ]);
  expect(trained.code).toBe(0);
});

test("an existing file is left as it is", async () => {
  const data = join(folder(), "2 tables.csv");
  const file = data.replace(".csv", ".net");
  writeFileSync(file, "mine");
  const played = await cli(["init", data]);
  expect(played.code).toBe(1);
  expect(played.stderr).toMatch(/NW0902 .*exists already/);
  expect(played.stderr).toContain("--force");
  expect(readFileSync(file, "utf8")).toBe("mine");
  expect(await cli(["init", data, "--force"])).toMatchObject({ code: 0, stderr: "" });
  expect(readFileSync(file, "utf8")).toContain("model");
});

test("the table itself is never replaced", async () => {
  const data = join(folder(), "2 tables.csv");
  const played = await cli(["init", data, "--output", data, "--force"]);
  expect(played.code).toBe(1);
  expect(played.stderr).toMatch(/NW0902 .*what this command reads/);
  expect(readFileSync(data, "utf8")).toBe(smallCsv());
});

test("elsewhere, the table is named from there; as JSON", async () => {
  const made = folder();
  mkdirSync(join(made, "nets"));
  const file = join(made, "nets", "a.net");
  const played = await cli(["init", join(made, "2 tables.csv"), "-o", file, "-t", "a", "--format", "json"]);
  expect(lastLine(played)).toMatchObject({ file, target: "a" });
  expect(readFileSync(file, "utf8")).toContain('source: "../2 tables.csv"');
});

test("a target that is no column, a folder that is not there", async () => {
  const data = join(folder(), "2 tables.csv");
  const unknown = await cli(["init", data, "--target", "zz"]);
  expect(unknown.code).toBe(1);
  expect(unknown.stderr).toMatch(/NW0905 .*no column `zz`[\s\S]*`a`/);
  const nowhere = await cli(["init", data, "--output", join(data, "..", "none", "a.net")]);
  expect(nowhere.code).toBe(1);
  expect(nowhere.stderr).toMatch(/NW0902 .*there is no directory/);
});

/** The words of a command line, as a shell takes them apart. */
function words(line: string): string[] {
  const found = line.match(/(?:'[^']*'|\\.|[^\s'\\])+/g) ?? [];
  return found.map((word) => word.replace(/'([^']*)'|\\(.)/g, (_, quoted, single) => quoted ?? single));
}

/** The command that a text ends with, without its name. */
function printed({ stdout }: { readonly stdout: string }, command: string): string[] {
  const line = stdout.split("\n").findLast((one) => one.includes(`netwright ${command} `)) ?? "";
  return words(line.slice(line.indexOf("netwright"))).slice(1);
}

const numbers = (row: number) => ((row * 7) % 11) + row / 10;

test.each<[string, string, (row: number) => string, RegExp]>([
  [
    "row names of a data frame",
    '"",a,y',
    (row) => `"${row + 1}",${numbers(row)},${row * row}`,
    /left out: the first column, which has no name \(names of the rows, `1` to `40`\)/,
  ],
  [
    "gaps in features and target",
    "a,b,y",
    (row) =>
      `${row % 4 === 0 ? "NA" : numbers(row)},${row % 3 === 0 ? "" : row * row},${row % 5 === 0 ? "?" : row}`,
    /left out: 8 rows without a value of `y`/,
  ],
  [
    "ids, words, dates and what says nothing",
    "id,name,when,one,a,y",
    (row) => `${row + 7},n${row % 4},2024-05-${10 + (row % 9)},1,${numbers(row)},${row}`,
    /from 3 columns\n {2}left out: `id` \(an id by its name\)\n {2}left out: `one` \(the same in all rows\)/,
  ],
  [
    "dates and truth values, some of them missing",
    "when,sold,paid,a,y",
    (row) =>
      `${row % 5 === 0 ? "" : `2024-05-${10 + (row % 9)} 1${row % 4}:30`},${1 + (row % 12)}/6/2024,${["yes", "no", "NA"][row % 3]},${numbers(row)},${row}`,
    /from 3 columns\n {2}left out: `sold` \(dates such as `1\/6\/2024`, of which day and month may be either/,
  ],
  [
    "a column with a unit here and there",
    "a,w,y",
    (row) => `${numbers(row)},${row === 3 ? "12 kg" : row * 2},${row}`,
    /left out: `w` \(numbers but for 1 cell: `12 kg` in row 4 \(line 5\)\. Write the number alone; a unit belongs into the description of the column: `number\(unit: "kg"\)`\)/,
  ],
  [
    "any names",
    '"a b","1st","Größe","it\'s ""x""","line\nbreak","all","model",y',
    (row) => Array.from({ length: 8 }, (_, c) => numbers(row * (c + 1))).join(","),
    /from 7 columns/,
  ],
  ["a name as long as a page", `${"x".repeat(3000)},y`, (row) => `${numbers(row)},${row}`, /from 1 column\b/],
  ["semicolons", "a;b;y", (row) => `${numbers(row)};${row % 7};${row}`, /from 2 columns/],
  ["whole numbers", "a,b,y", (row) => `${numbers(row)},${row * row},${row % 4}`, /from 2 columns/],
])("init, train and the printed predict, word for word: %s", async (_, header, cells, says) => {
  const made = folder();
  const data = join(made, "it's my table.csv");
  writeFileSync(data, `${header}\n${Array.from({ length: 40 }, (_, row) => cells(row)).join("\n")}\n`);
  const begun = await cli(["init", data]);
  expect(begun).toMatchObject({ code: 0, stderr: "" });
  expect(begun.stdout).toMatch(says);
  expect(begun.stdout.split("\n")[0]).toContain("predicts `y` (a target by its name)");
  const trained = await cli([...printed(begun, "train"), "--epochs", "3", "--out", join(made, "runs")]);
  expect(trained.code).toBe(0);
  const predicted = await cli(printed(trained, "predict"));
  expect(predicted.code).toBe(0);
  // What `init` has left out is no surprise in the same table.
  expect(predicted.stderr).not.toContain("NW0651");
  const [name, ...values] = predicted.stdout.trimEnd().split("\n");
  expect(name).toBe("y");
  expect(values).toHaveLength(40);
  expect(values.every((value) => Number.isFinite(Number(value)))).toBe(true);
});

test("a table of words is a model of classes that trains, and predicts the table as it is", async () => {
  const data = join(folder(), "t.csv");
  const lines = Array.from({ length: 60 }, (_, row) => {
    const kind = ["low", "high"][Number(numbers(row) + (row % 3) > 6)] ?? "";
    return `${numbers(row)},${["red", "green"][row % 2]},${kind}`;
  });
  writeFileSync(data, `a,colour,kind\n${lines.join("\n")}\n`);
  const begun = await cli(["init", data]);
  expect(begun.stdout).toContain("predicts `kind` (the last column), as classes, from 2 columns");
  const trained = await cli([...printed(begun, "train"), "--epochs", "60", "--out", join(folder(), "runs")]);
  expect(trained.code).toBe(0);
  expect(trained.stdout).toMatch(/Accuracy \(%\)[\s\S]*baseline: `\w+`, the most frequent class/);
  const predicted = await cli(printed(trained, "predict"));
  expect(predicted.stdout.split("\n")[1]).toMatch(/^(?:low|high),/);
});

test("few whole numbers may be classes, which is asked and can be said", async () => {
  const data = join(folder(), "t.csv");
  const file = data.replace(/csv$/, "net");
  const write = (values: number) => {
    const lines = Array.from({ length: 40 }, (_, row) => `${numbers(row)},${row % values}`);
    writeFileSync(data, `a,paid\n${lines.join("\n")}\n`);
  };
  write(3);
  const begun = await cli(["init", data]);
  expect(begun.stdout).toMatch(
    /`paid` has 3 different whole numbers: if they are\s+classes, `--task classes`/,
  );
  expect(readFileSync(file, "utf8")).toContain("# loss: cross_entropy  # if its 3 different whole numbers");
  const classes = await cli(["init", data, "--task", "classes", "--force"]);
  expect(classes.stdout).toContain("as classes,");
  expect(readFileSync(file, "utf8")).toMatch(/target: paid .*\n[\s\S]*loss: cross_entropy/);
  write(2);
  const two = await cli(["init", data, "--force"]);
  expect(two.stdout).toMatch(/as classes,[\s\S]*if they are\s+numbers, `--task numbers`/);
  expect(readFileSync(file, "utf8")).toMatch(
    /loss: binary_cross_entropy[\s\S]*as numbers they have: {2}loss: mse/,
  );
});

test("a workbook, a pattern of several files, and a table in JSON are named as they are", async () => {
  const made = folder();
  const rows = (from: number) =>
    Array.from({ length: 20 }, (_, row) => ({ a: numbers(row + from), kind: `w${row % 3}`, y: row + from }));
  const csv = (from: number) =>
    `a,kind,y\n${rows(from)
      .map(({ a, kind, y }) => `${a},${kind},${y}`)
      .join("\n")}\n`;
  writeFileSync(join(made, "sales-1.csv"), csv(0));
  writeFileSync(join(made, "sales-2.csv"), csv(20));
  writeFileSync(join(made, "sales-3.csv"), csv(40));
  writeFileSync(join(made, "t.json"), JSON.stringify(rows(0)));
  const several = await cli(["init", join(made, "sales-*.csv")]);
  expect(several).toMatchObject({ code: 0, stderr: "" });
  const text = readFileSync(join(made, "sales.net"), "utf8");
  expect(text).toContain('source: "sales-*.csv"');
  expect(text).toContain("60 rows");
  expect(await cli(["check", join(made, "sales.net")])).toMatchObject({ code: 0, stderr: "" });
  const offered = /# If it is for rows of other files than these: {2}(split: by_file.*)/.exec(text)?.[1];
  expect(offered).toBe('split: by_file(validation: "sales-2.csv", test: "sales-3.csv")');
  const byFile = text.replace(/^ *split: (?:\{.*\}|\w+\(.*\)).*$/m, String(offered));
  expect(byFile).not.toBe(text);
  writeFileSync(join(made, "by-file.net"), byFile);
  expect(await cli(["check", join(made, "by-file.net")])).toMatchObject({ code: 0, stderr: "" });
  expect(await cli(["init", join(made, "t.json")])).toMatchObject({ code: 0, stderr: "" });
  expect(await cli(["check", join(made, "t.net")])).toMatchObject({ code: 0, stderr: "" });
  const inText = await cli(["init", join(made, "sales-1.csv"), "--sheet", "one"]);
  expect(inText.code).toBe(2);
  expect(inText.stderr).toContain("`--sheet` is for a workbook");
});

test("as JSON, every column is the target, a feature or left out with its reason", async () => {
  const data = join(folder(), "t.csv");
  const rows = Array.from(
    { length: 20 },
    (_, row) => `${row},${numbers(row)},w${row % 3},${row % 4 === 0 ? "" : row}`,
  );
  writeFileSync(data, `,a,kind,price\n${rows.join("\n")}\n`);
  expect(lastLine(await cli(["init", data, "--format", "json"]))).toMatchObject({
    target: "price",
    reason: "the last column",
    features: ["a", "kind"],
    left_out: [{ column: "", reason: "names of the rows, `0` to `19`" }],
    rows_without_target: 5,
  });
});

test.each([
  [
    "NW0906",
    "a,b,y",
    (row: number) => `${numbers(row)},${row * row},word${row}`,
    /is no class: words, different in every row = A class is[^=]*= To predict another column[^=]*--target`: `b` and `a`\. $/,
  ],
  [
    "NW0907",
    "a,price",
    (row: number) => `${numbers(row)},${row === 2 ? "1 234 EUR" : row}`,
    /`1 234 EUR` in row 3 \(line 4\)/,
  ],
  [
    "NW0908",
    "id,name,price",
    (row: number) => `${row + 1},n${row},${numbers(row)}`,
    /`id` \(counts the rows\)[\s\S]*`name` \(words/,
  ],
  [
    "NW0909",
    "a,price",
    (row: number) => `${numbers(row)},${row < 5 ? row : ""}`,
    /`price`, the last column, has a value in 5 of 20 rows/,
  ],
])("a refusal names its cause: %s", async (code, header, cells, message) => {
  const data = join(folder(), "t.csv");
  writeFileSync(data, `${header}\n${Array.from({ length: 20 }, (_, row) => cells(row)).join("\n")}\n`);
  const played = await cli(["init", data]);
  expect(played).toMatchObject({ code: 1, stdout: "" });
  expect(played.stderr).toContain(code);
  expect(played.stderr.replace(/\s+/g, " ")).toMatch(message);
});

test("a table without a file cannot be named in one", async () => {
  const played = await cli(["init", "-"], { stdin: smallCsv() });
  expect(played).toMatchObject({ code: 2, stdout: "" });
  expect(played.stderr).toContain("NW0901");
});

describe("--example", () => {
  test.each(examples)("writes the model and its data, which check takes: $name", async (example) => {
    const made = join(folder(), "new");
    const argv = ["init", "--example", example.name, made];
    const played = await cli([...argv, "--format", "json"]);
    const files = example.files.map((file) => join(made, file));
    expect(played).toMatchObject({ code: 0, stderr: "" });
    expect(lastLine(played)).toEqual({ files, diagnostics: [] });
    const { stdout } = await cli([...argv, "--force"]);
    expect(stdout).toContain(example.data);
    expect(stdout).toContain(example.prepare ?? "Read it");
    // Of one whose table is to be written first, nothing else is wrong.
    if (example.prepare !== undefined) {
      const { stderr } = await cli(["check", files[0] ?? ""]);
      expect(stderr.match(/NW\d+/g)).toEqual(["NW0610"]);
      return;
    }
    expect(await cli(["check", files[0] ?? ""])).toMatchObject({ code: 0, stderr: "" });
  });

  test.each(["concrete.net", "concrete.csv"])("leaves all as it is where %s is there", async (name) => {
    const made = folder();
    writeFileSync(join(made, name), "mine");
    const played = await cli(["init", "--example", "concrete", made]);
    expect(played).toMatchObject({ code: 1, stderr: expect.stringMatching(/NW0902 .*exists already/) });
    expect(readFileSync(join(made, name), "utf8")).toBe("mine");
    expect(readdirSync(made)).toHaveLength(2);
    expect((await cli(["init", "--example", "concrete", made, "--force"])).code).toBe(0);
  });

  test("takes a folder and no file", async () => {
    const played = await cli(["init", "--example", "penguins", "--output", join(folder(), "x.net")]);
    expect(played).toMatchObject({ code: 2, stderr: expect.stringContaining("--example penguins FOLDER") });
  });

  test("an unknown one, and neither table nor example, are wrong usage", async () => {
    expect(await cli(["init", "--example", "concret"])).toMatchObject({ code: 2 });
    const neither = await cli(["init"]);
    expect(neither).toMatchObject({ code: 2, stderr: expect.stringContaining("--example concrete") });
  });
});

test("no file of a pattern is written over", async () => {
  const made = folder();
  const text = smallCsv();
  for (const name of ["parts-a.csv", "parts-b.csv"]) writeFileSync(join(made, name), text);
  const output = join(made, "parts-b.csv");
  const played = await cli(["init", join(made, "parts-*.csv"), "--output", output, "--force"]);
  expect(played.stderr).toMatch(/NW0902 .*is what this command reads/);
  expect(readFileSync(output, "utf8")).toBe(text);
});
