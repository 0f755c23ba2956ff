// Splits by the file that a row comes from, from the `.net` file to the trained model.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { hashText } from "@netwright/runtime";
import { diffModels, load, nodeFiles, openAnyProject, resolvedText, study, train } from "netwright";

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
