// What the language server is given in Node: files on disk, as they are now.

import { mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { analyze, sourceText } from "@netwright/lang";
import { completionAt, hoverOf, namesOf, occurrenceAt, occurrencesOf } from "@netwright/lang/service";
import { editorEnvironment } from "netwright/editor";

const { catalog, countParameters, dataProblems, fileOf, hostOf, uriOf } = editorEnvironment();

let folder: string;
let main: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "netwright-editor-"));
  main = join(folder, "a model.net");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Another time than the file had before, whatever the clock of the disk can tell apart. */
function write(name: string, text: string, time: number): void {
  const file = join(folder, name);
  writeFileSync(file, text);
  utimesSync(file, time, time);
}

describe("names of files", () => {
  test("are paths for what is on a disk, URIs for what is not", () => {
    const uri = pathToFileURL(main).href;
    expect(fileOf(uri)).toBe(main);
    expect(uriOf(main)).toBe(uri);
    expect(fileOf("untitled:Untitled-1")).toBe("untitled:Untitled-1");
    expect(uriOf("untitled:Untitled-1")).toBe("untitled:Untitled-1");
  });
});

describe("files", () => {
  test("are read again when they have changed, and not before", () => {
    const host = hostOf(() => undefined);
    expect(host.columns("t.csv", main)).toBeUndefined();
    write("t.csv", "x,y\n1,2\n", 1_000);
    expect(host.columns("t.csv", main)).toEqual(["x", "y"]);
    write("t.csv", "u,v\n1,2\n", 1_000);
    expect(host.columns("t.csv", main)).toEqual(["x", "y"]);
    write("t.csv", "u,v\n1,2\n", 2_000);
    expect(host.columns("t.csv", main)).toEqual(["u", "v"]);
    rmSync(join(folder, "t.csv"));
    expect(host.columns("t.csv", main)).toBeUndefined();
  });

  test("that are open count as they are in the editor", () => {
    write("part.net", "on disk", 1_000);
    const open = new Map([[join(folder, "t.csv"), "a;b\n1;2\n"]]);
    const host = hostOf((file) => open.get(file));
    expect(host.columns("t.csv", main)).toEqual(["a", "b"]);
    expect(host.readFile("part.net", main)).toEqual({ file: join(folder, "part.net"), text: "on disk" });
    open.set(join(folder, "part.net"), "in the editor");
    expect(host.readFile("./part.net", main)).toMatchObject({ text: "in the editor" });
  });

  test("of words say how wide a network is: from the table, once for each state of it", () => {
    const net = (columns: string) =>
      `netwright 1\ndata { source: "w.csv", target: y\n columns { w: ${columns} } }\nmodel { dense(features * 2) -> dense(1) }\ntrain { }\n`;
    const host = hostOf(() => undefined);
    const shapes = (columns: string) =>
      analyze({ file: main, text: net(columns) }, { catalog, host }).model?.nodes.map(
        ({ type }) => type.shape,
      );
    const table = (words: readonly string[]) =>
      `w,a,y\n${Array.from({ length: 60 }, (_, i) => `${words[i % words.length]},${i},${i}`).join("\n")}\n`;
    expect(shapes("category")).toBeUndefined();
    write("w.csv", table(["red", "green"]), 1_000);
    expect(shapes("category")).toEqual([[6], [1]]);
    write("w.csv", table(["red", "green", "blue"]).slice(0, table(["red", "green"]).length), 1_000);
    expect(shapes("category")).toEqual([[6], [1]]);
    write("w.csv", table(["red", "green", "blue"]), 2_000);
    expect(shapes("category")).toEqual([[8], [1]]);
    expect(shapes("category(encoder: one_hot(unknown: other))")).toEqual([[8], [1]]);
    // A large table is not read while somebody types; what the file states is known all the same.
    write("w.csv", table(["red", "green"]).repeat(10_000), 3_000);
    expect(shapes("category")).toBeUndefined();
    expect(shapes('category(values: ["red", "green"])')).toEqual([[6], [1]]);
    // Numbers alone need no table.
    expect(shapes("number")).toEqual([[4], [1]]);
  });

  test("are not looked for beside a document that is on no disk", () => {
    const host = hostOf(() => undefined);
    expect(host.readFile("package.json", "untitled:Untitled-1")).toBeUndefined();
    expect(host.columns("package.json", "untitled:Untitled-1")).toBeUndefined();
  });

  test("tables are read as they are written, packed or not, and as the file says", () => {
    const host = hostOf(() => undefined);
    const table = `Title\n\nx;y;z\n${"1,5;2;3\n".repeat(100_000)}`;
    for (const bytes of [table, gzipSync(table), Buffer.from(`\ufeff${table}`, "utf16le")]) {
      writeFileSync(join(folder, "d.csv"), bytes);
      utimesSync(join(folder, "d.csv"), 1_000 + bytes.length, 1_000 + bytes.length);
      expect(host.columns("d.csv", main)).toEqual(["x", "y", "z"]);
      expect(host.columns("d.csv", main, { header: false })).toEqual(["column1", "column2", "column3"]);
      expect(host.columns("d.csv", main, { separator: ",", skip: 0 })).toEqual(["Title"]);
    }
  });

  test("a header is read without the rest of a large table", () => {
    write("t.csv", `first,"second\nof two lines"\n${"1,2\n".repeat(200_000)}`, 1_000);
    expect(hostOf(() => undefined).columns("t.csv", main)).toEqual(["first", "second\nof two lines"]);
  });
});

describe("the folder that the editor was started in", () => {
  const home = process.cwd();
  beforeEach(() => process.chdir(folder));
  afterEach(() => process.chdir(home));

  const used = (from: string, folders: readonly string[]) => {
    write("part.net", "on disk", 1_000);
    write("t.csv", "x,y\n1,2\n", 1_000);
    const host = hostOf(
      () => undefined,
      () => folders,
    );
    return [
      host.readFile(join(folder, "part.net"), from),
      host.columns(join(folder, "t.csv"), from),
    ] as const;
  };

  test.each(["untitled:Untitled-1", "vscode-remote:part.net", "git:sub/part.net", ""])(
    "is not open to a document that is on no disk: %j",
    (from) => {
      const [text, columns] = used(from, []);
      expect(text).toEqual({ reason: expect.stringContaining("outside") });
      expect(columns).toBeUndefined();
    },
  );

  test.each(["", ".", "./", "..", "vscode-remote://host/..", "vscode-remote:"])(
    "is not opened by a folder that is no whole path: %j",
    (one) => {
      expect(used("/elsewhere/model.net", [one])[0]).toEqual({ reason: expect.stringContaining("outside") });
      expect(used("untitled:Untitled-1", [one])[1]).toBeUndefined();
    },
  );

  test("is open where it is a folder of the workspace", () => {
    expect(used("untitled:Untitled-1", [folder])[0]).toMatchObject({ text: "on disk" });
  });
});

test("a table that cannot be read is a problem at `source`", () => {
  const text = 'netwright 1\ndata d { source: "none.csv", target: y }\nmodel { dense(1) }\n';
  const { data } = analyze({ file: main, text }, { catalog, host: hostOf(() => undefined) });
  if (data === undefined) throw new Error("the data section is sound");
  const [problem] = dataProblems(data, main);
  expect(problem?.code).toBe("NW0610");
  expect(problem?.message).toBe("the data file `none.csv` cannot be read: there is no such file");
  expect(text.slice(problem?.span?.start, problem?.span?.end)).toBe('"none.csv"');
  write("none.csv", "x,y\n", 1_000);
  expect(dataProblems(data, main)).toEqual([]);
  expect(dataProblems(data, "untitled:Untitled-1")).toEqual([]);
});

test("weights are counted as the compiler makes them", () => {
  const text = "netwright 1\nmodel { input(8) -> dense(4) -> dense(2, use_bias: false) -> relu }\n";
  const { model } = analyze({ file: main, text }, { catalog, host: hostOf(() => undefined) });
  const layers = model?.nodes ?? [];
  expect(layers.map((node) => countParameters(node))).toEqual([36, 8, 0]);
});

describe("types of columns", () => {
  const read = (column: string) => {
    const marked = `netwright 1\ndata { source: "t.csv", target: y\n columns { day: ${column} } }\nmodel { dense(1) }\n`;
    const offset = marked.indexOf("|");
    const text = marked.slice(0, offset) + marked.slice(offset + 1);
    const source = sourceText("t.net", text);
    const analysis = analyze({ file: "t.net", text }, { catalog, host: hostOf(() => undefined) });
    return { offset, source, analysis, names: namesOf(analysis, catalog) };
  };

  test.each([
    ["|", ["number", "integer", "boolean", "category", "ordinal", "date", "text", "numbers"]],
    ["date(|)", ["format", "parts", "cyclic", "min", "max", "scale", "missing"]],
    ["date(format: |)", ["day_month_year", "month_day_year"]],
    ["text(|)", ["bag_of_words", "hashed_words", "word_sequence"]],
  ])("`%s` is completed", (column, expected) => {
    const { offset, source, names } = read(column);
    const { choices } = completionAt({ source, names, columns: () => ["day", "y"] }, offset);
    expect(choices.map(({ label }) => label)).toEqual(expect.arrayContaining(expected));
  });

  test("tell what they are", () => {
    const { offset, analysis, names } = read("da|te(parts: [month])");
    const found = occurrenceAt(occurrencesOf(analysis.tree, names), offset);
    expect(found && hoverOf(found, analysis)?.markdown).toContain("A column of dates");
  });
});
