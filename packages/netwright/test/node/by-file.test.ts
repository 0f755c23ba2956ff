// Splits by the file that a row comes from, from the `.net` file to the trained model.

import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { hashText } from "@netwright/runtime";
import {
  diffModels,
  load,
  nodeFiles,
  openAnyProject,
  openTable,
  resolvedText,
  study,
  train,
} from "netwright";
import { matchingFiles } from "../../src/node/matching-files.ts";

const folder = mkdtempSync(join(tmpdir(), "netwright-by-file-"));
const home = process.cwd();
afterAll(() => {
  process.chdir(home);
  rmSync(folder, { recursive: true, force: true });
});

const YEARS = ["2021", "2022", "2023", "2024", "2025"];
const ROWS = Array.from({ length: 60 }, (_, row) => ({
  i: (row * 7) % 31,
  x: ((row * 5) % 13) / 7,
  year: YEARS[Math.floor(row / 12)] ?? "",
}));

beforeAll(() => {
  process.chdir(folder);
  mkdirSync("data");
  mkdirSync("json");
  for (const year of YEARS) {
    const own = ROWS.filter((row) => row.year === year);
    writeFileSync(`data/${year}.csv`, `i,x\n${own.map(({ i, x }) => `${i},${x}\n`).join("")}`);
    writeFileSync(`json/${year}.jsonl`, own.map(({ i, x }) => `${JSON.stringify({ i, x })}\n`).join(""));
  }
  writeFileSync("all.csv", `i,x,year\n${ROWS.map(({ i, x, year }) => `${i},${x},${year}\n`).join("")}`);
});

function text(source: string, split: string, more = ""): string {
  return `netwright 1
data t {
  source: ${JSON.stringify(source)}
  target: x
  split: ${split}
  ${more}
}
model { dense(2, tanh) -> dense(1) }
train { epochs: 2, batch: 8 }
`;
}

async function opened(source: string, split: string, more = "", options = {}) {
  const own = text(source, split, more);
  const project = await openAnyProject({ file: "t.net", text: own }, { files: nodeFiles(), ...options });
  return {
    ...project,
    problems: project.diagnostics.map(({ code, message }) => `${code} ${message}`),
    places: project.diagnostics.map(({ span }) =>
      span === undefined ? "" : own.slice(span.start, span.end),
    ),
  };
}

async function bitsOf(source: string, split: string, more = "", options = {}) {
  const model = await train(text(source, split, more), options);
  await model.dispose();
  const { hash, splits } = model.record;
  return {
    hash: hash.data,
    rows: Object.values(splits).map((split) => split?.rows ?? 0),
    weights: hashText(JSON.stringify([...model.bundle.model.weights])),
  };
}

const BY_FILE = 'by_file(validation: "2024.csv", test: ["2025*"])';

describe("by_file", () => {
  test("has the bits of a column that says the same, in memory and from the disk, in any format", async () => {
    const expected = await bitsOf(
      "all.csv",
      "by_column(year, train: [2021, 2022, 2023], validation: [2024], test: [2025])",
    );
    expect(expected.rows).toEqual([36, 12, 12]);
    expect(await bitsOf("data/*.csv", BY_FILE)).toEqual(expected);
    expect(await bitsOf("data/*.csv", BY_FILE, "", { memory: 100 })).toEqual(expected);
    expect(await bitsOf("./data/20??.csv", 'by_file("data/2024.csv", "data/2025.csv")')).toEqual(expected);
    expect(await bitsOf("json/*", 'by_file(validation: "2024*", test: "2025*")')).toEqual(expected);
  });

  test("is written out, compared, and read back from a run", async () => {
    const { model, prepared, diagnostics } = await opened("data/*.csv", BY_FILE);
    expect(diagnostics).toEqual([]);
    if (model === undefined) throw new Error("the file is sound");
    expect(resolvedText(model)).toContain('split: by_file(validation: "2024.csv", test: ["2025*"])');
    const again = await openAnyProject({ file: "t.net", text: resolvedText(model) }, { files: nodeFiles() });
    expect(again.model?.data?.split.args).toEqual(model.data?.split.args);
    expect(again.prepared?.splits.test.rowNumbers).toEqual(prepared?.splits.test.rowNumbers);
    const other = await opened("data/*.csv", 'by_file(test: "2025*")');
    if (other.model === undefined) throw new Error("the file is sound");
    expect(diffModels(model, other.model).settings.map(({ path }) => path)).toEqual([
      "data.split.validation",
      "data.split.test",
    ]);
    const trained = await train(text("data/*.csv", BY_FILE), { backend: "jit" });
    const directory = await trained.save("saved");
    expect(await load(directory).predict({ i: 3 })).toEqual(await trained.predict({ i: 3 }));
    await trained.dispose();
  });

  test("patterns may come from a param", async () => {
    const own = text("data/*.csv", "by_file(test: last)").replace("data t", 'param last = "2025*"\ndata t');
    const project = await openAnyProject({ file: "t.net", text: own }, { files: nodeFiles() });
    expect(project.diagnostics).toEqual([]);
    expect(project.prepared?.splits.test.rows).toBe(12);
  });

  test.each([
    ["data/*.csv", "by_file", "NW0604 `by_file` names no file"],
    ["data/*.csv", 'by_file(test: "a", validation: ["a"])', "NW0604 `by_file` names `a` twice"],
    ["data/*.csv", 'by_file(test: "2026*")', "NW0679 No file of the table fits `2026*`"],
    ["data/*.csv", 'by_file("202[34]*", "2024*")', "NW0679 No file of the table fits `202[34]*`"],
    ["data/*.csv", 'by_file("*4*", "2024*")', "NW0687 `data/2024.csv` fits `*4*` of `validation`"],
    ["data/*.csv", 'by_file(test: "*")', "NW0647 `train` is left without rows"],
    [
      "data/2025*.csv",
      'by_file(test: "*")',
      "NW0678 `by_file` deals out whole files, and `data/2025*.csv` fits one file alone",
    ],
    [
      "all.csv",
      'by_file(test: "all.csv")',
      "NW0678 `by_file` deals out whole files, and the rows of `all.csv` are not",
    ],
    [
      "data/*.csv",
      "by_file(test: 20%)",
      "NW0303 `test` of by_file must be a string in double quotes, or a list",
    ],
    ["data/*.csv", "by_file(test: [2025])", "NW0303"],
  ])("of %s, %s: %s", async (source, split, message) => {
    const { problems, places } = await opened(source, split);
    expect(problems[0]).toContain(message);
    expect(problems).toHaveLength(1);
    expect(split).toContain(places[0] ?? "-");
  });

  test("rows of a program are in no files", async () => {
    const { problems } = await opened("data/*.csv", BY_FILE, "", { data: ROWS });
    expect(problems[0]).toContain("NW0678 `by_file` deals out whole files, and the rows of `input` are not");
  });

  test("has no folds", async () => {
    const folds = study(text("data/*.csv", BY_FILE), { folds: 3 });
    await expect(folds).rejects.toMatchObject({ diagnostics: [{ code: "NW0618" }] });
  });
});

const FILE = "file_column: file";
const USED = `features: [i, file], columns { file: category }, ${FILE}`;
const SHARES = "train: 60%, validation: 20%, test: 20%";

test("files are in the same order on every machine", () => {
  for (const file of [
    "B/a.csv",
    "a/a.csv",
    "a/Z.csv",
    "a/10.csv",
    "a/9.csv",
    "a-b/a.csv",
    "a/ä.csv",
    "a/z.csv",
  ]) {
    mkdirSync(dirname(join("order", file)), { recursive: true });
    writeFileSync(join("order", file), "x\n");
  }
  const names = matchingFiles("order/*/*.csv").map(({ shortName }) => shortName);
  const expected = ["B/a.csv", "a-b/a.csv", "a/10.csv", "a/9.csv", "a/Z.csv", "a/a.csv", "a/z.csv"];
  expect(names.slice(0, -1)).toEqual(expected);
  expect(names.at(-1)?.normalize()).toBe("a/ä.csv");
  expect(matchingFiles(join(folder, "order/B/*")).map(({ shortName }) => shortName)).toEqual(["a.csv"]);
});

describe("what a pattern looks at is bounded", () => {
  const limits = { folders: 20, names: 60, files: 10 };
  const few = (pattern: string, more = {}) =>
    matchingFiles(pattern, undefined, { ...limits, ...more }).length;

  beforeAll(() => {
    for (let i = 0; i < 6; i++) {
      mkdirSync(join("wide", `f${i}`, "one"), { recursive: true });
      writeFileSync(join("wide", `f${i}`, "t.csv"), "x\n");
    }
    for (const link of ["again", "more"]) symlinkSync(".", join("wide", link), "junction");
  });

  test("folders, also where a link leads back to them", () => {
    expect(few("wide/f*/*.csv")).toBe(6);
    expect(few("wide/*/t.csv")).toBe(6);
    expect(() => few("wide/*/*/*/*/*.csv")).toThrow("its pattern fits more than 20 folders");
    expect(() => few("wide/f*/*.csv", { folders: 6 })).toThrow("write more of its path");
    expect(few("wide/f*/*.csv", { folders: 7 })).toBe(6);
  });

  test("names, and files", () => {
    expect(() => few("wide/f*/*.csv", { names: 19 })).toThrow("are more than 19 names");
    expect(() => few("wide/f*/*.csv", { files: 5 })).toThrow("its pattern fits more than 5 files");
  });

  test("a path, whatever its stars; the line that names it is told", async () => {
    const long = `wide/*/${"a/".repeat(4000)}*.csv`;
    expect(openTable(long)).toMatchObject({ ok: false, reason: "its name is too long" });
    const { diagnostics } = await openAnyProject(
      { file: "t.net", text: text("wide/*/*/*/*/*/*/*/*/*/*/*/*/*/*.csv", "{ seed: 1 }") },
      { files: nodeFiles() },
    );
    expect(diagnostics).toMatchObject([{ code: "NW0610" }]);
    expect(diagnostics[0]?.message).toContain("its pattern fits more than 10,000 folders");
  });
});

describe("file_column", () => {
  const withFile = ROWS.map(({ year, ...row }) => ({ ...row, file: `${year}.csv` }));

  beforeAll(() => {
    const lines = withFile.map(({ i, x, file }) => `${i},${x},${file}\n`);
    writeFileSync("named.csv", `i,x,file\n${lines.join("")}`);
  });

  test.each([
    ["{ seed: 3 }", "features: [i]"],
    [`grouped(by: file, ${SHARES})`, ""],
    ["grouped_fold(file, 2, 4, seed: 1)", ""],
    [`by_time(file, ${SHARES})`, ""],
    ['by_column(file, train: ["2021.csv", "2023.csv", "2025.csv"], test: ["2022.csv", "2024.csv"])', ""],
    [`by_hash(columns: [file, i], ${SHARES})`, "features: [i]"],
    ["{ seed: 3 }", "features: [i, file], columns { file: category }"],
  ])("is a column like another to %s, %s", async (split, more) => {
    // `i` is named, as a split by columns leaves it out else.
    const expected = await bitsOf("named.csv", split, more);
    const added = `${more}${more === "" ? "" : ", "}${FILE}`;
    expect(await bitsOf("data/*.csv", split, added)).toEqual(expected);
    expect(await bitsOf("data/*.csv", split, added, { memory: 100 })).toEqual(expected);
    expect(await bitsOf("nowhere.csv", split, added, { data: withFile })).toEqual(expected);
  });

  test("is no feature unless it is named, and no cell of its row", async () => {
    const plain = await bitsOf("data/*.csv", "{ seed: 3 }");
    expect(await bitsOf("data/*.csv", "{ seed: 3 }", FILE)).toEqual(plain);
    expect(await bitsOf("nowhere.csv", "{ seed: 3 }", FILE, { data: withFile })).toEqual(plain);
    const hashed = await bitsOf("data/*.csv", `by_hash(${SHARES})`);
    expect(await bitsOf("data/*.csv", `by_hash(${SHARES})`, FILE)).toEqual(hashed);
    const { prepared, problems } = await opened("data/*.csv", "{ seed: 3 }", FILE);
    expect([prepared?.features, problems]).toEqual([["i"], []]);
  });

  test("copies of a row in two files stay together", async () => {
    mkdirSync("copies");
    for (const name of ["a", "b"]) writeFileSync(`copies/${name}.csv`, "i,x\n1,2\n3,5\n4,4\n7,1\n9,6\n");
    const { prepared } = await opened("copies/*.csv", "{ train: 60%, validation: 20%, test: 20% }", FILE);
    const rows = [...(prepared?.splits.test.rowNumbers ?? [])];
    expect(rows).toHaveLength(2);
    expect((rows[1] ?? 0) - (rows[0] ?? 0)).toBe(5);
  });

  test("says the folders that the pattern leaves open", async () => {
    for (const site of ["n", "s"]) {
      mkdirSync(`sites/${site}`, { recursive: true });
      for (const part of ["1", "2"])
        writeFileSync(`sites/${site}/${part}.csv`, `i,x\n${part},2\n5,${part}\n`);
    }
    const { prepared } = await opened(
      "./sites/*/*.csv",
      'by_column(file, train: ["n/1.csv", "n/2.csv", "s/1.csv"], test: ["s/2.csv"])',
      FILE,
    );
    expect([...(prepared?.splits.test.rowNumbers ?? [])]).toEqual([7, 8]);
    const { prepared: flat } = await opened(
      "sites/n/*",
      "grouped(by: file, train: 50%, validation: 0%, test: 50%)",
      FILE,
    );
    expect(flat?.splits.test.rows).toBe(2);
  });

  test("is written out, compared, and read back from a run, which takes it of records", async () => {
    const { model, prepared } = await opened("data/*.csv", `grouped(by: file, ${SHARES})`, FILE);
    if (model === undefined) throw new Error("the file is sound");
    expect(resolvedText(model)).toContain("file_column: file\n");
    const again = await openAnyProject({ file: "t.net", text: resolvedText(model) }, { files: nodeFiles() });
    expect(again.diagnostics).toEqual([]);
    expect(again.prepared?.splits.test.rowNumbers).toEqual(prepared?.splits.test.rowNumbers);
    const other = await opened("data/*.csv", `grouped(by: "the file", ${SHARES})`, 'file_column: "the file"');
    if (other.model === undefined) throw new Error(other.problems.join());
    expect(diffModels(model, other.model).settings.map(({ path }) => path)).toContain("data.file_column");
    const trained = await train(text("data/*.csv", "{ seed: 3 }", USED), { backend: "jit" });
    const directory = await trained.save("named");
    const record = { i: 3, file: "2022.csv" };
    expect(await load(directory).predict(record)).toEqual(await trained.predict(record));
    expect(await trained.predict(record)).not.toEqual(await trained.predict({ i: 3, file: "2025.csv" }));
    await expect(trained.predict({ i: 3 })).rejects.toMatchObject({ diagnostics: [{ code: "NW0650" }] });
    await trained.dispose();
  });

  test("has the folds of its groups", async () => {
    const studied = await study(text("data/*.csv", `grouped(by: file, ${SHARES})`, FILE), {
      folds: 5,
      epochs: 1,
    });
    expect(studied.runs.map(({ record }) => record.splits.test?.rows)).toEqual([12, 12, 12, 12, 12]);
    await studied.dispose();
  });

  test.each([
    [
      "all.csv",
      "{ seed: 3 }",
      FILE,
      "NW0674 `file_column` has no meaning for `all.csv`, which is one file.",
      "file",
    ],
    ["json/2021.jsonl", "{ seed: 3 }", `${FILE}, skip: 1`, "NW0674 `skip` has no meaning", "1"],
    [
      "data/*.csv",
      "{ seed: 3 }",
      "features: [i], file_column: i",
      "NW0622 The files have a column `i` already",
      "i",
    ],
    [
      "data/*.csv",
      "{ seed: 3 }",
      "file_column: 5",
      "NW0303 `file_column` of `data` must be a column, found 5",
      "5",
    ],
    [
      "data/2025*.csv",
      "grouped(by: file)",
      FILE,
      "NW0647 There is 1 group by `file`, and each of 3 splits needs one.",
      "grouped(by: file)",
    ],
    ["data/*.csv", "grouped(by: file)", "", "NW0601", "file"],
    ["data/*.csv", "{ seed: 3 }", `features: [i, file], ${FILE}`, "NW0630", "[i, file]"],
  ])("of %s, split %s, %s: %s", async (source, split, more, message, place) => {
    const { problems, places } = await opened(source, split, more);
    expect(problems[0]).toContain(message);
    expect(places[0]).toBe(place);
    expect(problems).toHaveLength(more.includes("skip") ? 2 : 1);
  });

  test("rows of a program that lack it are told where it is named", async () => {
    const lacking = ROWS.map(({ i, x }) => ({ i, x }));
    const split = `grouped(by: file, ${SHARES})`;
    for (const data of [lacking, `i,x\n${lacking.map(({ i, x }) => `${i},${x}`).join("\n")}\n`]) {
      const { problems } = await opened("data/*.csv", split, FILE, { data });
      expect(problems.map((one) => one.slice(0, 6))).toEqual(["NW0601"]);
      expect((await opened("data/*.csv", "{ seed: 3 }", FILE, { data })).problems).toEqual([]);
    }
  });
});
